"""What no bus-week may visit twice, as bits of the tours that visit it.

A row of the master that counts visits of several days up to one, of a demand record that is visited
once or has a headway, is no row between weeks only: one bus-week must keep it too. Rows that a
relaxation breaks within a week are marked as they are met (decremental state space relaxation:
Righini & Salani, Networks 51, 2008): labels tell weeks apart by their marks.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from busplan.planning.weeks.day_times import NEVER
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import TOLERANCE

MOST_MARKS = 60
"""Most rows that are marked; one bit of a label each."""


@dataclass
class WeekMarks:
    """``of_tours`` are the marks of every tour; ``marked`` the rows, in the order of the bits.

    ``visits``: row = tour, its candidates. ``demand_of``: record, by number, of each candidate; one
    more for no visit. ``once``: by record, whether it is visited at most once. ``counted``: by row
    that may be marked, the candidates that count in it; ``rows_of`` the same by candidate.
    """

    visits: NDArray[np.int32]
    demand_of: NDArray[np.int64]
    once: NDArray[np.bool_]
    counted: Mapping[int, Sequence[int]]
    rows_of: Mapping[int, Sequence[int]]
    of_tours: NDArray[np.int64]
    marked: list[int] = field(default_factory=list)

    @staticmethod
    def of(master: Master) -> "WeekMarks":
        """None are marked yet."""
        demands = master.problem.demands
        number = {demand.id: place for place, demand in enumerate(demands)}
        counted = _counted(master)
        rows_of: defaultdict[int, list[int]] = defaultdict(list)
        for row, candidates in counted.items():
            for candidate in candidates:
                rows_of[candidate].append(row)
        return WeekMarks(
            visits=master.columns.tours.visits,
            demand_of=np.array([*(number[c.demand_id] for c in master.candidates), len(demands)]),
            once=np.array([*(demand.most == 1 for demand in demands), False]),
            counted=counted,
            rows_of=dict(rows_of),
            of_tours=np.zeros(len(master.columns), dtype=np.int64),
        )

    def copy(self) -> "WeekMarks":
        """The same marks, for more of its own."""
        return replace(self, of_tours=self.of_tours.copy(), marked=[*self.marked])

    def mark(self, rows: Sequence[int]) -> bool:
        """Mark rows, as many as there is room for; False if it is for none."""
        rows = [row for row in rows if row not in self.marked][: MOST_MARKS - len(self.marked)]
        bits = np.zeros(len(self.demand_of), dtype=np.int64)
        for place, row in enumerate(rows, start=len(self.marked)):
            bits[list(self.counted[row])] |= 1 << place
        for place in range(self.visits.shape[1]):
            self.of_tours |= bits[self.visits[:, place]]
        self.marked += rows
        return bool(rows)

    def contested(self, duals: NDArray[np.float64]) -> list[int]:
        """Rows that may be marked and have a price, the dearest first.

        Weeks would repeat most of them sooner or later.
        """
        rows = [row for row in self.counted if abs(duals[row]) > TOLERANCE]
        return sorted(rows, key=lambda row: (-abs(duals[row]), row))

    def repeated(self, tours: Sequence[int]) -> int:
        """Marks of what some tours visit twice."""
        seen, repeated = 0, 0
        for marks in self.of_tours[list(tours)].tolist():
            repeated |= seen & marks
            seen |= marks
        return repeated

    def twice(self, tours: Sequence[int]) -> set[int]:
        """Rows, marked or not, that some tours count for twice though they count up to one."""
        visits = self.visits[list(tours)]
        counts = Counter(
            row for visit in visits[visits != NEVER].tolist() for row in self.rows_of.get(visit, ())
        )
        return {row for row, count in counts.items() if count > 1}


def _counted(master: Master) -> dict[int, list[int]]:
    """Rows that count visits of several days, each once, up to one, and what counts in them.

    Of rows that count the same only the first.
    """
    names, program = master.program.row_names(), master.program
    counted: defaultdict[int, list[int]] = defaultdict(list)
    for candidate, row, value in program.tellings.visits:
        name = names[row]
        bounds = isinstance(name, tuple) and name[0] in ("most", "headway")
        if bounds and value == 1 and program.upper[row] == 1:
            counted[row].append(candidate)
    days = [candidate.service_date for candidate in master.candidates]
    found: dict[tuple[int, ...], int] = {}
    for row, candidates in counted.items():
        if len({days[candidate] for candidate in candidates}) > 1:
            found.setdefault(tuple(sorted(candidates)), row)
    return {row: list(candidates) for candidates, row in found.items()}
