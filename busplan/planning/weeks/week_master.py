"""The relaxation over whole bus-weeks, for one part of all plans, solved by column generation.

Where a weekly cap binds a bus, the plain relaxation fills its week with parts of tours. Here the
column is a *bus-week* (``bus_weeks``) that visits nobody twice (``week_labels``); tours of buses
without a cap enter one by one. The bound is Lagrange's: any duals give a true one, and how much
every plan with a given tour costs at least.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt.python import mathopt

from busplan.planning.weeks.bus_weeks import BusWeek, Cheapest, WeekSearch
from busplan.planning.weeks.day_times import NEVER
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import TOLERANCE, LinearMaster, Relaxation, safe_bound, whole
from busplan.planning.weeks.rows import Program
from busplan.planning.weeks.tour_rows import Floats
from busplan.planning.weeks.week_labels import Offers, weeks_below

CLOSE_ENOUGH = 0.5
"""Points that the bound may still rise when no more columns are looked for: costs are whole."""
MOST_MARKS = 60
"""Most demand records that are kept from being visited twice; one bit of a label each."""
MARKS_A_ROUND = 6
TOURS_A_ROUND = 400
MISSED_POINTS = 1_000_000
"""Price of a visit that a part of all plans asks for and no column gives."""
ROUND_WORK, TOUR_WORK, LABEL_WORK = 0.02, 1.5e-7, 2e-7
"""Deterministic units for each round, tour priced and label made; a unit is about a second."""

Tours = tuple[int, ...]
Column = tuple[int, Iterable[tuple[int, int]]]
"""Cost and row coefficients."""


@dataclass(frozen=True, slots=True)
class Part:
    """The plans whose counted visits keep ``limits`` (by row) and hold no ``banned`` candidate."""

    bound: float
    limits: Mapping[int, tuple[float, float]]
    banned: frozenset[int] = frozenset()

    def limits_of(self, row: int, program: Program) -> tuple[float, float]:
        """Least and most that a row may count here."""
        return self.limits.get(row, (program.lower[row], program.upper[row]))


@dataclass(frozen=True, slots=True)
class PartBound:
    """Least cost of a part's plans and of those with each tour; the columns' values if solved."""

    bound: float
    least: Floats
    values: Mapping[Tours, float]


@dataclass
class WeekMaster:
    """One linear program that serves all parts.

    ``counted`` are the rows a part may limit; ``marks`` the marked demand records of every tour,
    as bits; ``work`` what was used so far, in deterministic units.
    """

    master: Master
    search: WeekSearch
    counted: tuple[int, ...]
    lp: LinearMaster
    demand_of: NDArray[np.int64]
    """Demand record, by number, of each candidate; one more for no visit."""
    once: NDArray[np.bool_]
    marks: NDArray[np.int64]
    marked: list[int] = field(default_factory=list)
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
        lp = LinearMaster(master)
        for row in counted:
            lp.add_column(MISSED_POINTS, ((row, 1),), most=1)
        demands = master.problem.demands
        number = {demand.id: place for place, demand in enumerate(demands)}
        found = WeekMaster(
            master=master,
            search=search,
            counted=counted,
            lp=lp,
            demand_of=np.array([*(number[c.demand_id] for c in master.candidates), len(demands)]),
            once=np.array([*(demand.most == 1 for demand in demands), False]),
            marks=np.zeros(len(master.columns), dtype=np.int64),
        )
        for tour in relaxation.active[search.free[relaxation.active]].tolist():
            found.columns[(tour,)] = lp.add(tour)
        return found

    def bound(self, part: Part, best: int, is_over: Callable[[], bool]) -> PartBound:
        """Raise the bound of a part to the end, or until no plan of it is cheaper than ``best``."""
        allowed = self._restrict(part)
        bound, least = part.bound, np.where(allowed, -np.inf, np.inf)
        while not is_over():
            duals = self.lp.solve()
            if duals is None:
                break
            kept = np.where(self.search.own_rows, 0.0, duals)
            reduced = self.master.rows.reduced_costs(self.master.costs, kept)
            reduced[~allowed] = np.inf
            value, dearer, new = self._price(duals, kept, reduced)
            bound, least = max(bound, value), np.maximum(least, dearer)
            self.work += ROUND_WORK + TOUR_WORK * len(reduced)
            if whole(bound) >= best:
                break
            relaxed = self.lp.value + self.master.program.constant
            if (not new or relaxed - bound < CLOSE_ENOUGH) and not self._mark_repeated():
                return PartBound(bound, least, self._values())
            for tours, (cost, entries) in new.items():
                self.columns[tours] = self.lp.add_column(cost, entries)
        return PartBound(bound, least, {})

    def _restrict(self, part: Part) -> NDArray[np.bool_]:
        """Limit the program to a part; which tours it allows."""
        program = self.master.program
        for row in self.counted:
            self.lp.limit(row, *part.limits_of(row, program))
        banned = np.zeros(len(self.demand_of), dtype=np.bool_)
        banned[list(part.banned)] = True
        allowed: NDArray[np.bool_] = ~banned[self.master.columns.tours.visits].any(axis=1)
        for tours, column in self.columns.items():
            most = math.inf if allowed[list(tours)].all() else 0.0
            if column.upper_bound != most:
                column.upper_bound = most
        return allowed

    def _price(
        self, duals: Floats, kept: Floats, reduced: Floats
    ) -> tuple[float, Floats, dict[Tours, Column]]:
        """The bound of these duals, the least cost with each tour, and columns to enter.

        ``kept`` are the duals of the rows that a bus-week does not keep by itself.
        """
        search = self.search
        cheapest = [search.cheapest(week, reduced) for week in search.weeks]
        least = []
        new: dict[Tours, Column] = {}
        for week, cost in zip(search.weeks, cheapest, strict=True):
            value, weeks = self._cheapest_weeks(week, cost, reduced, float(duals[week.row]))
            least.append(value)
            for tours in weeks:
                if tours not in self.columns:
                    new[tours] = search.column(week, tours)
        promising = np.flatnonzero((reduced < -TOLERANCE) & search.free).tolist()
        entering = [tour for tour in promising if (tour,) not in self.columns]
        for tour in entering[:TOURS_A_ROUND]:
            new[(tour,)] = int(self.master.costs[tour]), self.master.rows.entries(tour)
        alone = np.where(search.free, reduced, 0.0)
        bound = safe_bound(self.master, kept, alone, self.lp.lower, self.lp.upper)
        bound += math.fsum(min(0.0, MISSED_POINTS - kept[row]) for row in self.counted)
        bound += math.fsum(least)
        return bound, bound + search.dearer(cheapest, least, reduced), new

    def _cheapest_weeks(
        self, week: BusWeek, cost: Cheapest, reduced: Floats, dual: float
    ) -> tuple[float, tuple[Tours, ...]]:
        """A true least cost of a bus's week, and weeks that may enter."""
        paid = min(0.0, week.cap_min * dual)
        if cost.value >= paid - TOLERANCE:
            return cost.value, ()
        offers = Offers(self.search.presence, reduced, self.marks)
        days = [tours[reduced[tours] < -TOLERANCE] for tours in week.days]
        for exact in (False, True):
            weeks = weeks_below(days, offers, cost.after, paid - TOLERANCE, exact=exact)
            if weeks is None:
                continue
            self.work += LABEL_WORK * weeks.labels
            if weeks.tours:
                value = max(cost.value, weeks.costs[0]) if exact else cost.value
                return value, weeks.tours
            if exact:
                return paid - TOLERANCE, ()
        return cost.value, ()

    def _mark_repeated(self) -> bool:
        """Mark demand records that the solution visits twice in one week, and drop such weeks."""
        repeated: dict[int, float] = {}
        for tours, value in self._values().items():
            for demand in self._twice(tours):
                if demand not in self.marked:
                    repeated[demand] = repeated.get(demand, 0.0) + value
        most = min(MARKS_A_ROUND, MOST_MARKS - len(self.marked))
        found = sorted(repeated, key=lambda demand: (-repeated[demand], demand))[:most]
        if not found:
            return False
        bits = np.zeros(len(self.once), dtype=np.int64)
        for place, demand in enumerate(found, start=len(self.marked)):
            bits[demand] = 1 << place
        self.marks |= np.bitwise_or.reduce(
            bits[self.demand_of[self.master.columns.tours.visits]], axis=1
        )
        self.marked += found
        marked = set(self.marked)
        for tours in [tours for tours in self.columns if self._twice(tours) & marked]:
            self.columns.pop(tours).upper_bound = 0.0
        return True

    def _twice(self, tours: Tours) -> set[int]:
        """Demand records, visited at most once, that some tours visit twice."""
        visits = self.master.columns.tours.visits[list(tours)]
        demands, counts = np.unique(self.demand_of[visits[visits != NEVER]], return_counts=True)
        return {int(demand) for demand in demands[counts > 1] if self.once[demand]}

    def _values(self) -> dict[Tours, float]:
        values = self.lp.values()
        chosen = ((tours, values.get(column, 0.0)) for tours, column in self.columns.items())
        return {tours: value for tours, value in chosen if value > TOLERANCE}
