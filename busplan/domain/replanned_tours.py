"""A periodic plan in the words of the published timetable that it replaces."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from busplan.domain.dates import DAYS_PER_WEEK
from busplan.domain.mobile_timetable import MobileTimetable, PublishedVisit, every
from busplan.domain.periodic import PeriodicPlan, PeriodicProblem, PeriodicTour, legs_of
from busplan.domain.replanning import CycleTour, Moves, TourCall, driving_of, service_of
from busplan.domain.timetable_cycle import CycleStop, TimetableCycle

NOON_MIN = 12 * 60
PAUSE_MOST_MIN = 60
"""Of the time that a tour leaves within the hours, so much becomes a pause around noon."""

Shift = tuple[int, int, int, int]
"""Number of a stop and of its published visit, old and new day."""


def published_tours(
    plan: PeriodicPlan, problem: PeriodicProblem, cycle: TimetableCycle
) -> tuple[CycleTour, ...]:
    """The published tours, measured by the problem's matrix."""
    visits = cycle.timetable.visits
    return tuple(
        _cycle_tour(
            tour,
            problem,
            cycle,
            [
                TourCall(visit=visits[number], published=visits[number])
                for number in cycle.tours[cycle.vehicles[tour.group], cycle.days[tour.day]]
            ],
        )
        for tour in plan.tours
    )


def planned_tours(
    plan: PeriodicPlan, problem: PeriodicProblem, cycle: TimetableCycle
) -> tuple[CycleTour, ...]:
    """The tours of a plan by vehicle and day, with new times.

    Vehicles leave at the first hour that is published for them; what is left within the hours
    becomes a pause around noon, up to ``PAUSE_MOST_MIN``.
    """
    visits = cycle.timetable.visits
    came_from = {(stop, new): visits[visit] for stop, visit, _, new in _shifts(plan, cycle)}
    return tuple(
        _cycle_tour(
            tour,
            problem,
            cycle,
            [
                _moved(came_from[stop, cycle.days[tour.day]], cycle, tour, arrival_min)
                for stop, arrival_min in _arrivals(tour, problem)
            ],
        )
        for tour in sorted(plan.tours, key=lambda tour: (tour.group, tour.day))
        if tour.stops
    )


def timetable_of(name: str, tours: Iterable[CycleTour]) -> MobileTimetable:
    """The visits of tours as a timetable, one row per visit of the cycle."""
    return MobileTimetable(name=name, visits=tuple(c.visit for tour in tours for c in tour.calls))


def moves_of(plan: PeriodicPlan, cycle: TimetableCycle) -> Moves:
    """How many visits changed weekday or vehicle, each matched with the one that it replaces."""
    vehicles = {
        (stop, cycle.days[tour.day]): cycle.vehicles[tour.group]
        for tour in plan.tours
        for stop in tour.stops
    }
    shifts = list(_shifts(plan, cycle))
    visits = cycle.timetable.visits
    return Moves(
        visits=len(shifts),
        weekday=sum((new - old) % DAYS_PER_WEEK != 0 for _, _, old, new in shifts),
        vehicle=sum(vehicles[stop, new] != visits[v].vehicle for stop, v, _, new in shifts),
    )


def _cycle_tour(
    tour: PeriodicTour, problem: PeriodicProblem, cycle: TimetableCycle, calls: Iterable[TourCall]
) -> CycleTour:
    day = cycle.days[tour.day]
    return CycleTour(
        vehicle=cycle.vehicles[tour.group],
        day=day,
        day_name=cycle.day_name(day),
        length_m=round(sum(problem.costs[a][b] for a, b in legs_of(tour, problem))),
        driving_min=round(driving_of(tour, problem)),
        calls=tuple(calls),
    )


def _shifts(plan: PeriodicPlan, cycle: TimetableCycle) -> Iterator[Shift]:
    planned: dict[int, set[int]] = defaultdict(set)
    for tour in plan.tours:
        for number in tour.stops:
            planned[number].add(cycle.days[tour.day])
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
    day_min = driving_of(tour, problem) + service_of(tour, problem)
    pause_min = min(PAUSE_MOST_MIN, group.latest - group.earliest - day_min)
    now = group.earliest
    for place, ((a, b), stop) in enumerate(zip(legs_of(tour, problem), tour.stops, strict=False)):
        now += problem.durations[a][b]
        if place and now + pause_min >= NOON_MIN:
            now, pause_min = now + pause_min, 0
        yield stop, round(now)
        now += problem.stops[stop].service


def _moved(
    published: PublishedVisit, cycle: TimetableCycle, tour: PeriodicTour, arrival_min: int
) -> TourCall:
    """The visit with new vehicle, date and times; exceptions were meant for the old dates.

    It comes once a cycle, since a stop's visits may have other times from week to week.
    """
    day = cycle.days[tour.day]
    moved = replace(
        published,
        vehicle=cycle.vehicles[tour.group],
        tour=cycle.day_name(day),
        arrival_min=arrival_min,
        departure_min=arrival_min + published.service_min,
        frequency=every(cycle.timetable.weeks),
        start=cycle.timetable.first_monday + timedelta(days=day),
        end=None,
        exceptions=(),
    )
    return TourCall(visit=moved, published=published)
