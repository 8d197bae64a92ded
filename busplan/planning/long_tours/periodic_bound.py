"""A bound that no periodic plan can beat: column generation over ng-routes.

The master chooses patterns and tours in fractions (GLOP); ``pricing`` adds tours of negative
reduced cost for every group and day. With the prices pi of a visit to each stop on each day, every
plan costs at least what the patterns must pay, plus the least reduced cost of a tour for every
vehicle there is (weak duality), so any prices give a bound, whatever the solver's rounding.
"""

import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from ortools.math_opt.python import mathopt

from busplan.domain.periodic import (
    PeriodicPlan,
    PeriodicProblem,
    PeriodicStop,
    PeriodicTour,
    periodic_cost,
)
from busplan.planning.linear import ColumnProgram
from busplan.planning.long_tours.periodic_arrays import Arrays, Bools, Floats, Ints, homes_of
from busplan.planning.long_tours.pricing import Labels, make_labels, price, stops_back
from busplan.planning.long_tours.pricing_graph import Graph, make_graph

ROOM = 250_000
"""Most labels of one pricing; where these do not do, there is no bound."""
TOLERANCE = 1e-6
CAP = 1.5
"""How much more a stop may be worth at first than its share of a plan, and how caps grow."""
UNITS = 100.0
"""Cost of the dearest leg in the master: GLOP ends imprecise on costs in metres."""
TOGETHER = 25
"""Groups and days priced with the same prices, in quick pricing."""
ENTERING, FEWEST_ENTERING = 2000, 10
"""Most tours that pricing adds for all groups and days, and for each where these are many."""
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
    plan: PeriodicPlan,
    tours: list[PeriodicTour],
    best: float,
    is_over: Callable[[float], bool],
    on_bound: Callable[[float], None],
) -> Bound:
    """The best bound found, from a plan and given tours on, until it is ``best`` or time is over.

    ``is_over`` is asked with the work done here.
    """
    graphs = [make_graph(arrays, group) for group in range(len(problem.groups))]
    if any(graph is None for graph in graphs):
        return Bound(None, (), 0.0)
    search = _Generation(problem, [g for g in graphs if g], make_labels(ROOM), is_over)
    search.add([*plan.tours, *tours])
    if not tours:  # then nothing but the plan tells what stops are worth
        search.master.cap(plan)
    if not search.master.solve():
        return Bound(None, (), 0.0)
    while not is_over(search.work) and search.improve(on_bound) and search.best < best - TOLERANCE:
        pass
    value = min(search.best, best) if search.best > -math.inf else None
    return Bound(value, tuple(search.lawful), search.work)


def load_pricing(arrays: Arrays) -> None:
    """Load, or once compile, the machine code, so that it takes no time later."""
    graph = make_graph(arrays, 0) if len(arrays.capacity) else None
    if graph is not None:
        stops = len(graph.members)
        price(graph, np.zeros(stops), np.ones(stops, dtype=bool), 0.0, make_labels(stops + 1), True)


