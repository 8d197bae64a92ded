"""A tour can be driven as planned."""

from dataclasses import replace

import pytest

from busplan.domain.parameters import Parameters
from busplan.domain.plan import Tour, Visit
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.travel import check_travel
from tests.factories import (
    make_bus,
    make_matrix,
    make_plan,
    make_problem,
    make_stop,
    make_tour,
    make_visit,
)

TWO_STOPS = make_problem(stops=(make_stop(), make_stop("s2")))


def sentences(tour: Tour, problem: PlanningProblem = TWO_STOPS) -> list[str]:
    return [v.sentence for v in check_travel(make_plan(tour), problem)]


def two_visits(second_open_min: int) -> Tour:
    """Open 15:00 to 16:00 at s1, then at s2, 15 minutes' drive away."""
    return make_tour(
        make_visit(), make_visit("s2", open_min=second_open_min, id="2026-11-30-wilde13-2")
    )


def test_drive_and_buffer_exactly_suffice_on_every_leg() -> None:
    assert sentences(two_visits(second_open_min=980)) == []


def test_one_minute_less_between_stops_is_too_little() -> None:
    assert sentences(two_visits(second_open_min=979)) == [
        "Halt s2 planned 16:19, but leaving Halt s1 at 16:00 the bus is there at 16:20"
        " (15 min drive, 5 min buffer)"
    ]


def test_visits_out_of_order_cannot_be_reached() -> None:
    [sentence] = sentences(two_visits(second_open_min=600))

    assert "Halt s2 planned 10:00" in sentence


def test_one_minute_less_from_the_depot_is_too_little() -> None:
    [sentence] = sentences(make_tour(depart_min=881))

    assert "leaving depot depot at 14:41 the bus is there at 15:01" in sentence


def test_one_minute_less_to_the_depot_is_too_little() -> None:
    [sentence] = sentences(make_tour(return_min=979))

    assert sentence.startswith("depot depot planned 16:19")


def test_the_buffer_is_a_setting() -> None:
    problem = replace(TWO_STOPS, parameters=Parameters(leg_buffer_min=0))

    assert sentences(make_tour(depart_min=885), problem) == []
    assert len(sentences(make_tour(depart_min=886), problem)) == 1


def test_driving_times_may_differ_by_direction() -> None:
    matrix = replace(make_matrix("s1"), minutes=((0, 15), (16, 0)))

    [late, _] = sentences(make_tour(), make_problem(matrix=matrix))

    assert late.startswith("depot depot planned 16:20")


@pytest.mark.parametrize(
    ("visit", "violations"),
    [
        (make_visit(arrival_min=870, departure_min=980), 0),
        (make_visit(arrival_min=871, departure_min=980), 1),
        (make_visit(arrival_min=870, departure_min=979), 1),
    ],
)
def test_set_up_and_tear_down_have_their_time(visit: Visit, violations: int) -> None:
    problem = make_problem(buses=(make_bus(set_up_min=30, tear_down_min=20),))

    assert len(sentences(make_tour(visit), problem)) == violations


def test_driving_minutes_and_metres_are_the_sums_of_the_legs() -> None:
    assert sentences(make_tour(drive_min=31)) == [
        "the tour states 31 min of driving, its legs sum to 30 min"
    ]
    assert sentences(make_tour(length_m=19_999)) == [
        "the tour states 19999 m, its legs sum to 20000 m"
    ]


def test_a_tour_has_a_visit() -> None:
    tour = replace(make_tour(), visits=(), drive_min=0, length_m=0)

    assert sentences(tour) == ["the tour has no visit"]


def test_a_bus_makes_no_more_visits_than_it_can() -> None:
    def at_most(visits: int) -> PlanningProblem:
        return replace(TWO_STOPS, buses=(make_bus(max_visits_per_day=visits),))

    assert sentences(two_visits(second_open_min=980), at_most(2)) == []
    assert sentences(two_visits(second_open_min=980), at_most(1)) == [
        "2 visits on one day, wilde13 makes at most 1"
    ]
