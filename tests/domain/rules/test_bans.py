"""No visit that the planner has forbidden; what a ban leaves open it forbids everywhere."""

from dataclasses import replace
from datetime import timedelta

import pytest

from busplan.domain.demand import DemandId
from busplan.domain.fleet import BusId
from busplan.domain.places import StopId
from busplan.domain.problem import Ban
from busplan.domain.rules.bans import check_bans
from tests.factories import MONDAY, make_plan, make_problem

EXACT = Ban(
    demand_id=DemandId("d1"),
    stop_id=StopId("s1"),
    bus_id=BusId("wilde13"),
    service_date=MONDAY,
)


def broken_by(ban: Ban) -> list[str]:
    """What the plan with d1 at s1 by wilde13 on Monday is told."""
    return [v.sentence for v in check_bans(make_plan(), make_problem(bans=(ban,)))]


def test_the_very_visit_is_forbidden_and_named() -> None:
    assert broken_by(EXACT) == [
        "d1 is on Mo 2026-11-30 at s1 by wilde13,"
        " the planner forbids d1 at s1 by wilde13 on 2026-11-30"
    ]


@pytest.mark.parametrize("part", ["stop_id", "bus_id", "service_date"])
def test_what_is_left_open_means_any(part: str) -> None:
    assert len(broken_by(replace(EXACT, **{part: None}))) == 1


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("demand_id", DemandId("d2")),
        ("stop_id", StopId("s2")),
        ("bus_id", BusId("ninja")),
        ("service_date", MONDAY + timedelta(days=1)),
    ],
)
def test_a_visit_that_differs_in_one_thing_named_is_free(part: str, other: object) -> None:
    assert broken_by(replace(EXACT, **{part: other})) == []
