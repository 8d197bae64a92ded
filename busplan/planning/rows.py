"""A linear program under construction: rows, static variables, and entries of tour columns."""

from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

INFINITY = float("inf")
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A variable besides the tours: from 0 to ``upper``, minimised at ``cost`` a unit."""

    name: str
    cost: int = 0
    upper: int = 1
    integer: bool = False
    entries: tuple[tuple[int, int], ...]
    """Row and coefficient."""


@dataclass(slots=True)
class Program:
    """Rows ``lower <= a x <= upper`` with whole coefficients, found by a name of any kind.

    Tours are added as entries per row: ``add_tours(row, tours, coefficient)``.
    """

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    variables: list[Variable] = field(default_factory=list)
    constant: int = 0
    _rows: dict[Hashable, int] = field(default_factory=dict)
    _tours: list[NDArray[np.int64]] = field(default_factory=list)
    _tour_rows: list[NDArray[np.int64]] = field(default_factory=list)
    _values: list[NDArray[np.int64]] = field(default_factory=list)

    def row(self, name: Hashable, lower: float = -INFINITY, upper: float = INFINITY) -> int:
        """The row of that name, made with these limits if it is new."""
        if name not in self._rows:
            self._rows[name] = len(self.lower)
            self.lower.append(lower)
            self.upper.append(upper)
        return self._rows[name]

    def find_row(self, name: Hashable) -> int | None:
        """The row of that name, if there is one."""
        return self._rows.get(name)

    def row_names(self) -> tuple[Hashable, ...]:
        """Names of all rows in order."""
        return tuple(self._rows)

    def add(self, variable: Variable) -> int:
        """Add a variable and return its number."""
        self.variables.append(variable)
        return len(self.variables) - 1

    def add_tours(self, row: int, tours: Ints, value: int | Ints = 1) -> None:
        """Give the tours a coefficient in the row: one for all, or one each."""
        self._tours.append(tours)
        self._tour_rows.append(np.full(len(tours), row, dtype=np.int64))
        self._values.append(np.broadcast_to(np.asarray(value, dtype=np.int64), tours.shape))

    def matrix(self, tours: int) -> "TourMatrix":
        """Entries of all tours, by tour; equal (tour, row) entries are added up."""
        empty = [np.empty(0, dtype=np.int64)]
        return TourMatrix.build(
            tours,
            len(self.lower),
            np.concatenate(self._tours or empty),
            np.concatenate(self._tour_rows or empty),
            np.concatenate(self._values or empty),
        )


@dataclass(frozen=True, slots=True)
class TourMatrix:
    """Sparse entries sorted by tour: tour ``t`` owns ``starts[t]:starts[t + 1]``."""

    starts: NDArray[np.int64]
    tours: NDArray[np.int64]
    rows: NDArray[np.int64]
    values: NDArray[np.int64]

    @staticmethod
    def build(
        tours: int,
        rows: int,
        tour: NDArray[np.int64],
        row: NDArray[np.int64],
        value: NDArray[np.int64],
    ) -> "TourMatrix":
        """Sort entries by tour and row and add up equal ones."""
        if not len(tour):
            zeros = np.zeros(tours + 1, dtype=np.int64)
            return TourMatrix(zeros, tour, row, value)
        keys, inverse = np.unique(tour * max(rows, 1) + row, return_inverse=True)
        totals = np.bincount(inverse, weights=value).astype(np.int64)
        tour, row = keys // max(rows, 1), keys % max(rows, 1)
        starts = np.searchsorted(tour, np.arange(tours + 1)).astype(np.int64)
        return TourMatrix(starts, tour, row, totals)

    def entries(self, tour: int) -> tuple[tuple[int, int], ...]:
        """Row and coefficient of each entry of a tour."""
        here = slice(int(self.starts[tour]), int(self.starts[tour + 1]))
        return tuple(zip(self.rows[here].tolist(), self.values[here].tolist(), strict=True))

    def reduced_costs(
        self, costs: NDArray[np.int64], duals: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Cost minus dual value of every tour."""
        worth = np.zeros(len(costs), dtype=np.float64)
        np.add.at(worth, self.tours, self.values * duals[self.rows])
        return costs.astype(np.float64) - worth
