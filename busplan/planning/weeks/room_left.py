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


def limits(master: Master) -> Ints:
    """Rows of candidate and row: every visit that counts once for a row that has a most.

    Only rows that nothing but tours counts for. A tour that stays in a town for several visits
    counts once there, but with one of them there is no room for another tour either.
    """
    columns, program = master.columns, master.program
    upper = np.array(program.upper)
    for variable in program.variables:
        upper[[row for row, _ in variable.entries]] = np.inf
    days = [(c.service_date - master.problem.first_day).days for c in master.candidates]
    stays = np.array(days, dtype=np.int64) * columns.towns + columns.town_of
    towns = {key: row for key, row, _ in program.tellings.towns}
    pairs = [(visit, row) for visit, row, value in program.tellings.visits if value == 1]
    pairs += [
        (visit, towns[stay])
        for visit, stay in enumerate(stays.tolist())
        if stay in towns and not columns.joint[visit]
    ]
    table: Ints = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    bounded: Ints = table[np.isfinite(upper[table[:, 1]])]
    return bounded


@dataclass(frozen=True)
class RoomLeft:
    """What is left of a master's rows that nothing but tours counts for."""

    master: Master

    @cached_property
    def _limits(self) -> Ints:
        return limits(self.master)

    def beside(self, tours: Iterable[int]) -> NDArray[np.bool_]:
        """By candidate, and last for no visit, whether no row is full with these tours."""
        upper = np.array(self.master.program.upper)
        counts = np.zeros(len(upper))
        for tour in tours:
            for row, value in self.master.rows.entries(tour):
                counts[row] += value
        visit, row = self._limits.T
        may = np.ones(len(self.master.candidates) + 1, dtype=np.bool_)
        may[visit[counts[row] >= upper[row]]] = False
        return may
