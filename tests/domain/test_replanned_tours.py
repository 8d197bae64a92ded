"""A plan told as a timetable: same visits, new days and times, and what moved."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from busplan.domain.periodic import PeriodicPlan, PeriodicTour
from busplan.domain.replanned_tours import PAUSE_MOST_MIN, moves_of, planned_tours, timetable_of
from busplan.domain.replanning import Moves
from busplan.domain.timetable_cycle import Freedom, TimetableCycle
from busplan.travel.geodesic import GeodesicTravel
from busplan.usecases.timetable_problem import TimetableProblem, build_timetable_problem
from tests.mobile_timetables import (
    DEPOT,
    MONDAY,
    better_days,
    make_published,
    make_timetable,
    two_wasteful_days,
)

TRAVEL = GeodesicTravel(detour_factor=1.4, speed_kmh=40)


def ask(cycle: TimetableCycle) -> TimetableProblem:
    depots = dict.fromkeys(cycle.vehicles, DEPOT)
    return build_timetable_problem(cycle, depots, TRAVEL, Freedom.ANY_DAY)


def test_the_published_tours_planned_anew_move_nothing() -> None:
    cycle = TimetableCycle(two_wasteful_days())

    moves = moves_of(ask(cycle).published, cycle)

    assert moves == Moves(visits=4, weekday=0, vehicle=0)


def test_the_new_timetable_makes_the_same_visits_on_other_days() -> None:
    replanning = better_days()
    before, after = two_wasteful_days().visits, replanning.timetable.visits

    assert [visit.stop for visit in after] == ["North one", "North two", "South two", "South one"]
    assert [visit.start for visit in after] == [MONDAY] * 2 + [MONDAY + timedelta(7)] * 2
    services = {visit.stop: visit.service_min for visit in before}
    assert {visit.stop: visit.service_min for visit in after} == services
    assert replanning.replanned.length_m < replanning.published.length_m


def test_the_new_timetable_measured_like_a_published_one_comes_to_the_same() -> None:
    replanning = better_days()
    cycle = TimetableCycle(replanning.timetable)
    asked = ask(cycle)

    again = planned_tours(asked.published, asked.problem, cycle)

    assert [tour.length_m for tour in again] == [tour.length_m for tour in replanning.after]
    assert [tour.day_min for tour in again] == [tour.day_min for tour in replanning.after]


def test_nobody_arrives_before_the_drive_is_done() -> None:
    for tour in better_days().after:
        here, there = (call.visit for call in tour.calls)
        assert there.arrival_min > here.departure_min
        assert tour.length_m > 0


def test_a_moved_visit_counts_by_weekday_and_by_vehicle() -> None:
    cycle = TimetableCycle(
        make_timetable(
            make_published("Green", rule="FREQ=WEEKLY"),
            make_published("Church", vehicle="Bus", start=date(2026, 12, 1)),
        )
    )
    swapped = PeriodicPlan(
        tours=(
            PeriodicTour(group=0, day=0, stops=(1,)),
            PeriodicTour(group=1, day=1, stops=(0,)),
        )
    )

    assert moves_of(swapped, cycle) == Moves(visits=2, weekday=2, vehicle=2)


def test_a_weekly_stop_that_stays_on_its_weekday_has_not_moved() -> None:
    """In a cycle of two weeks it may be told as moved by a week; it is the same."""
    cycle = TimetableCycle(
        make_timetable(
            make_published("Green", rule="FREQ=WEEKLY"),
            make_published("Church", rule="FREQ=WEEKLY;INTERVAL=2"),
        )
    )
    other_week = PeriodicPlan(
        tours=(
            PeriodicTour(group=0, day=0, stops=(0,)),
            PeriodicTour(group=0, day=1, stops=(0, 1)),
        )
    )

    assert moves_of(other_week, cycle) == Moves(visits=3, weekday=0, vehicle=0)


@pytest.mark.parametrize(("latest", "pause_min"), [(660 + 90, 0), (660 + 110, 20), (1000, 60)])
def test_what_the_hours_leave_becomes_a_pause_around_noon(latest: int, pause_min: int) -> None:
    cycle = TimetableCycle(
        make_timetable(
            *(
                make_published(
                    name,
                    location=DEPOT,
                    arrival_min=660 + 30 * place,
                    departure_min=690 + 30 * place,
                )
                for place, name in enumerate("abc")
            )
        )
    )
    asked = ask(cycle)
    (group,) = asked.problem.groups
    open_until = replace(asked.problem, groups=(replace(group, latest=latest),))

    (tour,) = planned_tours(asked.published, open_until, cycle)

    arrivals = [call.visit.arrival_min for call in tour.calls]
    gap_min = (arrivals[-1] - arrivals[0]) - 60
    assert gap_min == pause_min <= PAUSE_MOST_MIN


def test_exceptions_and_ends_of_old_dates_are_not_those_of_new_ones() -> None:
    cycle = TimetableCycle(
        make_timetable(make_published(end=date(2027, 1, 1), exceptions=(date(2026, 12, 28),)))
    )
    asked = ask(cycle)

    (visit,) = timetable_of("x", planned_tours(asked.published, asked.problem, cycle)).visits

    assert visit.end is None
    assert visit.exceptions == ()
