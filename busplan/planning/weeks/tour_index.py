"""Which demand records each tour of a master serves, on which bus and day.

There may be hundreds of thousands of tours, so nothing here looks at them one by one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from busplan.domain.fleet import BusId
from busplan.planning.weeks.master import Master

Slot = tuple[BusId, date]
"""A bus on a day: it makes one tour at most."""


@dataclass(frozen=True, slots=True)
class TourIndex:
    """Pairs of a tour and a demand record it serves, sorted by tour, and the slot of each tour.

    ``demand_ids`` and ``slots`` tell what the numbers in the arrays mean.
    """

    demand_ids: tuple[str, ...]
    slots: tuple[Slot, ...]
    tour: NDArray[np.int64]
    demand: NDArray[np.int64]
    slot_of: NDArray[np.int32]

    @staticmethod
    def of(master: Master) -> "TourIndex":
        """The index of a master's tours."""
        demand_ids = tuple(str(demand.id) for demand in master.problem.demands)
        number = {demand_id: place for place, demand_id in enumerate(demand_ids)}
        demand_of = np.array([number[c.demand_id] for c in master.candidates], dtype=np.int64)
        tour, visit = master.columns.visits()
        slots = tuple(master.columns.slot_at(slot) for slot in range(master.columns.slot_count))
        return TourIndex(demand_ids, slots, tour, demand_of[visit], master.columns.slots)

    def carriers(self, demand_id: str) -> NDArray[np.int64]:
        """The tours that serve a demand record."""
        tours: NDArray[np.int64] = self.tour[self.demand == self.demand_ids.index(demand_id)]
        return tours

    def strangers(self, served: Mapping[Slot, Iterable[str]]) -> NDArray[np.int64]:
        """For every tour, how many demand records it serves that ``served`` has not in its slot."""
        known = np.zeros((len(self.slots), len(self.demand_ids)), dtype=bool)
        number = {demand_id: i for i, demand_id in enumerate(self.demand_ids)}
        for place, slot in enumerate(self.slots):
            for demand_id in served.get(slot, ()):
                if demand_id in number:
                    known[place, number[demand_id]] = True
        strange = self.tour[~known[self.slot_of[self.tour], self.demand]]
        counts: NDArray[np.int64] = np.bincount(strange, minlength=len(self.slot_of))
        return counts
