"""The relaxation over whole bus-weeks, for one part of all plans, solved by column generation.

Where a weekly cap binds a bus, the plain relaxation fills its week with parts of tours. Here the
column is a *bus-week* (``bus_weeks``) that visits nobody twice (``week_labels``); tours of buses
without a cap enter one by one. The bound is Lagrange's: any duals give a true one, and how much
every plan with a given tour costs at least.
"""

import math
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt.python import mathopt

from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.bus_weeks import BusWeek, WeekSearch, dearer
from busplan.planning.weeks.dual_box import FIRST_WIDTH, WIDER, DualBox
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import (
    BOUND_TOLERANCE,
    TOLERANCE,
    LinearMaster,
    Relaxation,
    safe_bound,
    whole,
)
from busplan.planning.weeks.rows import Program
from busplan.planning.weeks.tour_rows import Floats
from busplan.planning.weeks.week_marks import WeekMarks
from busplan.planning.weeks.week_pricing import PricedWeek, Tours, WeekPricing

CLOSE_ENOUGH = 0.5
"""Points that the bound may still rise when no more columns are looked for: costs are whole."""
CLOSE_SHARE = 0.1
"""Or this share of what lies between the bound and the best plan: splitting does more then."""
MARKS_A_ROUND = 20
TOURS_A_ROUND = 400
NEAR_TOURS, NEAR_ROUNDS = 60_000, 4
"""After every round of the bound, so many rounds among so many tours of least cost."""
MISSED_POINTS = 1_000_000
"""Price of a visit that a part of all plans asks for and no column gives."""
ROUND_WORK, NEAR_WORK, TRY_WORK, TOUR_WORK, LABEL_WORK = 0.02, 0.01, 0.01, 1.5e-7, 2e-7
"""Deterministic units for each round, round among near tours, half tried, tour priced and label
made; a unit is about a second."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The plans whose counted visits keep ``limits`` (by row) and hold no ``banned`` candidate.

    ``tours`` are all that a plan cheaper than the best may hold here; ``None`` if any may.
    ``duals`` gave a good bound of a larger part.
    """

    bound: float
    limits: Mapping[int, tuple[float, float]]
    banned: frozenset[int] = frozenset()
    tours: Ints | None = None
    duals: Floats | None = None

    def limits_of(self, row: int, program: Program) -> tuple[float, float]:
        """Least and most that a row may count here."""
        return self.limits.get(row, (program.lower[row], program.upper[row]))


@dataclass(frozen=True, slots=True)
class PartBound:
    """Least cost of a part's plans and of those with each tour; the columns' values if solved.

    ``relaxed`` is what these columns cost. ``duals`` are those of the best bound; ``None`` if there
    was no time for any.
    """

    bound: float
    least: Floats
    values: Mapping[Tours, float]
    relaxed: float
    duals: Floats | None


def hopeful_below(least: Floats, best: int) -> NDArray[np.bool_]:
    """Which tours a plan cheaper than ``best`` may hold, given the least cost of plans with each.

    Costs are whole.
    """
    return least <= best - 1 + BOUND_TOLERANCE


