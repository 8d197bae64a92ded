"""Tours that some crew can man: their shifts hold it, one drives, together they give its offers.

What no crew can man is left out before anything is chosen. That is more than saving work: the
relaxation would otherwise man a tour with halves of people who could never go together.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from busplan.domain.dates import Window
from busplan.domain.fleet import Bus
from busplan.domain.problem import PlanningProblem
from busplan.planning.weeks.availability import people_of
from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.candidates import Candidate
from busplan.planning.weeks.tour_table import Tours

Kind = tuple[tuple[Window, ...], bool, frozenset[str]]
"""What matters of a person on a day: when they are there, whether they may drive, their offers."""

MOST_KINDS = 62
"""A bit each in one whole number; with more kinds of people nothing is left out."""

ADULTS = 3
"""Above every number of adults on a tour."""


def manned(
    problem: PlanningProblem, visits: Sequence[Candidate], bus: Bus, day: date, tours: Tours
) -> NDArray[np.bool_]:
    """Which of the tours of one bus on one day have a crew; their visits number ``visits``."""
    kinds = Counter(
        (windows, bus.licence in person.licences, person.offers)
        for person, windows in people_of(day, problem)
    )
    order = sorted(kinds, key=repr)
    if len(order) > MOST_KINDS:
        return np.ones(len(tours.cost), dtype=np.bool_)
    offers = sorted({visit.offer for visit in visits})
    wanted = np.array([1 << offers.index(visit.offer) for visit in visits] + [0], dtype=np.int64)
    needs = np.bitwise_or.reduce(wanted[tours.visits], axis=1)
    theres, there_of = np.unique(_there(order, tours), return_inverse=True)
    needed, need_of = np.unique(needs, return_inverse=True)
    # One whole number for all three: sorting rows of three takes ten times as long.
    shape = (len(theres), len(needed), ADULTS)
    keys = np.ravel_multi_index((there_of, need_of, tours.adults), shape)
    found, inverse = np.unique(keys, return_inverse=True)
    here = zip(*(part.tolist() for part in np.unravel_index(found, shape)), strict=True)
    possible = [
        _has_crew(
            [kind for i, kind in enumerate(order) if int(theres[there]) >> i & 1],
            kinds,
            int(needed[need]),
            adults,
            offers,
        )
        for there, need, adults in here
    ]
    return np.array(possible, dtype=np.bool_)[inverse]


def _there(kinds: Sequence[Kind], tours: Tours) -> Ints:
    """For each tour, one bit for every kind of person whose stretches hold it."""
    there = np.zeros(len(tours.cost), dtype=np.int64)
    for bit, (windows, _, _) in enumerate(kinds):
        for window in windows:
            holds = (window.from_min <= tours.span[:, 0]) & (tours.span[:, 1] <= window.to_min)
            there |= holds.astype(np.int64) << bit
    return there


def _has_crew(
    there: Sequence[Kind], count: Counter[Kind], need: int, adults: int, offers: Sequence[str]
) -> bool:
    """Whether so many of the people there, one of them a driver, can give the offers needed."""
    for crew in combinations_with_replacement(there, adults):
        enough = all(number <= count[kind] for kind, number in Counter(crew).items())
        given = frozenset[str]().union(*(kind[2] for kind in crew))
        able = all(offer in given for bit, offer in enumerate(offers) if need >> bit & 1)
        if enough and able and any(drives for _, drives, _ in crew):
            return True
    return False
