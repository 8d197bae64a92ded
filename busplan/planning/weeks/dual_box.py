"""Duals kept near those of the best bound: a linear program of few columns leaps far otherwise.

Every row may be broken at a price, its best dual plus or minus some points, so its dual stays in
this box (du Merle et al., Discrete Math. 194, 1999). The box moves with the best bound, widens
where that rises as foreseen, and narrows where it falls.
"""

from dataclasses import dataclass

import numpy as np
from ortools.math_opt.python import mathopt

from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.relaxation import TOLERANCE, LinearMaster
from busplan.planning.weeks.tour_rows import Floats

FIRST_WIDTH, LEAST_WIDTH = 50.0, 2.0
"""Points."""
WIDER, NARROWER = 2.0, 0.6
AS_FORESEEN = 0.3
"""Share of the foreseen rise that makes the box wider."""


@dataclass
class DualBox:
    """For each of ``rows`` a column that buys of it and one that sells, at the prices that are set.

    Where a dual's sign alone keeps it in the box there is nothing to buy or sell.
    """

    lp: LinearMaster
    rows: Ints
    columns: tuple[mathopt.Variable, ...]
    prices: Floats
    width: float = FIRST_WIDTH

    @staticmethod
    def of(lp: LinearMaster, rows: Ints) -> "DualBox":
        """No box yet, for these rows."""
        each = [(row, value) for value in (1, -1) for row in rows.tolist()]
        columns = tuple(lp.add_column(0.0, (entry,), most=0.0) for entry in each)
        return DualBox(lp, rows, columns, np.full(len(columns), np.inf))

    def around(self, center: Floats) -> None:
        """Hold duals within ``width`` of these."""
        lower, upper = np.array(self.lp.lower)[self.rows], np.array(self.lp.upper)[self.rows]
        buy, sell = center[self.rows] + self.width, self.width - center[self.rows]
        buy[np.isneginf(lower) & (buy >= 0)] = np.inf
        sell[np.isposinf(upper) & (sell >= 0)] = np.inf
        self._set(np.concatenate((buy, sell)))

    def lift(self) -> None:
        """Let duals be what they are."""
        self._set(np.full(len(self.columns), np.inf))

    def _set(self, prices: Floats) -> None:
        for place in np.flatnonzero(prices != self.prices).tolist():
            self.lp.price(self.columns[place], float(prices[place]))
        self.prices = prices

    def holds(self) -> bool:
        """Whether the last solution bought or sold, so that the box holds its duals."""
        values = self.lp.values()
        return any(values.get(column.id, 0.0) > TOLERANCE for column in self.columns)

    def judge(self, rise: float, foreseen: float) -> None:
        """Widen or narrow the box by how far the bound rose."""
        if rise > AS_FORESEEN * foreseen:
            self.width *= WIDER
        elif rise <= 0:
            self.width = max(LEAST_WIDTH, self.width * NARROWER)
