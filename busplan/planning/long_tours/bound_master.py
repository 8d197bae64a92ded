"""The linear master of the bound: patterns and tours in fractions, and what visits are worth.

Solved again and again in GLOP, which keeps its basis while tours are added. Any of its prices give
a bound; those of its optimum over all tours give the best.
"""

import math
from collections import defaultdict
from dataclasses import replace

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
from busplan.planning.long_tours.periodic_arrays import Floats, Ints, homes_of

TOLERANCE = 1e-6
CAP = 1.5
"""How much more a stop may be worth at first than its share of a plan, and how caps grow."""
UNITS = 100.0
"""Cost of the dearest leg in the master: GLOP ends imprecise on costs in metres."""
Rows = dict[tuple[int, int, int], mathopt.LinearConstraint]


class BoundMaster:
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
            if self._values.get(var, 0.0) > TOLERANCE:
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

    def reduced_cost(self, tour: PeriodicTour) -> float:
        """What a tour costs beyond the worth of its visits and of its vehicle."""
        home = self._homes[tour.group]
        worth = sum(self._prices[stop, home, tour.day] for stop in tour.stops)
        return self._cost_of(tour) - worth - self._fees[tour.group, tour.day]

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
