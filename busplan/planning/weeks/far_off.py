"""A far-off plan annealed while the bound over bus-weeks rises.

Among millions of tours both take minutes. In rounds of counted work one thread raises the bound
while another anneals; then the bound learns which tours no better plan holds. Once it is at its end
both anneal, each by itself.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from busplan.planning.stopping import Stopper
from busplan.planning.weeks.annealing import LONG_STEPS, STEP_WORK, Annealing
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import Relaxation, whole
from busplan.planning.weeks.selection import Choice
from busplan.planning.weeks.week_master import Part, PartBound, WeekMaster, hopeful_below

ROUND = 20.0
"""Deterministic units of annealing in a round."""
RISING, LONGER = 12.0, 1.5
"""Those of the bound in the first round, and how much more in each than in the one before: it rises
best undisturbed, and the linear program takes time that is not counted."""


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
    steps = min(LONG_STEPS, int(ROUND / STEP_WORK / max(1, len(master.columns.by_slot))))
    search = Annealing(master, relaxation, seed, steps, start=first)
    second = Annealing(master, relaxation, seed, steps, stream=1)
    best, spent, rising = first, 0.0, RISING
    part, is_bounded = Part(relaxation.bound, {}, duals=relaxation.duals), False
    with ThreadPoolExecutor(max_workers=1) as aside:
        while spent < work and not stopper.asked:
            tell = partial(_tell, hear, part.bound)
            if is_bounded:
                length = min(ROUND, work - spent)
                beside = aside.submit(second.improve, best, length, stopper, _unheard)
                here, there = search.improve(best, length, stopper, tell), beside.result()
                best = min(here.choice, there.choice, key=lambda choice: choice.cost)
                used = max(here.work, there.work)
            else:
                length, worked = min(rising, work - spent), weeks.work
                rises = aside.submit(_raised, weeks, part, best.cost, length, stopper)
                here = search.improve(best, max(ROUND, length), stopper, tell)
                best, found = here.choice, rises.result()
                part, is_bounded = _told(part, found, best), _is_bounded(found, best)
                used = max(here.work, weeks.work - worked)
                rising *= LONGER
            hear(best, part.bound)
            spent += used
            if not used:
                break
    return Approached(best, part, spent)


def _unheard(_: Choice) -> None:
    """The second search is heard at the end of a round."""


def _tell(hear: Callable[[Choice, float], None], bound: float, choice: Choice) -> None:
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
