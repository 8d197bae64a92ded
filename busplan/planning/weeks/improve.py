"""Large neighbourhoods: keep most of a plan, choose some days or buses anew, keep the better.

Each step frees a few slots (a bus on a day) and chooses among the tours of least reduced cost
there, everything else held (Shaw, CP 1998; in a column pool: Danna & Le Pape 2005). Steps are
tried side by side in rounds of ``ABREAST``, each with its own counted work, and the best of a
round is kept: so cores change the time a search takes, never its result.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random

import numpy as np

from busplan.planning.stopping import Stopper
from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import TOLERANCE, Relaxation
from busplan.planning.weeks.selection import Choice, Selection, select

ABREAST = 2
STEP_WORK = 0.5
"""Most deterministic units for one step."""
STEP_POOL = 700
"""Most tours that a step chooses among."""
PATIENCE = 10
"""Rounds without a better choice after which nothing more is expected."""


@dataclass(frozen=True, slots=True)
class Improved:
    """The best choice and the work it took, in deterministic units."""

    choice: Choice
    work: float


def improve(
    master: Master,
    relaxation: Relaxation,
    first: Choice,
    work: float,
    seed: int,
    stopper: Stopper,
    on_choice: Callable[[Choice], None],
    largest: int = 1,
) -> Improved:
    """A choice no worse than the first, by rounds of steps within the work.

    Steps grow to so many times their size once smaller ones find nothing more.
    """
    random, best, spent, idle, size = Random(seed), first, 0.0, 0, 1
    with ThreadPoolExecutor(max_workers=ABREAST) as aside:
        while spent < work and not stopper.asked:
            if idle == PATIENCE:
                idle, size = 0, 2 * size
            if size > largest:
                break
            pools = [_pool(master, relaxation, best, random, size) for _ in range(ABREAST)]
            seeds = [random.randrange(2**31) for _ in range(ABREAST)]
            steps = aside.map(
                lambda pool, number, now=best, size=size: _step(
                    master, pool, now, number, stopper, size
                ),
                pools,
                seeds,
            )
            found = list(steps)
            spent += max(step.work for step in found)
            better = min((s.choice for s in found if s.choice), key=_cost, default=best)
            idle = 0 if better.cost < best.cost else idle + 1
            if better.cost < best.cost:
                best = better
                on_choice(best)
    return Improved(best, spent)


def _cost(choice: Choice) -> int:
    return choice.cost


def _step(
    master: Master, pool: list[int], best: Choice, seed: int, stopper: Stopper, size: int
) -> Selection:
    return select(master, pool, hint=best, work=size * STEP_WORK, seed=seed, stopper=stopper)


def _pool(
    master: Master, relaxation: Relaxation, best: Choice, random: Random, size: int
) -> list[int]:
    """The best choice's tours, and those of least reduced cost in some slots that are free."""
    columns = master.columns
    free = set(_free_slots(master, random, size))
    room = best.cost - relaxation.bound
    parts = [columns.by_slot[slot] for slot in sorted(free)]
    tours: Ints = np.concatenate(parts)
    reduced = relaxation.reduced_costs[tours]
    tours = tours[np.argsort(reduced, kind="stable")][: size * STEP_POOL]
    promising = tours[relaxation.reduced_costs[tours] <= room + TOLERANCE]
    return sorted({*best.tours, *promising.tolist()})


def _free_slots(master: Master, random: Random, size: int) -> Iterator[int]:
    """Slots of one bus, of two days, or any few; of so many times more in a larger step."""
    slots = list(master.columns.by_slot)
    buses = len(master.problem.buses)
    kind = random.random()
    if kind < 0.3:
        own = random.sample(range(buses), k=min(size, buses))
        yield from (slot for slot in slots if slot % buses in own)
    elif kind < 0.7:
        days = sorted({slot // buses for slot in slots})
        free = random.sample(days, k=min(1 + size, len(days)))
        yield from (slot for slot in slots if slot // buses in free)
    else:
        yield from random.sample(slots, k=min(len(slots), 5 * size))
