"""Periodic routing in its textbook form (PVRP): long tours of many stops over a cycle of days.

This is what mobile libraries and the published benchmarks ask for: every stop with its allowed
visit patterns, vehicles from depots, limits on load and length of a day. Offers, crews and breaks
belong to ``PlanningProblem``. Sources: Cordeau, Gendreau & Laporte, Networks 30 (1997); Cordeau &
Laporte, J. Oper. Res. Soc. 52 (2001) for time windows and vehicles with skills.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from busplan.domain.errors import InvalidInput

Days = frozenset[int]
"""Days of the cycle on which one stop is visited together, 0 = the first."""
Matrix = tuple[tuple[float, ...], ...]
"""Row = from, column = to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicStop:
    """A stop to be visited on all days of exactly one of its patterns.

    ``service`` starts within ``[earliest, latest]``; a vehicle that comes before waits.
    ``groups`` are the numbers of the vehicle groups that may come, ``None`` for all.
    """

    id: str
    node: int
    service: float = 0.0
    load: float = 0.0
    patterns: tuple[Days, ...]
    earliest: float = 0.0
    latest: float = inf
    groups: frozenset[int] | None = None

    def __post_init__(self) -> None:
        if not self.patterns or not all(self.patterns):
            raise InvalidInput(f"stop {self.id}: no pattern, or one without a day")
        if self.service < 0 or self.load < 0 or self.latest < self.earliest:
            raise InvalidInput(f"stop {self.id}: service, load or window below zero")


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleGroup:
    """Vehicles that are alike: one depot, the same limits, so many of them on each day.

    A tour leaves the depot not before ``earliest`` and is back by ``latest``; from leaving, as
    late as its windows allow, to return it takes at most ``max_duration``, waiting and service
    included.
    """

    id: str
    depot: int
    vehicles: tuple[int, ...]
    capacity: float = inf
    max_duration: float = inf
    earliest: float = 0.0
    latest: float = inf


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicProblem:
    """Stops, vehicles and travel over a cycle of ``days`` days.

    ``costs`` is minimised, summed over all legs; ``durations`` moves the clock. Both are by node.
    With ``one_depot`` all visits of a stop come from the same depot, whatever the day (MDPVRP:
    Vidal, Crainic, Gendreau, Lahrichi & Rei, Oper. Res. 60, 2012).
    """

    name: str
    days: int
    stops: tuple[PeriodicStop, ...]
    groups: tuple[VehicleGroup, ...]
    costs: Matrix
    durations: Matrix
    one_depot: bool = False

    def __post_init__(self) -> None:
        if any(len(group.vehicles) != self.days for group in self.groups):
            raise InvalidInput(f"{self.name}: a vehicle group does not say how many on every day")
        if any(not 0 <= day < self.days for s in self.stops for p in s.patterns for day in p):
            raise InvalidInput(f"{self.name}: a pattern names a day outside the cycle")


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicTour:
    """One vehicle on one day: numbers of stops in their order, depot to depot."""

    group: int
    day: int
    stops: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicPlan:
    """All tours of a cycle. Whether they are lawful is for ``check_periodic_plan`` to say."""

    tours: tuple[PeriodicTour, ...]


def nodes_of(tour: PeriodicTour, problem: PeriodicProblem) -> tuple[int, ...]:
    """The nodes a tour passes, depot to depot."""
    depot = problem.groups[tour.group].depot
    return (depot, *(problem.stops[number].node for number in tour.stops), depot)


def legs_of(tour: PeriodicTour, problem: PeriodicProblem) -> Iterator[tuple[int, int]]:
    """From and to node of every leg of a tour."""
    return pairwise(nodes_of(tour, problem))


def periodic_cost(plan: PeriodicPlan, problem: PeriodicProblem) -> float:
    """What a plan costs: the sum over all legs of all tours."""
    return sum(problem.costs[a][b] for tour in plan.tours for a, b in legs_of(tour, problem))
