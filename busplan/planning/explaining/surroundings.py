"""A chosen set of tours with the tours near it, to see what one more visit would change."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from busplan.domain.demand import DemandId
from busplan.planning.explaining.prices import Ground
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.selection import Choice
from busplan.planning.weeks.tour_index import TourIndex


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A choice with what lies near it.

    ``strangers`` tells of every tour how many demand records it serves that the chosen tour of
    its bus and day does not; ``parts`` are the tours with the chosen one's visits, or one less.
    """

    master: Master
    choice: Choice
    index: TourIndex
    strangers: NDArray[np.int64]
    parts: NDArray[np.int64]

    @staticmethod
    def of(master: Master, choice: Choice) -> "Surroundings":
        """The surroundings of a choice."""
        index = TourIndex.of(master)
        served = {
            index.slots[index.slot_of[tour]]: [
                str(master.candidates[visit].demand_id) for visit in master.columns[tour].visits
            ]
            for tour in choice.tours
        }
        strangers = index.strangers(served)
        full = np.array([len(served.get(slot, ())) for slot in index.slots], dtype=np.int64)
        visits = np.bincount(index.tour, minlength=len(strangers))
        parts = np.flatnonzero((strangers == 0) & (visits >= full[index.slot_of] - 1))
        return Surroundings(master, choice, index, strangers, parts)

    def ground(self, demand_id: DemandId) -> Ground:
        """Chosen tours, those with one visit less, and parts with a visit of the demand record."""
        mine = self.index.carriers(demand_id)
        near = mine[self.strangers[mine] == 1]
        pool = sorted({*self.choice.tours, *self.parts.tolist(), *near.tolist()})
        return Ground(self.master, pool, mine.tolist(), self.choice.cost)
