"""Turn a published timetable into a periodic routing problem that its own tours solve.

Measure for both sides: metres and minutes of one travel matrix, depot to depot. A day is its
driving and service; waiting and pauses are not counted. Where the published timetable is faster
than the matrix, its hours are widened until its own tours fit, for the new ones as well.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from busplan.domain.errors import InvalidInput
from busplan.domain.matrix import TravelMatrix
from busplan.domain.mobile_timetable import PublishedVisit
from busplan.domain.periodic import (
    PeriodicPlan,
    PeriodicProblem,
    PeriodicStop,
    PeriodicTour,
    VehicleGroup,
)
from busplan.domain.places import Coordinate
from busplan.domain.timetable_cycle import Freedom, TimetableCycle
from busplan.travel.build import build_matrix
from busplan.travel.median import median_point
from busplan.travel.provider import TravelTimes

PAUSE_MIN = 30
"""Fits into every day (ArbZG § 4: due after 6 h), where it fits into the published ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableProblem:
    """The problem, and the published tours as a plan of it."""

    problem: PeriodicProblem
    published: PeriodicPlan


def estimate_depots(cycle: TimetableCycle) -> dict[str, Coordinate]:
    """Per vehicle, the point nearest to the first and last stops of its published tours.

    The sum of distances is least there, so the estimate favours the published timetable.
    """
    visits = cycle.timetable.visits
    ends: dict[str, list[Coordinate]] = {vehicle: [] for vehicle in cycle.vehicles}
    for (vehicle, _), tour in cycle.tours.items():
        ends[vehicle] += (visits[tour[0]].location, visits[tour[-1]].location)
    return {vehicle: median_point(points) for vehicle, points in ends.items()}


def build_timetable_problem(
    cycle: TimetableCycle,
    depots: Mapping[str, Coordinate],
    travel: TravelTimes,
    freedom: Freedom,
) -> TimetableProblem:
    """Same stops, service times, frequency and spacing, vehicle days, hours and longest day.

    Nodes are the depots in order of vehicles, then the stops; days are those on which any vehicle
    works. A stop's first pattern is the published one. Raises ``InvalidInput`` for a vehicle
    without a depot.
    """
    without = [vehicle for vehicle in cycle.vehicles if vehicle not in depots]
    if without:
        raise InvalidInput(f"no depot is given for {', '.join(without)}")
    nodes = {f"depot {vehicle}": depots[vehicle] for vehicle in cycle.vehicles}
    nodes |= {f"stop {stop.id}": stop.location for stop in cycle.stops}
    matrix = build_matrix(nodes, travel)
    published = PeriodicPlan(tours=tuple(_published_tours(cycle)))
    day_numbers = {day: number for number, day in enumerate(cycle.days)}
    problem = PeriodicProblem(
        name=cycle.timetable.name,
        days=len(cycle.days),
        stops=tuple(
            PeriodicStop(
                id=stop.id,
                node=len(cycle.vehicles) + number,
                service=stop.service_min,
                patterns=tuple(
                    frozenset(day_numbers[day] for day in days)
                    for days in cycle.patterns(stop, freedom)
                ),
            )
            for number, stop in enumerate(cycle.stops)
        ),
        groups=tuple(_groups(cycle, published, matrix)),
        costs=matrix.metres,
        durations=matrix.minutes,
    )
    return TimetableProblem(problem=problem, published=published)


def _published_tours(cycle: TimetableCycle) -> Iterator[PeriodicTour]:
    stop_of = {
        (occurrence.visit, occurrence.day): number
        for number, stop in enumerate(cycle.stops)
        for occurrence in stop.occurrences
    }
    for (vehicle, day), tour in cycle.tours.items():
        yield PeriodicTour(
            group=cycle.vehicles.index(vehicle),
            day=cycle.days.index(day),
            stops=tuple(stop_of[visit, day] for visit in tour),
        )


def _groups(
    cycle: TimetableCycle, published: PeriodicPlan, matrix: TravelMatrix
) -> Iterator[VehicleGroup]:
    """Each vehicle on its own days, within its own hours, no day longer than the longest of all.

    Nor so long that no pause fits in, unless its own longest published day is.
    """
    tours = [_Measured(cycle, tour, matrix) for tour in published.tours]
    longest_min = max(tour.length_min for tour in tours)
    for group, vehicle in enumerate(cycle.vehicles):
        own = [tour for tour in tours if tour.group == group]
        earliest_min = min(tour.departs_min for tour in own)
        own_longest_min = max(tour.length_min for tour in own)
        hours_min = max(max(t.returns_min for t in own) - earliest_min, own_longest_min)
        yield VehicleGroup(
            id=vehicle,
            depot=group,
            vehicles=tuple(int((vehicle, day) in cycle.tours) for day in cycle.days),
            max_duration=max(own_longest_min, min(longest_min, hours_min - PAUSE_MIN)),
            earliest=earliest_min,
            latest=earliest_min + hours_min,
        )


class _Measured:
    """A published tour by the matrix: how long, and when it leaves and returns by its times."""

    def __init__(self, cycle: TimetableCycle, tour: PeriodicTour, matrix: TravelMatrix) -> None:
        self.group = tour.group
        nodes = [tour.group, *(len(cycle.vehicles) + stop for stop in tour.stops), tour.group]
        drives = [matrix.minutes[a][b] for a, b in pairwise(nodes)]
        first, last = self._ends(cycle, tour)
        self.length_min = sum(drives) + sum(cycle.stops[stop].service_min for stop in tour.stops)
        self.departs_min = first.arrival_min - drives[0]
        self.returns_min = last.departure_min + drives[-1]

    @staticmethod
    def _ends(cycle: TimetableCycle, tour: PeriodicTour) -> tuple[PublishedVisit, PublishedVisit]:
        visits = cycle.tours[cycle.vehicles[tour.group], cycle.days[tour.day]]
        return cycle.timetable.visits[visits[0]], cycle.timetable.visits[visits[-1]]
