"""Which visits may join tours that are kept, as far as these alone tell.

A step of a search that keeps most of a plan would otherwise choose among tours of the best stops,
nearly all of them visited by a tour that is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.master import Master


@dataclass(frozen=True)
class RoomLeft:
    """What is left of a master's rows that nothing but tours counts for."""

    master: Master

    @cached_property
    def _upper(self) -> NDArray[np.float64]:
        """Most that each row may count; infinite where other variables count as well."""
        upper = np.array(self.master.program.upper)
        for variable in self.master.program.variables:
            upper[[row for row, _ in variable.entries]] = np.inf
        return upper

    @cached_property
    def _counted(self) -> Ints:
        """Candidate and row wherever a visit counts for a row that has a most."""
        columns, tellings = self.master.columns, self.master.program.tellings
        first_day = self.master.problem.first_day
        days = [(c.service_date - first_day).days for c in self.master.candidates]
        stays = np.array(days, dtype=np.int64) * columns.towns + columns.town_of
        towns = {key: row for key, row, _ in tellings.towns}
        pairs = [(visit, row) for visit, row, value in tellings.visits if value > 0]
        pairs += [
            (visit, towns[stay])
            for visit, stay in enumerate(stays.tolist())
            if stay in towns and not columns.joint[visit]
        ]
        table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return table[np.isfinite(self._upper[table[:, 1]])]

    def beside(self, tours: Iterable[int]) -> NDArray[np.bool_]:
        """By candidate, and last for no visit, whether no row is full with these tours."""
        counts = np.zeros(len(self._upper))
        for tour in tours:
            for row, value in self.master.rows.entries(tour):
                counts[row] += value
        visit, row = self._counted.T
        may = np.ones(len(self.master.candidates) + 1, dtype=np.bool_)
        may[visit[counts[row] >= self._upper[row]]] = False
        return may
