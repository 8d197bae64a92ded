"""Exhaustive search over tiny periodic problems: every pattern, every partition, every order."""

from collections.abc import Iterator
from itertools import permutations, product
from math import inf

from busplan.domain.periodic import PeriodicPlan, PeriodicProblem, PeriodicTour, periodic_cost
from busplan.domain.periodic_check import check_periodic_plan

ANY, NOBODY = -1, -1
"""A stop that any depot may serve; the vehicle of stops given to a wrong one."""
Visited = frozenset[tuple[int, int]]
"""Stops with the depot that serves them on all days."""


def best_cost(problem: PeriodicProblem) -> float:
    """What the cheapest lawful plan costs; infinite where there is none."""
    costs: dict[tuple[int, Visited], float] = {}
    best = inf
    depots = {group.depot for group in problem.groups} if problem.one_depot else {ANY}
    for chosen in product(*(product(stop.patterns, depots) for stop in problem.stops)):
        total = 0.0
        for day in range(problem.days):
            visited = frozenset((n, home) for n, (days, home) in enumerate(chosen) if day in days)
            if (day, visited) not in costs:
                costs[day, visited] = _best_day(problem, day, visited)
            total += costs[day, visited]
        best = min(best, total)
    return best


def _best_day(problem: PeriodicProblem, day: int, visited: Visited) -> float:
    """The cheapest lawful tours of one day: every order, cut between vehicles everywhere."""
    vehicles = [
        number for number, group in enumerate(problem.groups) for _ in range(group.vehicles[day])
    ]
    best = inf
    for split in product(vehicles and range(len(vehicles)), repeat=len(visited)):
        members: dict[int, list[int]] = {}
        homes = [problem.groups[vehicles[vehicle]].depot for vehicle in split]
        for (stop, home), vehicle, used in zip(sorted(visited), split, homes, strict=True):
            members.setdefault(vehicle if home in (ANY, used) else NOBODY, []).append(stop)
        if NOBODY in members:
            continue
        best = min(best, sum(_best_tour(problem, day, vehicles[v], m) for v, m in members.items()))
    return best


def _best_tour(problem: PeriodicProblem, day: int, group: int, stops: list[int]) -> float:
    return min(
        (
            periodic_cost(PeriodicPlan(tours=(tour,)), problem)
            for tour in _tours(day, group, stops)
            if not [
                v
                for v in check_periodic_plan(PeriodicPlan(tours=(tour,)), problem)
                if v.rule not in ("patterns", "fleet")
            ]
        ),
        default=inf,
    )


def _tours(day: int, group: int, stops: list[int]) -> Iterator[PeriodicTour]:
    for order in permutations(stops):
        yield PeriodicTour(group=group, day=day, stops=order)
