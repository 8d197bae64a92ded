"""The bound for a fleet of hundreds of vehicle days, where every group's own graph is large.

Column generation as in ``periodic_bound``, but prices are drawn towards those of the best bound so
far (Wentges, Int. Trans. Oper. Res. 4, 1997): alone, those of the master swing for hundreds of
rounds. Each pricing sees only the stops that could pay (``pricing_reach``). Once the bound comes
near the master's value, cuts raise both (``subset_cuts``).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from busplan.domain.periodic import PeriodicPlan, PeriodicProblem, PeriodicTour, periodic_cost
from busplan.planning.long_tours.bound_master import TOLERANCE, BoundMaster, Prices
from busplan.planning.long_tours.periodic_arrays import Arrays, Ints
from busplan.planning.long_tours.periodic_bound import LABELS_PER_WORK, ROOM, Bound
from busplan.planning.long_tours.pricing import Labels, make_labels, price, stops_back
from busplan.planning.long_tours.pricing_graph import WORDS, make_graph, number_cuts
from busplan.planning.long_tours.pricing_reach import (
    Outing,
    make_outing,
    narrow,
    near_of_day,
    stops_that_pay,
)
from busplan.planning.long_tours.subset_cuts import find_cuts

DRAWN, MOST_DRAWN, STEP = 0.6, 0.9, 0.1
"""How far prices are drawn towards the best ones, at first and at most, and how that changes."""
HALF = 0.5
"""How far they are drawn towards those of the round before, while pricing is quick."""
ENTERING = 10
"""Most tours that one pricing adds."""
DEAR = 0.06
"""Reduced cost, as a share of a vehicle day's cost in the plan, from which tours are forgotten."""
MANY_TOURS, TOURS_EACH = 2000, 20
"""Tours that the master holds, at least and for each vehicle day, before it forgets any.

A small one never goes in circles.
"""
EARLY_CUTS = 3
"""How often cuts are added while pricing is quick, and the master's value a guess."""
NEARLY = 8e-3
"""Gap between bound and master, as a share, below which cuts are looked for."""
SETTLED = 1e-4
"""Prices that are drawn less than this are the master's own."""
Slot = tuple[int, int]
"""Group and day."""


def bound_fleet(
    problem: PeriodicProblem,
    arrays: Arrays,
    plan: PeriodicPlan,
    is_over: Callable[[float], bool],
    on_bound: Callable[[float], None],
) -> Bound:
    """The best bound found from a plan on, until it cannot be raised or time is over.

    ``is_over`` is asked with the work done here. ``Bound.tours`` is empty.
    """
    graphs = [make_graph(arrays, group) for group in range(len(problem.groups))]
    if any(graph is None for graph in graphs):
        return Bound(None, (), 0.0)
    outings = [make_outing(arrays, group, g) for group, g in enumerate(graphs) if g]
    search = _FleetBound(problem, arrays, outings, is_over)
    for tour in plan.tours:
        search.master.add(tour)
    search.master.cap(plan)
    search.centre = search.master.fair_prices(plan)
    search.dear = DEAR * periodic_cost(plan, problem) / max(1, len(plan.tours))
    search.approach()
    for _ in range(EARLY_CUTS):
        if search.cut():
            search.approach()
    while not is_over(search.work) and search.improve(on_bound):
        pass
    return Bound(search.best if search.best > -math.inf else None, (), search.work)


