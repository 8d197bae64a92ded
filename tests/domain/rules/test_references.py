"""A plan names only things that exist, each tour and visit once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from busplan.domain.blocks import BlockId
from busplan.domain.demand import DemandId
from busplan.domain.fleet import BusId
from busplan.domain.places import StopId
from busplan.domain.plan import Tour, visit_id
from busplan.domain.rules.references import check_references, sound_part
from tests.factories import (
    MONDAY,
    make_duty,
    make_matrix,
    make_plan,
    make_problem,
    make_tour,
    make_visit,
)


def test_a_plan_of_known_things_is_sound() -> None:
    plan, problem = make_plan(), make_problem()

    assert list(check_references(plan, problem)) == []
    assert sound_part(plan, problem) == plan


@pytest.mark.parametrize(
    ("tour", "sentence"),
    [
        (make_tour(bus_id=BusId("ghost")), "there is no bus ghost"),
        (make_tour(make_visit("ghost")), "there is no stop ghost"),
        (make_tour(make_visit(demand_id=DemandId("d9"))), "there is no demand record d9"),
        (make_tour(make_visit(block_id=BlockId("b9"))), "there is no block b9"),
        (make_tour(duties=(make_duty("P9"),)), "there is no crew member P9"),
        (
            make_tour(service_date=MONDAY + timedelta(days=7)),
            "Mo 2026-12-07 lies outside the horizon 2026-11-30/2026-12-06",
        ),
        (
            make_tour(return_min=1441),
            "a time of this tour lies before 00:00 or after 24:00 of its day",
        ),
    ],
)
def test_a_tour_with_an_unknown_name_or_date_is_told_and_not_judged(
    tour: Tour, sentence: str
) -> None:
    plan, problem = make_plan(tour), make_problem()

    assert sentence in [v.sentence for v in check_references(plan, problem)]
    assert sound_part(plan, problem).tours == ()


def test_both_midnights_belong_to_the_day() -> None:
    plan = make_plan(make_tour(depart_min=0, return_min=1440))

    assert sound_part(plan, make_problem()) == plan


def test_stop_and_depot_must_be_in_the_travel_matrix() -> None:
    problem = make_problem(matrix=make_matrix("elsewhere"))

    [violation] = check_references(make_plan(), problem)

    assert violation.sentence == "stop s1 is not in the travel matrix"


def test_other_tours_are_judged_beside_a_broken_one() -> None:
    good = make_tour()
    broken = make_tour(make_visit("ghost"), service_date=MONDAY + timedelta(days=1))

    assert sound_part(make_plan(good, broken), make_problem()).tours == (good,)


def test_plan_and_problem_cover_the_same_weeks() -> None:
    [violation] = check_references(make_plan(weeks=2), make_problem())

    assert violation.sentence == (
        "the plan covers 2 weeks from 2026-11-30, the problem 1 weeks from 2026-11-30"
    )


def test_a_bus_has_one_tour_a_day() -> None:
    morning = make_tour(make_visit(open_min=600))
    evening = make_tour(make_visit(open_min=1000, id=visit_id(MONDAY, BusId("wilde13"), 1)))

    sentences = [v.sentence for v in check_references(make_plan(morning, evening), make_problem())]

    assert sentences == [
        "this bus has 2 tours on one day, not one",
        "2 visits have this id",
    ]


def test_visits_are_numbered_by_their_place_in_the_tour() -> None:
    tour = make_tour(make_visit(id=visit_id(MONDAY, BusId("wilde13"), 2)))

    [violation] = check_references(make_plan(tour), make_problem())

    assert violation.place == "2026-11-30-wilde13-2"
    assert violation.sentence == "this visit must have the id 2026-11-30-wilde13-1"


def test_stops_of_a_known_name_may_be_in_any_order() -> None:
    tour = make_tour(make_visit(), make_visit(open_min=600, id="2026-11-30-wilde13-2"))

    assert list(check_references(make_plan(tour), make_problem())) == []


def test_an_unknown_stop_is_named_once_even_if_the_matrix_lacks_it_too() -> None:
    tour = replace(make_tour(), visits=(make_visit(StopId("ghost")),))

    assert len(list(check_references(make_plan(tour), make_problem()))) == 1