@dataclass(slots=True)
class _Generation:
    """The master, its tours, and the best bound so far."""

    problem: PeriodicProblem
    graphs: list[Graph]
    labels: Labels
    is_over: Callable[[float], bool]
    master: "_Master" = field(init=False)
    slots: list[tuple[int, int]] = field(init=False)
    open_on: dict[int, Bools] = field(init=False)
    lawful: dict[PeriodicTour, None] = field(default_factory=dict)
    best: float = -math.inf
    work: float = 0.0

    def __post_init__(self) -> None:
        self.master = _Master(self.problem)
        self.slots = [
            (group, day)
            for day in range(self.problem.days)
            for group, vehicles in enumerate(self.problem.groups)
            if vehicles.vehicles[day]
        ]
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
        """Price quickly while that finds tours, then every group and day exactly."""
        if self._find_quickly():
            return True
        found: list[PeriodicTour] = []
        least: dict[tuple[int, int], float] = {}
        for group, day in self.slots:
            if self.is_over(self.work):
                return False
            least[group, day] = self._price(group, day, True, found)
        value = self.master.bound(least)
        if value > self.best:
            self.best = value
            on_bound(value)
        raised = self.master.raise_caps()
        return (self.add(found) or raised) and self.master.solve()

    def _find_quickly(self) -> bool:
        """Price all groups and days inexactly, the master solved after some of each."""
        added = False
        for start in range(0, len(self.slots), TOGETHER):
            found: list[PeriodicTour] = []
            for group, day in self.slots[start : start + TOGETHER]:
                if self.is_over(self.work):
                    return added
                self._price(group, day, False, found)
            if self.add(found):
                added = True
                if not self.master.solve():
                    return False
        return added

    def _price(self, group: int, day: int, exact: bool, found: list[PeriodicTour]) -> float:
        """The least reduced cost; the best tour to each last stop is added if it is worth it."""
        graph = self.graphs[group]
        worth = self.master.worth(group, day, graph.members)
        fee = self.master.fee(group, day)
        open_today = self.open_on[day][graph.members]
        least, made, lasts = price(graph, worth, open_today, fee, self.labels, exact)
        self.work += made / LABELS_PER_WORK
        enough = fee - TOLERANCE * max(1.0, float(graph.costs.max()))
        ends = sorted((self._cost(graph, label), label) for label in lasts.tolist() if label >= 0)
        for cost, label in ends[: max(FEWEST_ENTERING, ENTERING // len(self.slots))]:
            if cost < enough:
                stops = tuple(graph.members[list(stops_back(self.labels, label))].tolist())
                tour = PeriodicTour(group=group, day=day, stops=stops)
                found.append(tour)
                if len(set(tour.stops)) == len(tour.stops):
                    self.lawful[tour] = None
        return float(least)

    def _cost(self, graph: Graph, label: int) -> float:
        """The reduced cost of a label's tour, but for the vehicle's fee."""
        return float(self.labels.cost[label] + graph.costs[self.labels.stop[label], -1])


Rows = dict[tuple[int, int, int], mathopt.LinearConstraint]


class _Master:
    """The linear master in GLOP, which keeps its basis while tours are added."""

    def __init__(self, problem: PeriodicProblem) -> None:
        self._problem = problem
        self._homes = homes_of(problem)
        dearest = max((cost for row in problem.costs for cost in row), default=0.0)
        self._unit = dearest / UNITS or 1.0
        self._model = mathopt.Model()
        self._known: set[PeriodicTour] = set()
        infinity = math.inf
        days = range(problem.days)
        self._visits: Rows = {}
        self._chosen: dict[int, mathopt.LinearConstraint] = {}
        self._left_out: dict[int, tuple[mathopt.Variable, float]] = {}
        self._values: dict[mathopt.Variable, float] = {}
        self._fleet = {
            (group, day): self._model.add_linear_constraint(
                lb=-infinity, ub=problem.groups[group].vehicles[day]
            )
            for group in range(len(problem.groups))
            for day in days
        }
        for number, stop in enumerate(problem.stops):
            self._ask_for(number, stop)
        self._solver = ColumnProgram(self._model)
        self._prices: dict[tuple[int, int, int], float] = {}
        self._fees: dict[tuple[int, int], float] = {}

    def _ask_for(self, number: int, stop: PeriodicStop) -> None:
        """One pattern for a stop, and tours on its days; one row where every pattern is one day.

        That one may be exceeded: a relaxation, whose prices, never below 0, settle sooner.
        """
        single = all(len(pattern) == 1 for pattern in stop.patterns)
        chosen = self._model.add_linear_constraint(lb=1, ub=math.inf if single else 1)
        self._chosen[number] = chosen
        for home in sorted(set(self._homes)):
            for day in sorted(frozenset[int]().union(*stop.patterns)):
                row = chosen if single else self._model.add_linear_constraint(lb=0, ub=0)
                self._visits[number, home, day] = row
            for pattern in () if single else stop.patterns:
                way = self._model.add_variable(lb=0)
                chosen.set_coefficient(way, 1)
                for day in pattern:
                    self._visits[number, home, day].set_coefficient(way, -1)

    def cap(self, plan: PeriodicPlan) -> None:
        """Let no stop be worth much more than it costs in the tours of a plan.

        Prices that swing wildly are what makes column generation slow (du Merle, Villeneuve,
        Desrosiers & Hansen, Discrete Math. 194, 1999). A stop may stay out at its cap.
        """
        shares: dict[int, float] = defaultdict(float)
        for tour in plan.tours:
            cost = self._cost_of(tour)
            for stop in tour.stops:
                others = tuple(other for other in tour.stops if other != stop)
                saved = cost - self._cost_of(replace(tour, stops=others))
                shares[stop] += max(saved, cost / len(tour.stops))
        for stop, share in shares.items():
            out, cap = self._model.add_variable(lb=0), CAP * share / self._unit
            self._left_out[stop] = (out, cap)
            self._model.objective.set_linear_coefficient(out, cap)
            self._chosen[stop].set_coefficient(out, 1)

    def _cost_of(self, tour: PeriodicTour) -> float:
        return periodic_cost(PeriodicPlan(tours=(tour,)), self._problem)

    def raise_caps(self) -> bool:
        """Raise the caps that are reached; False if none is."""
        reached = False
        for stop, (var, cap) in list(self._left_out.items()):
            if self._values[var] > TOLERANCE:
                higher = CAP * cap + 1.0  # a stop that costs nothing has a cap of 0
                self._left_out[stop] = (var, higher)
                self._model.objective.set_linear_coefficient(var, higher)
                reached = True
        return reached

    def add(self, tour: PeriodicTour) -> bool:
        """Let a tour in; False if it is in already."""
        if tour in self._known:
            return False
        self._known.add(tour)
        added = self._model.add_variable(lb=0)
        cost = self._cost_of(tour)
        self._model.objective.set_linear_coefficient(added, cost / self._unit)
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
        self._values = result.variable_values()
        self._prices = {key: self._unit * duals[row] for key, row in self._visits.items()}
        self._fees = {key: self._unit * min(0.0, duals[row]) for key, row in self._fleet.items()}
        return True

    def worth(self, group: int, day: int, members: Ints) -> Floats:
        """The price of a visit to each of the members; 0 for those not open on the day."""
        home, prices = self._homes[group], self._prices
        return np.array([prices.get((number, home, day), 0.0) for number in members.tolist()])

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
