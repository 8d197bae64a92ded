"""One chain of the search for long tours: its present plan, its best, and what changes."""

from typing import NamedTuple

import numpy as np

from busplan.planning.compiled import Random, compiled
from busplan.planning.long_tours.insertion import Places, make_places
from busplan.planning.long_tours.periodic_arrays import TIMED, Arrays, Bools, Floats, Ints
from busplan.planning.long_tours.tour_state import (
    COST,
    DURATION,
    LOAD,
    WARP,
    Tours,
    add_slot,
    copy_tour,
    make_tours,
)

LAWFUL = 1e-7
"""Excess taken for rounding."""
STRICT = 1000.0
"""Least weight of what exceeds a strict limit, in legs for one stop too many."""
TEMPERATURE, BEST, ITERATIONS, LOOKED = 0, 1, 2, 3
"""Places of ``figures``."""
REMOVED, TOUCHED = 0, 1
"""Places of ``counts``."""


class Search(NamedTuple):
    """One chain of the search: the present plan, the best lawful one, and what changes meanwhile.

    ``removed``: stop, day (-1 for all days) and the pattern before. ``touched``: slots changed in
    this step, their tours before in ``saved``. ``weights`` of what exceeds a limit never fall below
    their ``floors``.
    """

    state: Tours
    saved: Tours
    best_tours: Ints
    best_length: Ints
    best_pattern: Ints
    totals: Floats
    weights: Floats
    floors: Floats
    figures: Floats
    places: Places
    removed: Ints
    keys: Floats
    order: Ints
    string: Ints
    old: Floats
    touched: Ints
    is_touched: Bools
    is_ruined: Bools
    counts: Ints
    random: Random


def make_search(arrays: Arrays, random: Random) -> Search:
    """A chain with an empty plan, weights of about one leg for one stop too many."""
    stops, days = len(arrays.allowed), arrays.patterns.shape[1]
    slots = len(arrays.slot_day)
    leg = mean_leg(arrays)
    load = max(float(arrays.load[:stops].mean()), 1e-9)
    spent = max(float(arrays.travel.mean() + arrays.service[:stops].mean()), 1e-9)
    floors = np.array([0.0, 0.0, STRICT * leg / spent if arrays.strict else 0.0, 0.0])
    state = make_tours(arrays)
    return Search(
        state=state,
        saved=make_tours(arrays),
        best_tours=state.tours.copy(),
        best_length=state.length.copy(),
        best_pattern=state.pattern.copy(),
        totals=np.zeros(4),
        weights=np.maximum([0.0, leg / load, leg / spent, leg / spent], floors),
        floors=floors,
        figures=np.array([leg, np.inf, 0.0, 0.0]),
        places=make_places(arrays),
        removed=np.zeros((stops * days + 1, 3), dtype=np.int32),
        keys=np.zeros(stops * days + 1),
        order=np.zeros(stops * days + 1, dtype=np.int32),
        string=np.zeros(arrays.longest + 2, dtype=np.int32),
        old=np.zeros(4),
        touched=np.zeros(slots, dtype=np.int32),
        is_touched=np.zeros(slots, dtype=bool),
        is_ruined=np.zeros(slots, dtype=bool),
        counts=np.zeros(2, dtype=np.int32),
        random=random,
    )


def mean_leg(arrays: Arrays) -> float:
    """What a short leg costs: the mean over every stop's ten nearest."""
    near = arrays.neighbours[:, 1:11]
    if near.size == 0:
        return 1.0
    rows = np.arange(len(near))[:, None]
    return max(float(arrays.costs[rows, near].mean()), 1e-9)


@compiled
def penalised(totals: Floats, weights: Floats) -> float:
    """Cost with what exceeds the limits, weighted."""
    return float(
        totals[COST]
        + weights[LOAD] * totals[LOAD]
        + weights[DURATION] * totals[DURATION]
        + weights[WARP] * totals[WARP]
    )


@compiled
def is_lawful(totals: Floats) -> bool:
    """Whether all limits are kept."""
    return bool(max(totals[LOAD], totals[DURATION], totals[WARP]) < LAWFUL)


@compiled
def touch(arrays: Arrays, search: Search, slot: int) -> None:
    """Before a tour changes: save it, and count it out of the totals."""
    if not search.is_touched[slot]:
        search.is_touched[slot] = True
        search.touched[search.counts[TOUCHED]] = slot
        search.counts[TOUCHED] += 1
        copy_tour(search.state, search.saved, slot, arrays.timing == TIMED)
        add_slot(arrays, search.state, slot, search.totals, -1.0)


@compiled
def keep_best(search: Search) -> None:
    """Keep the present plan as the best."""
    state = search.state
    search.figures[BEST] = search.totals[COST]
    for slot in range(len(state.length)):
        search.best_length[slot] = state.length[slot]
        for place in range(state.length[slot] + 2):
            search.best_tours[slot, place] = state.tours[slot, place]
    for stop in range(len(state.pattern)):
        search.best_pattern[stop] = state.pattern[stop]
