"""The linear relaxation of the master, solved exactly by column generation over the listed tours.

Its value is a bound that no plan can beat; a tour's reduced cost says how much worse than the
bound every plan with that tour is.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt.python import mathopt

from busplan.planning.linear import Answer, ColumnProgram
from busplan.planning.weeks.master import Master

TOLERANCE = 1e-6
BOUND_TOLERANCE = 1e-4
"""What rounding may have added to a bound in floating point; costs are whole points."""
BATCH = 20
"""Most tours of a slot that enter the relaxation at once: better duals from fewer tours than the
best of all slots together would give."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Bound in points, the tours that entered, each row's dual value, each tour's reduced cost."""

    bound: int
    active: NDArray[np.int64]
    duals: NDArray[np.float64]
    reduced_costs: NDArray[np.float64]


def relax(master: Master, is_over: Callable[[], bool]) -> Relaxation | None:
    """Solve the relaxation to its end; ``None`` if ``is_over`` or GLOP ended it before."""
    lp = LinearMaster(master)
    active = np.zeros(len(master.columns), dtype=bool)
    while not is_over():
        duals = lp.solve()
        if duals is None:
            return None
        reduced = master.rows.reduced_costs(master.costs, duals)
        best = _best_of_slots(master, np.where(active, 0.0, reduced))
        if not len(best):
            bound = whole(safe_bound(master, duals, reduced, lp.lower, lp.upper))
            return Relaxation(bound, np.flatnonzero(active), duals, reduced)
        active[best] = True
        for tour in best.tolist():
            lp.add(tour)
    return None


def _best_of_slots(master: Master, reduced: NDArray[np.float64]) -> NDArray[np.int64]:
    """The ``BATCH`` tours of every slot that are most below 0, slots rising."""
    found = [np.zeros(0, dtype=np.int64)]
    for tours in master.columns.by_slot.values():
        costs = reduced[tours]
        if len(costs) > BATCH:
            best = np.argpartition(costs, BATCH)[:BATCH]
            tours, costs = tours[best], costs[best]
        found.append(tours[costs < -TOLERANCE])
    return np.concatenate(found)


def whole(bound: float) -> int:
    """The least whole cost that a bound allows; costs are whole."""
    return math.ceil(bound - BOUND_TOLERANCE)


def safe_bound(
    master: Master,
    duals: NDArray[np.float64],
    reduced: NDArray[np.float64],
    lower: Sequence[float],
    upper: Sequence[float],
) -> float:
    """What no choice can undercut, whatever the solver's rounding left in the duals.

    ``lower`` and ``upper`` are the limits of the rows. Weak duality with every variable's own
    limit (Neumaier & Shcherbina, Math. Program. 99, 2004): any duals of the right sign give a
    true bound.
    """
    program = master.program
    rows = (
        dual * (lower if dual > 0 else upper)
        for dual, lower, upper in zip(duals.tolist(), lower, upper, strict=True)
        if dual
    )
    static = (
        min(0.0, variable.cost - sum(value * duals[row] for row, value in variable.entries))
        * variable.upper
        for variable in program.variables
    )
    return math.fsum((program.constant, *rows, *static, float(np.minimum(reduced, 0).sum())))


class LinearMaster:
    """The relaxation in GLOP, which keeps its basis while tours are added.

    Rare rows, most of all, wait outside until a solution breaks them: GLOP's steps take as long as
    the program has rows.
    """

    def __init__(self, master: Master) -> None:
        self._master = master
        program = master.program
        self.lower, self.upper = list(program.lower), list(program.upper)
        self._answer: Answer | None = None
        self._model = mathopt.Model()
        self._waiting: dict[int, list[tuple[mathopt.Variable, int]]] = {}
        self._rows: dict[int, mathopt.LinearConstraint] = {}
        for row in range(len(program.lower)):
            if row in program.rare:
                self._waiting[row] = []
            else:
                self._take_on(row)
        self._outside: dict[int, list[tuple[int, int]]] = {}
        """Coefficients in waiting rows by the variable's id."""
        for variable in program.variables:
            self.add_column(variable.cost, variable.entries, variable.upper)
        self._solver = ColumnProgram(self._model)

    def _take_on(self, row: int) -> None:
        """Let a row, without coefficients, into the program."""
        limits = {"lb": self.lower[row], "ub": self.upper[row]}
        self._rows[row] = self._model.add_linear_constraint(**limits)

    def limit(self, row: int, lower: float, upper: float) -> None:
        """Give a row that is not rare other limits."""
        if (self.lower[row], self.upper[row]) != (lower, upper):
            self.lower[row], self.upper[row] = lower, upper
            self._rows[row].lower_bound, self._rows[row].upper_bound = lower, upper

    def add(self, tour: int) -> mathopt.Variable:
        """Let a tour into the relaxation."""
        cost = int(self._master.costs[tour])
        return self.add_column(cost, self._master.rows.entries(tour))

    def add_column(
        self, cost: float, entries: Iterable[tuple[int, int]], most: float = math.inf
    ) -> mathopt.Variable:
        """Let anything from 0 up into the relaxation, with its row coefficients."""
        added = self._model.add_variable(lb=0, ub=most)
        self._model.objective.set_linear_coefficient(added, cost)
        for row, value in entries:
            if row in self._rows:
                self._rows[row].set_coefficient(added, value)
            else:
                self._waiting[row].append((added, value))
                self._outside.setdefault(added.id, []).append((row, value))
        return added

    def price(self, column: mathopt.Variable, cost: float) -> None:
        """Give a column another cost; it stays 0 where that is infinite."""
        if math.isfinite(cost):
            self._model.objective.set_linear_coefficient(column, cost)
        column.upper_bound = math.inf if math.isfinite(cost) else 0.0

    def solve(self) -> NDArray[np.float64] | None:
        """Dual value of every row, of the sign its limits admit; ``None`` where GLOP gives up."""
        while True:
            self._answer = self._solver.solve()
            if self._answer is None:
                return None
            broken = self._broken(self._answer.values)
            if not broken:
                break
            for row in broken:
                self._take_on(row)
                for variable, value in self._waiting.pop(row):
                    self._rows[row].set_coefficient(variable, value)
        values = np.zeros(len(self.lower))
        values[list(self._rows)] = self._answer.duals  # ids count rows as they were taken on
        values[(values > 0) & np.isneginf(self.lower)] = 0
        values[(values < 0) & np.isposinf(self.upper)] = 0
        return values

    def _broken(self, values: Mapping[int, float]) -> list[int]:
        """Waiting rows that a solution breaks."""
        counts: defaultdict[int, float] = defaultdict(float)
        for variable, value in values.items():
            for row, coefficient in self._outside.get(variable, ()):
                counts[row] += coefficient * value
        return [
            row
            for row, count in counts.items()
            if row in self._waiting
            and not self.lower[row] - TOLERANCE <= count <= self.upper[row] + TOLERANCE
        ]

    @property
    def value(self) -> float:
        """Cost of the last solution, without the program's constant."""
        return -math.inf if self._answer is None else self._answer.value

    def values(self) -> Mapping[int, float]:
        """What is not 0 in the last solution, by the variables' ids."""
        return {} if self._answer is None else self._answer.values
