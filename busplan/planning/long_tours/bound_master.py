"""The linear master of the bound: patterns and tours in fractions, and what visits are worth.

Solved again and again in GLOP, which keeps its basis while tours are added. Any of its prices give
a bound; those of its optimum over all tours give the best.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

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
from busplan.planning.long_tours.subset_cuts import Cut, Memory, counted

TOLERANCE = 1e-6
CAP = 1.5
"""How much more a stop may be worth at first than its share of a plan, and how caps grow."""
UNITS = 100.0
"""Cost of the dearest leg in the master: GLOP ends imprecise on costs in metres."""
Rows = dict[tuple[int, int, int], mathopt.LinearConstraint]


@dataclass(frozen=True, slots=True)
class Prices:
    """What a visit is worth, by stop, home and day; a vehicle, by group and day; a cut.

    Those of vehicles and cuts are at most 0.
    """

    visits: dict[tuple[int, int, int], float]
    fees: dict[tuple[int, int], float]
    cuts: dict[Cut, float]

    def towards(self, other: "Prices", share: float) -> "Prices":
        """Prices so much of the way from these to others, which know no cuts but these."""
        kept = 1 - share
        return Prices(
            {key: kept * own + share * other.visits[key] for key, own in self.visits.items()},
            {key: kept * own + share * other.fees[key] for key, own in self.fees.items()},
            {cut: kept * own + share * other.cuts.get(cut, 0.0) for cut, own in self.cuts.items()},
        )


class BoundMaster:
    """The linear master in GLOP, which keeps its basis while tours are added.

    ``is_over`` is asked while it is solved, and ends that without prices.
    """

    def __init__(self, problem: PeriodicProblem, is_over: Callable[[], bool]) -> None:
        self._problem = problem
        self._homes = homes_of(problem)
        dearest = max((cost for row in problem.costs for cost in row), default=0.0)
        self._unit = dearest / UNITS or 1.0
        self._model = mathopt.Model()
        self._tours: dict[PeriodicTour, mathopt.Variable] = {}
        self._cuts: dict[Cut, mathopt.LinearConstraint] = {}
        self._cuts_of: dict[int, list[Cut]] = defaultdict(list)
        self.memories: dict[Cut, Memory] = {}
        infinity = math.inf
        days = range(problem.days)
        self._visits: Rows = {}
        self._chosen: dict[int, mathopt.LinearConstraint] = {}
        self._left_out: dict[int, tuple[mathopt.Variable, float]] = {}
        self._values: Mapping[int, float] = {}
        self._fleet = {
            (group, day): self._model.add_linear_constraint(
                lb=-infinity, ub=problem.groups[group].vehicles[day]
            )
            for group in range(len(problem.groups))
            for day in days
        }
        for number, stop in enumerate(problem.stops):
            self._ask_for(number, stop)
        self._solver = ColumnProgram(self._model, reduced_costs=True, is_over=is_over)
        self._reduced: Mapping[int, float] = {}
        self.prices = Prices({}, {}, {})
        self.value = math.inf

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
            for stop, share in self._shares_of(tour).items():
                shares[stop] += share
        for stop, share in shares.items():
            out, cap = self._model.add_variable(lb=0), CAP * share / self._unit
            self._left_out[stop] = (out, cap)
            self._model.objective.set_linear_coefficient(out, cap)
            self._chosen[stop].set_coefficient(out, 1)

    def _shares_of(self, tour: PeriodicTour) -> dict[int, float]:
        """What leaving a stop out of a tour saves, at least its equal share."""
        cost = self._cost_of(tour)
        without = {
            stop: replace(tour, stops=tuple(other for other in tour.stops if other != stop))
            for stop in tour.stops
        }
        return {
            stop: max(cost - self._cost_of(left), cost / len(tour.stops))
            for stop, left in without.items()
        }

    def fair_prices(self, plan: PeriodicPlan) -> Prices:
        """Prices at which the visits of every tour of a plan pay for it, and vehicles are free."""
        visits: dict[int, list[float]] = defaultdict(list)
        for tour in plan.tours:
            shares = self._shares_of(tour)
            paid = self._cost_of(tour) / (math.fsum(shares.values()) or 1.0)
            for stop, share in shares.items():
                visits[stop].append(paid * share)
        fair = {stop: math.fsum(paid) / len(paid) for stop, paid in visits.items()}
        return Prices(
            {key: fair.get(key[0], 0.0) for key in self._visits},
            dict.fromkeys(self._fleet, 0.0),
            {},
        )

    def _cost_of(self, tour: PeriodicTour) -> float:
        return periodic_cost(PeriodicPlan(tours=(tour,)), self._problem)

    def raise_caps(self) -> bool:
        """Raise the caps that are reached; False if none is."""
        reached = False
        for stop, (var, cap) in list(self._left_out.items()):
            if self._values.get(var.id, 0.0) > TOLERANCE:
                higher = CAP * cap + 1.0  # a stop that costs nothing has a cap of 0
                self._left_out[stop] = (var, higher)
                self._model.objective.set_linear_coefficient(var, higher)
                reached = True
        return reached

    def add(self, tour: PeriodicTour) -> bool:
        """Let a tour in; False if it is in already."""
        if tour in self._tours:
            return False
        added = self._tours[tour] = self._model.add_variable(lb=0)
        cost = self._cost_of(tour)
        self._model.objective.set_linear_coefficient(added, cost / self._unit)
        home = self._homes[tour.group]
        for stop in sorted(set(tour.stops)):
            row = self._visits[stop, home, tour.day]
            row.set_coefficient(added, tour.stops.count(stop))
        self._fleet[tour.group, tour.day].set_coefficient(added, 1)
        for cut, times in self._counts(tour):
            self._cuts[cut].set_coefficient(added, times)
        return True

    def cut(self, cuts: Mapping[Cut, Memory]) -> None:
        """Let the tours that visit two of three stops add up to at most one, for each three.

        Cuts that are there already take on the given memory.
        """
        visiting: dict[int, list[PeriodicTour]] = defaultdict(list)
        for tour in self._tours:
            for stop in set(tour.stops):
                visiting[stop].append(tour)
        for cut, memory in cuts.items():
            if cut not in self._cuts:
                self._cuts[cut] = self._model.add_linear_constraint(ub=1)
                for stop in cut:
                    self._cuts_of[stop].append(cut)
            self.memories[cut] = memory
            for tour in dict.fromkeys(tour for stop in cut for tour in visiting[stop]):
                if times := counted(cut, memory, tour.stops):
                    self._cuts[cut].set_coefficient(self._tours[tour], times)

    def _counts(self, tour: PeriodicTour) -> Iterator[tuple[Cut, int]]:
        """The cuts in which a tour counts, and how often."""
        met = Counter(cut for stop in tour.stops for cut in self._cuts_of[stop])
        for cut, visits in met.items():
            if visits > 1 and (times := counted(cut, self.memories[cut], tour.stops)):
                yield cut, times

    @property
    def tours(self) -> int:
        """How many tours it holds."""
        return len(self._tours)

    def shares(self) -> dict[PeriodicTour, float]:
        """How much of each tour is driven, where it is."""
        values = ((tour, self._values.get(var.id, 0.0)) for tour, var in self._tours.items())
        return {tour: value for tour, value in values if value > TOLERANCE}

    def drop(self, dearest: float) -> None:
        """Forget the tours of more reduced cost than this."""
        for tour, var in list(self._tours.items()):
            if self._reduced.get(var.id, 0.0) * self._unit > dearest:
                self._model.delete_variable(var)
                del self._tours[tour]

    def solve(self) -> bool:
        """Prices for the present tours; False if time is over or even fractions make no plan."""
        answer = self._solver.solve()
        if answer is None:
            return False
        duals = (self._unit * answer.duals).tolist()
        self._values = answer.values
        self._reduced = answer.reduced_costs
        self.value = self._unit * answer.value
        self.prices = Prices(
            {key: duals[row.id] for key, row in self._visits.items()},
            {key: min(0.0, duals[row.id]) for key, row in self._fleet.items()},
            {cut: min(0.0, duals[row.id]) for cut, row in self._cuts.items()},
        )
        return True

    def worth(self, group: int, day: int, members: Ints) -> Floats:
        """The price of a visit to each of the members; 0 for those not open on the day."""
        home, prices = self._homes[group], self.prices.visits
        return np.array([prices.get((number, home, day), 0.0) for number in members.tolist()])

    def fee(self, group: int, day: int) -> float:
        """What a vehicle is worth, at most 0."""
        return self.prices.fees[group, day]

    def reduced_cost(self, tour: PeriodicTour) -> float:
        """What a tour costs beyond the worth of its visits and of its vehicle."""
        home = self._homes[tour.group]
        worth = sum(self.prices.visits[stop, home, tour.day] for stop in tour.stops)
        worth += self.prices.fees[tour.group, tour.day]
        worth += sum(self.prices.cuts[cut] * times for cut, times in self._counts(tour))
        return self._cost_of(tour) - worth

    def bound(self, least: dict[tuple[int, int], float]) -> float:
        """What every plan costs at these prices at least."""
        patterns = (
            min(
                math.fsum(self.prices.visits[number, home, day] for day in pattern)
                for home in set(self._homes)
                for pattern in stop.patterns
            )
            for number, stop in enumerate(self._problem.stops)
        )
        vehicles = (
            self._problem.groups[group].vehicles[day] * min(0.0, value)
            for (group, day), value in least.items()
        )
        return math.fsum((*patterns, *vehicles, *self.prices.cuts.values()))
