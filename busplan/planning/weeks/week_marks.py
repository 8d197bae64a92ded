"""Demand records that no bus-week may visit twice, as bits of the tours that visit them.

Only records that a relaxation visits twice are marked, as they are met (decremental state space
relaxation: Righini & Salani, Networks 51, 2008): labels tell weeks apart by their marks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from busplan.planning.weeks.day_times import NEVER
from busplan.planning.weeks.master import Master

MOST_MARKS = 60
"""Most records that are marked; one bit of a label each."""


@dataclass
class WeekMarks:
    """``of_tours`` are the marks of every tour; ``marked`` the records, in the order of the bits.

    ``visits``: row = tour, its candidates. ``demand_of``: record, by number, of each candidate; one
    more for no visit. ``once``: by record, whether it is visited at most once.
    """

    visits: NDArray[np.int32]
    demand_of: NDArray[np.int64]
    once: NDArray[np.bool_]
    of_tours: NDArray[np.int64]
    marked: list[int] = field(default_factory=list)

    @staticmethod
    def of(master: Master) -> "WeekMarks":
        """None are marked yet."""
        demands = master.problem.demands
        number = {demand.id: place for place, demand in enumerate(demands)}
        return WeekMarks(
            visits=master.columns.tours.visits,
            demand_of=np.array([*(number[c.demand_id] for c in master.candidates), len(demands)]),
            once=np.array([*(demand.most == 1 for demand in demands), False]),
            of_tours=np.zeros(len(master.columns), dtype=np.int64),
        )

    def copy(self) -> "WeekMarks":
        """The same marks, for more of its own."""
        return replace(self, of_tours=self.of_tours.copy(), marked=[*self.marked])

    def mark(self, records: Sequence[int]) -> bool:
        """Mark records, as many as there is room for; False if it is for none."""
        records = [record for record in records if record not in self.marked]
        records = records[: MOST_MARKS - len(self.marked)]
        bits = np.zeros(len(self.once), dtype=np.int64)
        for place, record in enumerate(records, start=len(self.marked)):
            bits[record] = 1 << place
        self.of_tours |= np.bitwise_or.reduce(bits[self.demand_of[self.visits]], axis=1)
        self.marked += records
        return bool(records)

    def repeated(self, tours: Sequence[int]) -> int:
        """Marks of the records that some tours visit twice."""
        seen, repeated = 0, 0
        for marks in self.of_tours[list(tours)].tolist():
            repeated |= seen & marks
            seen |= marks
        return repeated

    def twice(self, tours: Sequence[int]) -> set[int]:
        """Records, marked or not, that some tours visit twice though they are visited once."""
        visits = self.visits[list(tours)]
        records, counts = np.unique(self.demand_of[visits[visits != NEVER]], return_counts=True)
        return {int(record) for record in records[counts > 1] if self.once[record]}
