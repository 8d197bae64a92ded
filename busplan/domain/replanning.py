"""A published timetable planned anew: what it comes to before and after, and the new one."""

from collections.abc import Mapping
from dataclasses import dataclass

from busplan.domain.mobile_timetable import MobileTimetable, PublishedVisit
from busplan.domain.periodic import (
    PeriodicPlan,
    PeriodicProblem,
    PeriodicTour,
    legs_of,
    periodic_cost,
)
from busplan.domain.places import Coordinate
from busplan.domain.timetable_cycle import Freedom


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleFigures:
    """What a plan of one cycle comes to: all days together, and the longest of them.

    A day counts driving, depot to depot, and service. Waiting and pauses count for nobody.
    """

    length_m: int
    driving_min: int
    service_min: int
    vehicle_days: int
    longest_day_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """How many of a cycle's visits are on another weekday, or made by another vehicle."""

    visits: int
    weekday: int
    vehicle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TourCall:
    """A visit on a tour, and the published visit that it replaces."""

    visit: PublishedVisit
    published: PublishedVisit


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleTour:
    """One vehicle on one day of the cycle, 0 = its first Monday, with its calls in order."""

    vehicle: str
    day: int
    day_name: str
    length_m: int
    driving_min: int
    calls: tuple[TourCall, ...]

    @property
    def day_min(self) -> int:
        """Driving and service."""
        return self.driving_min + sum(call.visit.service_min for call in self.calls)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanning:
    """Both sides, measured by the same travel matrix from the same depots.

    ``pinned`` visits kept their published days for want of a common service time. ``bound_m`` is
    what no plan under the same rules can be shorter than, where it is known.
    """

    name: str
    weeks: int
    freedom: Freedom
    depots: Mapping[str, Coordinate]
    depots_estimated: bool
    before: tuple[CycleTour, ...]
    after: tuple[CycleTour, ...]
    published: CycleFigures
    replanned: CycleFigures
    moves: Moves
    pinned: int
    bound_m: float | None
    timetable: MobileTimetable

    @property
    def gap(self) -> float | None:
        """Share of the kilometres that a better plan could still save."""
        if self.bound_m is None or not self.replanned.length_m:
            return None
        return max(0.0, self.replanned.length_m - self.bound_m) / self.replanned.length_m


def figures_of(plan: PeriodicPlan, problem: PeriodicProblem) -> CycleFigures:
    """What a plan comes to, where ``costs`` are metres and ``durations`` are minutes."""
    tours = [tour for tour in plan.tours if tour.stops]
    days_min = [driving_of(tour, problem) + service_of(tour, problem) for tour in tours]
    return CycleFigures(
        length_m=round(periodic_cost(plan, problem)),
        driving_min=round(sum(driving_of(tour, problem) for tour in tours)),
        service_min=round(sum(service_of(tour, problem) for tour in tours)),
        vehicle_days=len(tours),
        longest_day_min=round(max(days_min, default=0)),
    )


def driving_of(tour: PeriodicTour, problem: PeriodicProblem) -> float:
    """Driving of a tour, depot to depot."""
    return sum(problem.durations[a][b] for a, b in legs_of(tour, problem))


def service_of(tour: PeriodicTour, problem: PeriodicProblem) -> float:
    """Service times of a tour."""
    return sum(problem.stops[stop].service for stop in tour.stops)
