"""A bound that no periodic plan can beat: column generation over ng-routes.

The master chooses patterns and tours in fractions (GLOP); ``pricing`` adds tours of negative
reduced cost for every group and day. With the prices pi of a visit to each stop on each day, every
plan costs at least what the patterns must pay, plus the least reduced cost of a tour for every
vehicle there is (weak duality), so any prices give a bound, whatever the solver's rounding.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from ortools.math_opt.python import mathopt

from busplan.domain.periodic import PeriodicPlan, PeriodicProblem, PeriodicTour, periodic_cost
from busplan.planning.linear import ColumnProgram
from busplan.planning.long_tours.periodic_arrays import Arrays, Bools, Floats, homes_of
from busplan.planning.long_tours.pricing import (
    Graph,
    Labels,
    make_graph,
    make_labels,
    price,
    stops_back,
)

ROOM = 250_000
"""Most labels of one pricing; where these do not do, there is no bound."""
TOLERANCE = 1e-6
LABELS_PER_WORK = 1.3e5
"""Labels made in one deterministic unit, about a second."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What no plan can beat, ``None`` if not found in time; the tours it was found with; work."""

    value: float | None
    tours: tuple[PeriodicTour, ...]
    work: float


def bound_below(
    problem: PeriodicProblem,
    arrays: Arrays,
    tours: list[PeriodicTour],
    best: float,
    is_over: Callable[[float], bool],
    on_bound: Callable[[float], None],
) -> Bound:
    """The best bound found from the given tours on until it is ``best`` or time is over.

    ``is_over`` is asked with the work done here.
    """
    graphs = [make_graph(arrays, group) for group in range(len(problem.groups))]
    if any(graph is None for graph in graphs):
        return Bound(None, (), 0.0)
    search = _Generation(problem, [g for g in graphs if g], make_labels(ROOM), is_over)
    search.add(tours)
    while not is_over(search.work) and search.improve(on_bound) and search.best < best - TOLERANCE:
        pass
    value = min(search.best, best) if search.best > -math.inf else None
    return Bound(value, tuple(search.lawful), search.work)


def load_pricing(arrays: Arrays) -> None:
    """Load, or once compile, the machine code, so that it takes no time later."""
    graph = make_graph(arrays, 0) if len(arrays.capacity) else None
    if graph is not None:
        stops = len(arrays.allowed)
        price(graph, np.zeros(stops), np.ones(stops, dtype=bool), make_labels(stops + 1), True)


@dataclass(slots=True)
class _Generation:
    """The master, its tours, and the best bound so far."""

    problem: PeriodicProblem
    graphs: list[Graph]
    labels: Labels
    is_over: Callable[[float], bool]
    master: "_Master" = field(init=False)
    open_on: dict[int, Bools] = field(init=False)
    lawful: dict[PeriodicTour, None] = field(default_factory=dict)
    best: float = -math.inf
    work: float = 0.0

    def __post_init__(self) -> None:
        self.master = _Master(self.problem)
        self.open_on = {
            day: np.array(
                [any(day in p for p in stop.patterns) for stop in self.problem.stops], dtype=bool
            )
            for day in range(self.problem.days)
        }

    def add(self, tours: list[PeriodicTour]) -> bool:
        """Let tours into the master; False if it knew them all."""
        return sum(self.master.add(tour) for tour in tours) > 0

    def improve(self, on_bound: Callable[[float], None]) -> bool:
        """Price every group and day once: quickly, then exactly if that finds nothing."""
        if not self.master.solve():
            return False
        for exact in (False, True):
            found: list[PeriodicTour] = []
            least: dict[tuple[int, int], float] = {}
            for day in range(self.problem.days):
                for group, graph in enumerate(self.graphs):
                    if self.is_over(self.work):
                        return False
                    if self.problem.groups[group].vehicles[day]:
                        least[group, day] = self._price(graph, group, day, exact, found)
            if exact and min(least.values(), default=0.0) > -math.inf:
                value = self.master.bound(least)
                if value > self.best:
                    self.best = value
                    on_bound(value)
            if self.add(found):
                return True
        return False

    def _price(
        self, graph: Graph, group: int, day: int, exact: bool, found: list[PeriodicTour]
    ) -> float:
        """The least reduced cost; the best tour to each last stop is added if it is worth it."""
        worth, fee = self.master.worth(group, day), self.master.fee(group, day)
        least, made, lasts = price(graph, worth, self.open_on[day], self.labels, exact)
        self.work += made / LABELS_PER_WORK
        for label in sorted({int(last) for last in lasts if last >= 0}):
            last = int(self.labels.stop[label])
            cost = float(self.labels.cost[label] + graph.costs[last, -1])
            if cost - fee < -TOLERANCE * max(1.0, float(graph.costs.max())):
                tour = PeriodicTour(group=group, day=day, stops=stops_back(self.labels, label))
                found.append(tour)
                if len(set(tour.stops)) == len(tour.stops):
                    self.lawful[tour] = None
        return float(least)


