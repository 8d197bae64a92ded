"""No person, bus or stop is needed twice at the same time."""

from datetime import timedelta
from typing import Any

import pytest

from busplan.domain.demand import DemandId
from busplan.domain.fleet import BusId
from busplan.domain.plan import Tour
from busplan.domain.rules.overlaps import check_overlaps
from tests.factories import (
    MONDAY,
    make_bus,
    make_crew,
    make_demand,
    make_duty,
    make_plan,
    make_problem,
    make_stop,
    make_tour,
    make_visit,
)

NINJA = BusId("ninja")


def ninja(open_min: int, stop_id: str = "s1", crew_id: str = "P2", **given: Any) -> Tour:
    """A visit of d2 by the other bus with its own crew, an hour from the opening."""
    visit = make_visit(
        stop_id, open_min=open_min, id="2026-11-30-ninja-1", demand_id=DemandId("d2")
    )
    duty = make_duty(crew_id, start_min=open_min - 20, end_min=open_min + 80)
    return make_tour(visit, bus_id=NINJA, duties=(duty,), **given)


def sentences(*tours: Tour, joint: tuple[bool, bool] = (False, False)) -> list[str]:
    problem = make_problem(
        stops=(make_stop(), make_stop("s2")),
        demands=(make_demand(joint=joint[0]), make_demand("d2", joint=joint[1])),
        buses=(make_bus(), make_bus("ninja")),
        crew=(make_crew(), make_crew("P2")),
    )
    return [v.sentence for v in check_overlaps(make_plan(*tours), problem)]


@pytest.mark.parametrize(("open_min", "violations"), [(960, 0), (959, 1), (840, 0), (841, 1)])
def test_two_buses_follow_one_another_at_a_stop(open_min: int, violations: int) -> None:
    assert len(sentences(make_tour(), ninja(open_min))) == violations


def test_the_sentence_names_stop_and_buses() -> None:
    assert sentences(make_tour(), ninja(900)) == [
        "wilde13 and ninja stand at Halt s1 at the same time on Mo 2026-11-30,"
        " which nobody asked for"
    ]


@pytest.mark.parametrize("joint", [(True, False), (False, True), (True, True)])
def test_two_buses_may_meet_where_either_demand_is_joint(joint: tuple[bool, bool]) -> None:
    assert sentences(make_tour(), ninja(900), joint=joint) == []


def test_two_buses_at_two_stops_or_on_two_days_do_not_meet() -> None:
    assert sentences(make_tour(), ninja(900, "s2")) == []
    assert sentences(make_tour(), ninja(900, service_date=MONDAY + timedelta(days=1))) == []


@pytest.mark.parametrize(("open_min", "violations"), [(1000, 0), (999, 1), (800, 0), (801, 1)])
def test_a_person_has_one_duty_at_a_time(open_min: int, violations: int) -> None:
    """The duty on wilde13 lasts from 14:40 to 16:20."""
    found = sentences(make_tour(), ninja(open_min, "s2", crew_id="P1"))

    assert len(found) == violations


def test_a_person_cannot_be_both_adults_of_a_tour() -> None:
    tour = make_tour(duties=(make_duty(), make_duty(drives=False)))

    assert sentences(tour) == [
        "P1 has two duties at once on Mo 2026-11-30: 14:40-16:20 and 14:40-16:20"
    ]


def test_a_bus_makes_one_visit_at_a_time() -> None:
    second = "2026-11-30-wilde13-2"

    assert sentences(make_tour(make_visit(), make_visit("s2", open_min=960, id=second))) == []
    assert sentences(make_tour(make_visit(), make_visit("s2", open_min=959, id=second))) == [
        "wilde13 makes this visit and 2026-11-30-wilde13-2 at the same time"
    ]
