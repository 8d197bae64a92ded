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

from busplan.domain.periodic import (
    PeriodicPlan,
    PeriodicProblem,
    PeriodicTour,
)
from busplan.domain.periodic_check import check_periodic_tour
from busplan.planning.long_tours.bound_master import TOLERANCE, BoundMaster
from busplan.planning.long_tours.periodic_arrays import Arrays, Bools
from busplan.planning.long_tours.pricing import Labels, make_labels, price, stops_back
from busplan.planning.long_tours.pricing_graph import Graph, make_graph

ROOM = 250_000
"""Most labels of one pricing; where these do not do, there is no bound."""
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
    master: BoundMaster = field(init=False)
    slots: list[tuple[int, int]] = field(init=False)
    open_on: dict[int, Bools] = field(init=False)
    lawful: dict[PeriodicTour, None] = field(default_factory=dict)
    best: float = -math.inf
    work: float = 0.0

    def __post_init__(self) -> None:
        self.master = BoundMaster(self.problem, lambda: self.is_over(self.work))
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
                if self._is_lawful(tour):
                    self.lawful[tour] = None
        return float(least)

    def _cost(self, graph: Graph, label: int) -> float:
        """The reduced cost of a label's tour, but for the vehicle's fee."""
        return float(self.labels.cost[label] + graph.costs[self.labels.stop[label], -1])

    def _is_lawful(self, tour: PeriodicTour) -> bool:
        """Whether a priced tour may be driven: pricing is a relaxation."""
        visits_once = len(set(tour.stops)) == len(tour.stops)
        return visits_once and next(check_periodic_tour(tour, self.problem), None) is None
