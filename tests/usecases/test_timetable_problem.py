"""The problem of a timetable: the published tours solve it, and its limits are theirs."""

import pytest

from busplan.domain.errors import InvalidInput
from busplan.domain.mobile_timetable import MobileTimetable
from busplan.domain.places import Coordinate
from busplan.domain.replanning import figures_of
from busplan.domain.timetable_cycle import Freedom, TimetableCycle
from busplan.travel.geodesic import GeodesicTravel
from busplan.usecases.timetable_problem import (
    PAUSE_MIN,
    TimetableProblem,
    build_timetable_problem,
    estimate_depots,
)
from tests.mobile_timetables import make_published, make_timetable, two_wasteful_days

TRAVEL = GeodesicTravel(detour_factor=1.4, speed_kmh=40)
DEPOT = Coordinate(52.0, -1.1)


def build(timetable: MobileTimetable, **depots: Coordinate) -> TimetableProblem:
    cycle = TimetableCycle(timetable)
    return build_timetable_problem(
        cycle, depots or dict.fromkeys(cycle.vehicles, DEPOT), TRAVEL, Freedom.ANY_DAY
    )


def test_stops_service_times_and_vehicle_days_are_the_published_ones() -> None:
    asked = build(two_wasteful_days())

    assert [stop.service for stop in asked.problem.stops] == [30] * 4
    assert [len(stop.patterns) for stop in asked.problem.stops] == [2] * 4
    assert [group.vehicles for group in asked.problem.groups] == [(1, 1)]
    assert figures_of(asked.published, asked.problem).vehicle_days == 2


def test_the_published_tours_are_a_plan_within_every_limit() -> None:
    asked = build(two_wasteful_days())
    (group,) = asked.problem.groups

    longest_min = figures_of(asked.published, asked.problem).longest_day_min
    assert longest_min <= group.max_duration
    assert group.earliest + longest_min <= group.latest


def test_hours_go_from_the_first_departure_to_the_last_return() -> None:
    """At the depot itself: no drive before the first visit and after the last."""
    asked = build(
        make_timetable(
            make_published("Early", location=DEPOT, arrival_min=540, departure_min=600),
            make_published("Late", location=DEPOT, arrival_min=900, departure_min=960),
        )
    )
    (group,) = asked.problem.groups

    assert (group.earliest, group.latest, group.max_duration) == (540, 960, 120)


def test_a_timetable_faster_than_the_matrix_widens_its_hours() -> None:
    """Two stops 20 km apart, five minutes between: driven in more than half an hour."""
    asked = build(
        make_timetable(
            make_published("Here", location=DEPOT, arrival_min=540, departure_min=600),
            make_published(
                "There", location=Coordinate(52.2, -1.1), arrival_min=605, departure_min=665
            ),
        )
    )
    (group,) = asked.problem.groups

    longest_min = figures_of(asked.published, asked.problem).longest_day_min
    assert group.latest - group.earliest >= longest_min == group.max_duration


def test_a_day_is_never_so_full_that_no_pause_fits() -> None:
    """The bus is at work for 60 of 90 minutes; the van's 120 are more than the bus has."""
    short = {"location": DEPOT, "vehicle": "Bus"}
    asked = build(
        make_timetable(
            make_published("A", location=DEPOT, arrival_min=540, departure_min=660),
            make_published("B", **short, arrival_min=540, departure_min=570),
            make_published("C", **short, arrival_min=600, departure_min=630),
        )
    )
    van, bus = asked.problem.groups

    assert van.max_duration == 120
    assert (bus.latest - bus.earliest, bus.max_duration) == (90, 90 - PAUSE_MIN)


def test_depots_are_estimated_amid_first_and_last_stops() -> None:
    depots = estimate_depots(TimetableCycle(two_wasteful_days()))

    assert 51.8 <= depots["Van"].lat <= 52.2
    assert -1.0 <= depots["Van"].lon <= -0.99


def test_a_vehicle_without_a_depot_is_refused() -> None:
    with pytest.raises(InvalidInput, match="Van"):
        build(two_wasteful_days(), Bus=DEPOT)
