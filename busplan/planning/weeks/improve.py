"""Large neighbourhoods: keep most of a plan, choose some days or buses anew, keep the better.

Each step frees a few slots (a bus on a day) and chooses among the tours of least reduced cost
there, everything else held (Shaw, CP 1998; in a column pool: Danna & Le Pape 2005). Steps are
tried side by side in rounds of ``ABREAST``, each with its own counted work, and the best of a
round is kept: so cores change the time a search takes, never its result.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from random import Random

import numpy as np

from busplan.planning.stopping import Stopper
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import TOLERANCE, Relaxation
from busplan.planning.weeks.room_left import RoomLeft
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


@dataclass
class Neighbourhoods:
    """A search that can be gone on with; ``idle`` counts rounds in turn that found nothing."""

    master: Master
    random: Random
    idle: int = 0
    room: RoomLeft = field(init=False)

    def __post_init__(self) -> None:
        self.room = RoomLeft(self.master)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is expected."""
        return self.idle >= PATIENCE

    def improve(
        self,
        relaxation: Relaxation,
        first: Choice,
        work: float,
        stopper: Stopper,
        on_choice: Callable[[Choice], None],
    ) -> Improved:
        """A choice no worse than the first, by rounds of steps within the work."""
        best, spent = first, 0.0
        with ThreadPoolExecutor(max_workers=ABREAST) as aside:
            while spent < work and not stopper.asked and not self.is_over:
                found = list(aside.map(lambda step: step(), self._steps(relaxation, best, stopper)))
                spent += max(step.work for step in found)
                better = min((s.choice for s in found if s.choice), key=_cost, default=best)
                self.idle = 0 if better.cost < best.cost else self.idle + 1
                if better.cost < best.cost:
                    best = better
                    on_choice(best)
        return Improved(best, spent)

    def _steps(
        self, relaxation: Relaxation, best: Choice, stopper: Stopper
    ) -> list[Callable[[], Selection]]:
        """The steps of a round."""
        return [
            partial(
                select,
                self.master,
                self._pool(relaxation, best),
                hint=best,
                work=STEP_WORK,
                seed=self.random.randrange(2**31),
                stopper=stopper,
            )
            for _ in range(ABREAST)
        ]

    def _pool(self, relaxation: Relaxation, best: Choice) -> list[int]:
        """The best choice's tours, and those of least reduced cost in some slots that are free.

        What visits where tours that are kept leave no room is left out.
        """
        columns = self.master.columns
        free = set(_free_slots(self.master, self.random))
        kept = [tour for tour in best.tours if int(columns.slots[tour]) not in free]
        may = self.room.beside(kept)
        room = best.cost - relaxation.bound
        parts = [np.zeros(0, dtype=np.int64)]
        for slot in sorted(free):
            tours = columns.by_slot[slot]
            tours = tours[relaxation.reduced_costs[tours] <= room + TOLERANCE]
            parts.append(tours[may[columns.tours.visits[tours]].all(axis=1)])
        tours = np.concatenate(parts)
        order = np.argsort(relaxation.reduced_costs[tours], kind="stable")
        return sorted({*best.tours, *tours[order[:STEP_POOL]].tolist()})


def improve(
    master: Master,
    relaxation: Relaxation,
    first: Choice,
    work: float,
    seed: int,
    stopper: Stopper,
    on_choice: Callable[[Choice], None],
) -> Improved:
    """A choice no worse than the first, by rounds of steps within the work."""
    return Neighbourhoods(master, Random(seed)).improve(relaxation, first, work, stopper, on_choice)


def _cost(choice: Choice) -> int:
    return choice.cost


def _free_slots(master: Master, random: Random) -> Iterator[int]:
    """Slots of two buses, of two days, of some buses on some days, or any few."""
    slots = list(master.columns.by_slot)
    buses = len(master.problem.buses)
    days = sorted({slot // buses for slot in slots})
    kind = random.random()
    if kind < 0.4:
        own = random.sample(range(buses), k=min(2, buses))
        yield from (slot for slot in slots if slot % buses in own)
    elif kind < 0.7:
        free = random.sample(days, k=min(2, len(days)))
        yield from (slot for slot in slots if slot // buses in free)
    elif kind < 0.85:
        own = random.sample(range(buses), k=min(4, buses))
        free = random.sample(days, k=min(3, len(days)))
        yield from (slot for slot in slots if slot % buses in own and slot // buses in free)
    else:
        yield from random.sample(slots, k=min(len(slots), 5))