class _Master:
    """The linear master in GLOP, which keeps its basis while tours are added."""

    def __init__(self, problem: PeriodicProblem) -> None:
        self._problem = problem
        self._homes = homes_of(problem)
        self._model = mathopt.Model()
        self._known: set[PeriodicTour] = set()
        infinity = math.inf
        days = range(problem.days)
        self._visits = {
            (number, home, day): self._model.add_linear_constraint(lb=0, ub=0)
            for number in range(len(problem.stops))
            for home in sorted(set(self._homes))
            for day in days
        }
        self._fleet = {
            (group, day): self._model.add_linear_constraint(
                lb=-infinity, ub=problem.groups[group].vehicles[day]
            )
            for group in range(len(problem.groups))
            for day in days
        }
        for number, stop in enumerate(problem.stops):
            once = self._model.add_linear_constraint(lb=1, ub=1)
            for home in sorted(set(self._homes)):
                for pattern in stop.patterns:
                    way = self._model.add_variable(lb=0)
                    once.set_coefficient(way, 1)
                    for day in pattern:
                        self._visits[number, home, day].set_coefficient(way, -1)
        self._solver = ColumnProgram(self._model)
        self._prices: dict[tuple[int, int, int], float] = {}
        self._fees: dict[tuple[int, int], float] = {}

    def add(self, tour: PeriodicTour) -> bool:
        """Let a tour in; False if it is in already."""
        if tour in self._known:
            return False
        self._known.add(tour)
        added = self._model.add_variable(lb=0)
        cost = periodic_cost(PeriodicPlan(tours=(tour,)), self._problem)
        self._model.objective.set_linear_coefficient(added, cost)
        home = self._homes[tour.group]
        for stop in sorted(set(tour.stops)):
            row = self._visits[stop, home, tour.day]
            row.set_coefficient(added, tour.stops.count(stop))
        self._fleet[tour.group, tour.day].set_coefficient(added, 1)
        return True

    def solve(self) -> bool:
        """Prices for the present tours; False if these admit no plan even in fractions."""
        result = self._solver.solve()
        if result is None or result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            return False
        duals = result.dual_values()
        self._prices = {key: duals[row] for key, row in self._visits.items()}
        self._fees = {key: min(0.0, duals[row]) for key, row in self._fleet.items()}
        return True

    def worth(self, group: int, day: int) -> Floats:
        """The price of a visit to each stop."""
        home = self._homes[group]
        stops = range(len(self._problem.stops))
        return np.array([self._prices[number, home, day] for number in stops])

    def fee(self, group: int, day: int) -> float:
        """What a vehicle is worth, at most 0."""
        return self._fees[group, day]

    def bound(self, least: dict[tuple[int, int], float]) -> float:
        """What every plan costs at these prices at least."""
        patterns = (
            min(
                math.fsum(self._prices[number, home, day] for day in pattern)
                for home in set(self._homes)
                for pattern in stop.patterns
            )
            for number, stop in enumerate(self._problem.stops)
        )
        vehicles = (
            self._problem.groups[group].vehicles[day] * min(0.0, value)
            for (group, day), value in least.items()
        )
        return math.fsum((*patterns, *vehicles))
