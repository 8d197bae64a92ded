"""A far-off plan improved while the bound over bus-weeks rises, each with what the other found.

Among millions of tours both take minutes. First the bound rises alone. Then, in rounds of equal
counted work, one thread raises it further, and so learns which tours are worth their price, while
another tries large neighbourhoods among these; then they tell each other.
"""

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from random import Random

import numpy as np

from busplan.planning.stopping import Stopper
from busplan.planning.weeks.improve import ABREAST, Neighbourhoods
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import Relaxation, whole
from busplan.planning.weeks.selection import Choice
from busplan.planning.weeks.week_master import Part, PartBound, WeekMaster, hopeful_below

ALONE = 40.0
"""Deterministic units in which the bound rises alone: at the plain relaxation's duals, without what
a week's cap is worth, neighbourhoods soon find nothing."""
ROUND = 4.0
"""Deterministic units of a round."""
SEARCHES = 4
"""Searches by neighbourhoods, each from the first plan: their ends differ by half a per cent."""


@dataclass(frozen=True, slots=True)
class Approached:
    """The best choice, the part of all plans as far as it is bounded, and the work used."""

    choice: Choice
    part: Part
    work: float


def approach(
    master: Master,
    weeks: WeekMaster,
    first: Choice,
    relaxation: Relaxation,
    work: float,
    seed: int,
    stopper: Stopper,
    hear: Callable[[Choice, float], None],
) -> Approached:
    """A better choice and a better bound of all plans, until neither is expected any more."""
    random, best, spent = Random(seed), first, 0.0
    search, here, searches = Neighbourhoods(master, random, abreast=1), first, 1
    part = Part(relaxation.bound, {}, duals=relaxation.duals)
    found = _raised(weeks, part, best.cost, min(ALONE, work), stopper)
    spent += weeks.work
    part, is_bounded = _told(part, found, best), _is_bounded(found, best)
    relaxation = _priced(relaxation, found)
    hear(best, part.bound)
    with ThreadPoolExecutor(max_workers=1) as aside:
        while spent < work and not stopper.asked:
            if search.is_over and searches < SEARCHES:
                search, here = Neighbourhoods(master, random, search.abreast), first
                searches += 1
            if search.is_over and is_bounded:
                break
            rising = None
            if not is_bounded:
                rising = aside.submit(_raised, weeks, part, best.cost, ROUND, stopper)
            tell = partial(_tell, hear, part.bound, best)
            here = search.improve(relaxation, here, ROUND, stopper, tell).choice
            best = min(best, here, key=lambda choice: choice.cost)
            if rising is not None:
                found = rising.result()
                part, is_bounded = _told(part, found, best), _is_bounded(found, best)
                relaxation = _priced(relaxation, found)
                search.abreast = ABREAST if is_bounded else 1
            hear(best, part.bound)
            spent += ROUND
    return Approached(best, part, spent)


def _tell(
    hear: Callable[[Choice, float], None], bound: float, best: Choice, choice: Choice
) -> None:
    if choice.cost < best.cost:
        hear(choice, bound)


def _is_bounded(found: PartBound, best: Choice) -> bool:
    """Whether a part's bound rises no more, or need not."""
    return bool(found.values) or whole(found.bound) >= best.cost


def _raised(weeks: WeekMaster, part: Part, best: int, work: float, stopper: Stopper) -> PartBound:
    """The part's bound after so much work."""
    end = weeks.work + work
    return weeks.bound(part, best, lambda: stopper.asked or weeks.work >= end)


def _told(part: Part, found: PartBound, best: Choice) -> Part:
    """The part with its bound, and without tours that no better plan holds."""
    duals = part.duals if found.duals is None else found.duals
    tours = np.flatnonzero(hopeful_below(found.least, best.cost))
    return replace(part, bound=max(part.bound, found.bound), duals=duals, tours=tours)


def _priced(relaxation: Relaxation, found: PartBound) -> Relaxation:
    """What tours cost more than the bound by what is known now."""
    if found.duals is None or not math.isfinite(found.bound):
        return relaxation
    dearer = np.maximum(found.least - found.bound, 0.0)
    return replace(relaxation, bound=whole(found.bound), reduced_costs=dearer)