@dataclass(slots=True)
class _FleetBound:
    """The master, and the prices of the best bound so far."""

    problem: PeriodicProblem
    arrays: Arrays
    outings: list[Outing]
    is_over: Callable[[float], bool]
    master: BoundMaster = field(init=False)
    labels: Labels = field(init=False)
    slots: list[Slot] = field(init=False)
    near: list[Ints] = field(init=False)
    open_to: dict[Slot, Ints] = field(init=False)
    once: set[int] = field(init=False)
    centre: Prices = field(init=False)
    best: float = -math.inf
    centre_value: float = -math.inf
    drawn: float = DRAWN
    dear: float = math.inf
    work: float = 0.0

    def __post_init__(self) -> None:
        stops, days = self.problem.stops, range(self.problem.days)
        self.master = BoundMaster(self.problem, lambda: self.is_over(self.work))
        self.labels = make_labels(ROOM, WORDS)
        self.slots = [
            (group, day)
            for day in days
            for group, vehicles in enumerate(self.problem.groups)
            if vehicles.vehicles[day]
        ]
        opens = np.array([[any(day in p for p in s.patterns) for s in stops] for day in days])
        costs = self.arrays.costs[: len(stops), : len(stops)]
        self.near = [near_of_day(costs, opens[day]) for day in days]
        self.open_to = {
            (group, day): np.flatnonzero(opens[day][self.outings[group].graph.members]).astype(
                np.int32
            )
            for group, day in self.slots
        }
        self.once = {
            number
            for number, stop in enumerate(stops)
            if all(len(pattern) == 1 for pattern in stop.patterns)
        }

    def approach(self) -> None:
        """Price inexactly while that finds many tours, each time drawn towards the last prices."""
        added = many = max(1, len(self.slots))
        while added >= many and not self.is_over(self.work):
            if not self._solve():
                return
            own = self.master.prices
            self.master.prices = self.centre = own.towards(self.centre, HALF)
            found: list[PeriodicTour] = []
            for slot in self.slots:
                self._price(slot, found, exact=False)
            self.master.prices = own
            added = self._enter(found)
            self.master.raise_caps()
        self.centre_value, self.drawn = -math.inf, DRAWN

    def improve(self, on_bound: Callable[[float], None]) -> bool:
        """One round: solve the master, price every group and day; False if nothing is left."""
        if not self._solve():
            return False
        own, drawn = self.master.prices, self.drawn
        self.master.prices = own.towards(self.centre, drawn)
        found: list[PeriodicTour] = []
        least: dict[Slot, float] = {}
        for slot in self.slots:
            if self.is_over(self.work):
                return False
            least[slot] = self._price(slot, found, exact=True)
        self._note(self.master.bound(least), on_bound)
        self.master.prices = own
        added = self._enter(found)
        if self.master.raise_caps():
            return True
        if self.master.value - self.best < NEARLY * abs(self.master.value) and self.cut():
            self.approach()
            return True
        if not added:  # these prices are too far from the master's
            self.drawn = drawn / 2
        return added > 0 or drawn > SETTLED

    def _solve(self) -> bool:
        """Solve the master and let it forget; False if it admits no plan."""
        if not self.master.solve():
            return False
        if self.master.tours > max(MANY_TOURS, TOURS_EACH * len(self.slots)):
            self.master.drop(self.dear)
        return True

    def _enter(self, found: list[PeriodicTour]) -> int:
        """Let the tours into the master that its own prices pay for; how many these are."""
        wanted = [tour for tour in found if self.master.reduced_cost(tour) < -TOLERANCE]
        return sum([self.master.add(tour) for tour in wanted])

    def _note(self, value: float, on_bound: Callable[[float], None]) -> None:
        """Keep a better bound and its prices; draw harder after a worse one."""
        if value > self.centre_value:
            self.centre, self.centre_value = self.master.prices, value
            self.drawn = max(DRAWN, self.drawn - STEP)
        else:
            self.drawn = min(MOST_DRAWN, self.drawn + STEP)
        if value > self.best:
            self.best = value
            on_bound(value)

    def cut(self) -> bool:
        """Add cuts; False if none is violated."""
        cuts = find_cuts(self.master.shares(), self.once, self.master.memories)
        self.master.cut(cuts)
        return bool(cuts)

    def _price(self, slot: Slot, found: list[PeriodicTour], *, exact: bool) -> float:
        """The least reduced cost, of exact pricing; tours of little are added to those found."""
        group, day = slot
        outing = self.outings[group]
        worth = self.master.worth(group, day, outing.graph.members)
        fee = self.master.fee(group, day)
        kept = stops_that_pay(outing, worth, self.open_to[slot], fee)
        if len(kept) == 0:
            return fee
        members = outing.graph.members[kept]
        cuts = number_cuts(members, self.master.prices.cuts, self.master.memories)
        graph = narrow(outing, kept, self.near[day], cuts)
        everywhere = np.ones(len(kept), dtype=bool)
        least, made, lasts = price(graph, worth[kept], everywhere, fee, self.labels, exact)
        self.work += made / LABELS_PER_WORK
        ends = [label for label in lasts.tolist() if label >= 0]
        costs = {
            end: self.labels.cost[end] + graph.costs[self.labels.stop[end], -1] for end in ends
        }
        for end in sorted(ends, key=lambda end: (costs[end], end))[:ENTERING]:
            stops = graph.members[list(stops_back(self.labels, end))]
            found.append(PeriodicTour(group=group, day=day, stops=tuple(stops.tolist())))
        return float(least)
