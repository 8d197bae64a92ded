"""A published timetable planned anew: what it comes to, before and after, and the new one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from busplan.domain.dates import DAYS_PER_WEEK
from busplan.domain.mobile_timetable import MobileTimetable, PublishedVisit, every
from busplan.domain.periodic import (
    PeriodicPlan,
    PeriodicProblem,
    PeriodicTour,
    legs_of,
    periodic_cost,
)
from busplan.domain.places import Coordinate
from busplan.domain.timetable_cycle import CycleStop, Freedom, TimetableCycle

NOON_MIN = 12 * 60
PAUSE_MOST_MIN = 60
"""Of the time that a tour leaves within the hours, so much becomes a pause around noon."""


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
    """How many visits of a cycle are on another weekday, or made by another vehicle."""

    visits: int
    weekday: int
    vehicle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanning:
    """Both timetables, both measured by the same travel matrix, from the same depots.

    ``bound_m`` is what no plan under the same rules can be shorter than, where it is known.
    """

    freedom: Freedom
    depots: Mapping[str, Coordinate]
    depots_estimated: bool
    before: MobileTimetable
    after: MobileTimetable
    published: CycleFigures
    replanned: CycleFigures
    moves: Moves
    pinned: int
    bound_m: float | None


def figures_of(plan: PeriodicPlan, problem: PeriodicProblem) -> CycleFigures:
    """What a plan comes to, where ``costs`` are metres and ``durations`` are minutes."""
    days = [_driving(tour, problem) + _service(tour, problem) for tour in plan.tours]
    return CycleFigures(
        length_m=round(periodic_cost(plan, problem)),
        driving_min=round(sum(_driving(tour, problem) for tour in plan.tours)),
        service_min=round(sum(_service(tour, problem) for tour in plan.tours)),
        vehicle_days=sum(1 for tour in plan.tours if tour.stops),
        longest_day_min=round(max(days, default=0)),
    )


def timetable_of(
    plan: PeriodicPlan, problem: PeriodicProblem, cycle: TimetableCycle
) -> MobileTimetable:
    """The plan in the words of the timetable that it replaces: one row per visit of the cycle.

    Vehicles leave at the first hour that is published for them. Every row comes once a cycle, since
    a stop's visits may have other times from week to week.
    """
    came_from = dict(_origins(plan, cycle))
    rows = []
    for tour in sorted(plan.tours, key=lambda t: (t.group, t.day)):
        for stop, arrival_min in _arrivals(tour, problem):
            published = cycle.timetable.visits[came_from[stop, cycle.days[tour.day]]]
            rows.append(_moved(published, cycle, tour, arrival_min))
    return MobileTimetable(name=cycle.timetable.name, visits=tuple(rows))


def moves_of(plan: PeriodicPlan, cycle: TimetableCycle) -> Moves:
    """How many visits changed weekday or vehicle, each matched with the one that it replaces."""
    vehicles = {
        (stop, cycle.days[tour.day]): cycle.vehicles[tour.group]
        for tour in plan.tours
        for stop in tour.stops
    }
    pairs = list(_shifts(plan, cycle))
    weekday = sum((new - old) % DAYS_PER_WEEK != 0 for _, _, old, new in pairs)
    visits = cycle.timetable.visits
    vehicle = sum(vehicles[stop, new] != visits[visit].vehicle for stop, visit, _, new in pairs)
    return Moves(visits=len(pairs), weekday=weekday, vehicle=vehicle)


def _driving(tour: PeriodicTour, problem: PeriodicProblem) -> float:
    return sum(problem.durations[a][b] for a, b in legs_of(tour, problem)) if tour.stops else 0.0


def _service(tour: PeriodicTour, problem: PeriodicProblem) -> float:
    return sum(problem.stops[stop].service for stop in tour.stops)


def _origins(plan: PeriodicPlan, cycle: TimetableCycle) -> Iterator[tuple[tuple[int, int], int]]:
    """By stop and new day, the number of the published visit that is made there now."""
    for stop, visit, _, new in _shifts(plan, cycle):
        yield (stop, new), visit


def _shifts(plan: PeriodicPlan, cycle: TimetableCycle) -> Iterator[tuple[int, int, int, int]]:
    """Stop, visit, old and new day of every visit of the cycle."""
    planned: dict[int, set[int]] = defaultdict(set)
    for tour in plan.tours:
        for stop in tour.stops:
            planned[stop].add(cycle.days[tour.day])
    for number, stop in enumerate(cycle.stops):
        by = _shift(stop, planned[number], cycle.length)
        for occurrence in stop.occurrences:
            yield number, occurrence.visit, occurrence.day, (occurrence.day + by) % cycle.length


def _shift(stop: CycleStop, days: set[int], length: int) -> int:
    """By how many days the stop moved: where several fit, one that keeps weekdays, or is short."""
    fitting = [by for by in range(length) if {(day + by) % length for day in stop.days} == days]
    return min(fitting, key=lambda by: (by % DAYS_PER_WEEK != 0, min(by, length - by)))


def _arrivals(tour: PeriodicTour, problem: PeriodicProblem) -> Iterator[tuple[int, int]]:
    """Stop and minute of arrival, all along a tour."""
    group = problem.groups[tour.group]
    day_min = _driving(tour, problem) + _service(tour, problem)
    pause_min = min(PAUSE_MOST_MIN, group.latest - group.earliest - day_min)
    now = group.earliest
    for place, ((a, b), stop) in enumerate(zip(legs_of(tour, problem), tour.stops, strict=False)):
        now += problem.durations[a][b]
        if place and now >= NOON_MIN - pause_min:
            now, pause_min = now + pause_min, 0
        yield stop, round(now)
        now += problem.stops[stop].service


def _moved(
    published: PublishedVisit, cycle: TimetableCycle, tour: PeriodicTour, arrival_min: int
) -> PublishedVisit:
    day = cycle.days[tour.day]
    return replace(
        published,
        vehicle=cycle.vehicles[tour.group],
        tour=cycle.day_name(day),
        arrival_min=arrival_min,
        departure_min=arrival_min + published.service_min,
        frequency=every(cycle.timetable.weeks),
        start=cycle.timetable.first_monday + timedelta(days=day),
        exceptions=(),
    )
