"""Both buses are not in one town on one day unless that was asked for."""

from datetime import timedelta
from typing import Any

import pytest

from busplan.domain.demand import DemandId
from busplan.domain.fleet import BusId
from busplan.domain.plan import Tour
from busplan.domain.rules.same_town import check_same_town
from tests.factories import (
    MONDAY,
    make_bus,
    make_demand,
    make_municipality,
    make_plan,
    make_problem,
    make_stop,
    make_tour,
    make_visit,
)

FAR = "05358008"


def ninja(*stops: str, demand_id: str = "d2", **given: Any) -> Tour:
    visits = [make_visit(stop, demand_id=DemandId(demand_id)) for stop in stops]
    return make_tour(*visits, bus_id=BusId("ninja"), **given)


def sentences(*tours: Tour, joint: tuple[str, ...] = ()) -> list[str]:
    problem = make_problem(
        municipalities=(make_municipality(), make_municipality(FAR, "Neudorf")),
        stops=(make_stop(), make_stop("s2"), make_stop("far", ags=FAR)),
        demands=tuple(make_demand(name, joint=name in joint) for name in ("d1", "d2", "d3")),
        buses=(make_bus(), make_bus("ninja")),
    )
    return [v.sentence for v in check_same_town(make_plan(*tours), problem)]


def test_two_buses_do_not_meet_in_one_town() -> None:
    assert sentences(make_tour(), ninja("s2")) == [
        "ninja and wilde13 are both in Altdorf on Mo 2026-11-30,"
        " and no demand record there asks for both"
    ]


def test_two_towns_or_two_days_are_apart() -> None:
    assert sentences(make_tour(), ninja("far")) == []
    assert sentences(make_tour(), ninja("s2", service_date=MONDAY + timedelta(days=1))) == []


def test_one_bus_may_visit_a_town_twice() -> None:
    assert sentences(make_tour(make_visit(), make_visit("s2", open_min=1000))) == []


@pytest.mark.parametrize("joint", [("d1",), ("d2",)])
def test_a_joint_demand_on_either_bus_allows_both(joint: tuple[str, ...]) -> None:
    assert sentences(make_tour(), ninja("s2"), joint=joint) == []


def test_a_joint_visit_excuses_the_other_visits_of_its_tour_in_the_town() -> None:
    tour = make_tour(make_visit(), make_visit("s2", open_min=1000, demand_id=DemandId("d3")))

    assert sentences(tour, ninja("s2"), joint=("d3",)) == []


def test_a_joint_visit_in_another_town_excuses_nothing() -> None:
    tour = make_tour(make_visit(), make_visit("far", open_min=1000, demand_id=DemandId("d3")))

    assert len(sentences(tour, ninja("s2"), joint=("d3",))) == 1