@dataclass
class WeekMaster:
    """One linear program that serves all parts.

    ``counted`` are the rows a part may limit; ``work`` what was used so far, in deterministic
    units.
    """

    master: Master
    search: WeekSearch
    counted: tuple[int, ...]
    lp: LinearMaster
    marks: WeekMarks
    box: DualBox
    pricing: WeekPricing
    columns: dict[Tours, mathopt.Variable] = field(default_factory=dict)
    work: float = 0.0

    @staticmethod
    def of(master: Master, relaxation: Relaxation) -> "WeekMaster | None":
        """The relaxation of a master; ``None`` if no bus has a weekly cap."""
        search = WeekSearch.of(master)
        if not search.weeks:
            return None
        names = master.program.row_names()
        counted = tuple(
            row for row, name in enumerate(names) if isinstance(name, tuple) and name[0] == "most"
        )
        marks = WeekMarks.of(master)
        lp = _program(master, counted)
        boxed = ~search.own_rows
        boxed[list(master.program.rare)] = False
        found = WeekMaster(
            master=master,
            search=search,
            counted=counted,
            lp=lp,
            marks=marks,
            box=DualBox.of(lp, np.flatnonzero(boxed)),
            pricing=WeekPricing(search, marks),
        )
        found.enter((tour,) for tour in relaxation.active[search.free[relaxation.active]].tolist())
        found._mark(marks.contested(relaxation.duals))
        return found

    def twin(self) -> "WeekMaster":
        """The same columns and marks in a linear program of its own, for another thread."""
        marks = self.marks.copy()
        lp = _program(self.master, self.counted)
        found = replace(
            self,
            lp=lp,
            box=DualBox.of(lp, self.box.rows),
            marks=marks,
            pricing=WeekPricing(self.search, marks),
            columns={},
            work=0.0,
        )
        found.enter(self.columns)
        return found

    def learn(self, marked: Iterable[int], columns: Iterable[Tours]) -> None:
        """Take on marks and columns that twins have found."""
        self._mark(list(marked))
        self.enter(self.pricing.new(columns, self.columns))

    def enter(self, columns: Iterable[Tours]) -> None:
        """Let free tours and bus-weeks into the linear program."""
        for tours in columns:
            self.columns[tours] = self.lp.add_column(*self.search.column(tours))

    def bound(self, part: Part, best: int, is_over: Callable[[], bool]) -> PartBound:
        """Raise the bound of a part to the end, or until no plan of it is cheaper than ``best``."""
        least = np.where(self._allowed(part), -np.inf, np.inf)
        center, reached, bound = part.duals, -math.inf, part.bound
        duals: Floats | None
        self.pricing.critical.clear()
        self.box.width = FIRST_WIDTH
        weeks = self.search.weeks
        for row in self.counted:
            self.lp.limit(row, *part.limits_of(row, self.master.program))
        while not is_over():
            hopeful = hopeful_below(least, best)
            self._allow(hopeful)
            if math.isinf(reached) and center is not None:
                duals, foreseen, held = center, math.inf, True
            else:
                duals = self.lp.solve()
                if duals is None:
                    break
                foreseen = self.lp.value + self.master.program.constant
                held = self.box.holds()
            kept = np.where(self.search.own_rows, 0.0, duals)
            reduced = self.master.rows.reduced_costs(self.master.costs, kept, hopeful)
            weeks = self.search.among(hopeful, weeks)
            value, costs, new = self._price(duals, kept, reduced, weeks)
            bound, least = max(bound, value), np.maximum(least, costs)
            if not math.isinf(reached):
                self.box.judge(value - reached, foreseen - reached)
            if value > reached:
                center, reached = duals, value
            if held and not new:
                self.box.width *= WIDER
            self.box.around(duals if center is None else center)
            self.work += ROUND_WORK + TOUR_WORK * len(reduced)
            if whole(bound) >= best:
                break
            close = foreseen - bound < max(CLOSE_ENOUGH, CLOSE_SHARE * (best - bound))
            if not held and (close or not new) and not self._mark_repeated():
                self.box.lift()
                return PartBound(bound, least, self._values(), foreseen, center)
            self.enter(self.pricing.new(new, self.columns))
            self._go_on_near(costs, weeks, is_over)
        self.box.lift()
        return PartBound(bound, least, {}, math.inf, center)

    def _go_on_near(
        self, costs: Floats, weeks: tuple[BusWeek, ...], is_over: Callable[[], bool]
    ) -> None:
        """Enter what pays among the tours of least cost, where there are many, without a bound.

        In the same box the linear program takes few steps, and few tours are priced.
        """
        if len(costs) <= NEAR_TOURS:
            return
        near = np.zeros(len(costs), dtype=np.bool_)
        near[np.argpartition(costs, NEAR_TOURS)[:NEAR_TOURS]] = True
        near &= np.isfinite(costs)
        weeks = self.search.among(near, weeks)
        for _ in range(NEAR_ROUNDS):
            duals = None if is_over() else self.lp.solve()
            if duals is None:
                return
            kept = np.where(self.search.own_rows, 0.0, duals)
            reduced = self.master.rows.reduced_costs(self.master.costs, kept, near)
            new = self._columns_of(self._priced(duals, reduced, weeks, exact=False), reduced)
            self.work += NEAR_WORK + TOUR_WORK * NEAR_TOURS
            if not new:
                return
            self.enter(self.pricing.new(new, self.columns))

    def relaxed(self, half: Part) -> float:
        """What a half of the part that was bounded last costs by the columns there are."""
        program = self.master.program
        kept = {row: (self.lp.lower[row], self.lp.upper[row]) for row in self.counted}
        for row in kept:
            self.lp.limit(row, *half.limits_of(row, program))
        self.lp.solve()
        for row, limits in kept.items():
            self.lp.limit(row, *limits)
        self.work += TRY_WORK
        return self.lp.value + program.constant

    def _allowed(self, part: Part) -> NDArray[np.bool_]:
        """Which tours a part may hold."""
        allowed = np.ones(len(self.master.columns), dtype=np.bool_)
        if part.tours is not None:
            allowed[:] = False
            allowed[part.tours] = True
        banned = np.zeros(len(self.marks.demand_of), dtype=np.bool_)
        banned[list(part.banned)] = True
        visits = self.master.columns.tours.visits
        allowed &= ~banned[visits].any(axis=1)
        return allowed

    def _allow(self, hopeful: NDArray[np.bool_]) -> None:
        """Let only columns of such tours have a value."""
        if not self.columns:
            return
        padded = np.array(list(zip_longest(*self.columns, fillvalue=-1)), dtype=np.int64)
        allowed = np.all(np.append(hopeful, True)[padded], axis=0)
        for column, may in zip(self.columns.values(), allowed, strict=True):
            most = math.inf if may else 0.0
            if column.upper_bound != most:
                column.upper_bound = most

    def _price(
        self, duals: Floats, kept: Floats, reduced: Floats, weeks: Sequence[BusWeek]
    ) -> tuple[float, Floats, list[Tours]]:
        """The bound of these duals, the least cost with each tour, and columns to enter.

        ``kept`` are the duals of the rows that a bus-week does not keep by itself.
        """
        priced = self._priced(duals, reduced, weeks, exact=True)
        alone = np.where(self.search.free, reduced, 0.0)
        least = [found.least for found in priced]
        upper = self.master.program.upper
        bound = safe_bound(self.master, kept, alone, self.lp.lower, self.lp.upper)
        missed = ((MISSED_POINTS - kept[row]) * upper[row] for row in self.counted)
        bound += math.fsum(min(0.0, points) for points in missed)
        bound += math.fsum(least)
        cheapest = [found.cheapest for found in priced]
        costs = bound + dearer(weeks, cheapest, least, reduced)
        return bound, costs, self._columns_of(priced, reduced)

    def _priced(
        self, duals: Floats, reduced: Floats, weeks: Sequence[BusWeek], *, exact: bool
    ) -> list[PricedWeek]:
        """Every bus's week at these duals."""

        def price(week: BusWeek) -> PricedWeek:
            paid = min(0.0, week.cap_min * float(duals[week.row]))
            return self.pricing.price(week, reduced, paid, self.columns, exact=exact)

        # Compiled code runs beside other threads; each week's result is its own.
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            priced = list(pool.map(price, weeks))
        self.work += LABEL_WORK * sum(found.labels for found in priced)
        return priced

    def _columns_of(self, priced: Iterable[PricedWeek], reduced: Floats) -> list[Tours]:
        """The weeks that were found, and free tours that pay."""
        promising = np.flatnonzero((reduced < -TOLERANCE) & self.search.free).tolist()
        entering = [(tour,) for tour in promising if (tour,) not in self.columns]
        return [tours for found in priced for tours in found.tours] + entering[:TOURS_A_ROUND]

    def _mark_repeated(self) -> bool:
        """Mark rows that the solution breaks within one week, and drop such weeks."""
        repeated: dict[int, float] = {}
        for tours, value in self._values().items():
            for row in self.marks.twice(tours) - set(self.marks.marked):
                repeated[row] = repeated.get(row, 0.0) + value
        found = sorted(repeated, key=lambda row: (-repeated[row], row))[:MARKS_A_ROUND]
        return self._mark(found)

    def _mark(self, rows: Sequence[int]) -> bool:
        """Mark rows and drop weeks that break one; False if none can be marked."""
        if not self.marks.mark(rows):
            return False
        for tours in [tours for tours in self.columns if self.marks.repeated(tours)]:
            self.columns.pop(tours).upper_bound = 0.0
        return True

    def _values(self) -> dict[Tours, float]:
        values = self.lp.values()
        chosen = ((tours, values.get(column.id, 0.0)) for tours, column in self.columns.items())
        return {tours: value for tours, value in chosen if value > TOLERANCE}


def _program(master: Master, counted: Iterable[int]) -> LinearMaster:
    """The linear program without tours; a part may ask for visits that no column gives."""
    lp = LinearMaster(master)
    for row in counted:
        lp.add_column(MISSED_POINTS, ((row, 1),), most=master.program.upper[row])
    return lp
