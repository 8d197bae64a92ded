"""A visit is what its demand record asks for, when and where it is asked."""

from datetime import date, timedelta
from typing import Any

import pytest

from busplan.domain.blocks import Block, BlockId
from busplan.domain.calendar import ServiceCalendar
from busplan.domain.dates import DateRange, Window
from busplan.domain.demand import DayKind, DemandId
from busplan.domain.fleet import BusId
from busplan.domain.parameters import Parameters
from busplan.domain.places import StopId
from busplan.domain.rules.windows import check_windows
from tests.factories import (
    LONG,
    MONDAY,
    make_demand,
    make_plan,
    make_problem,
    make_stop,
    make_tour,
    make_visit,
)

AFTERNOON = Window(from_min=900, to_min=960)
"""15:00 to 16:00, exactly the visit of ``make_visit``."""
SHORT = Window(from_min=903, to_min=933)


def sentences(visit: dict[str, Any] | None = None, **given: Any) -> list[str]:
    plan = make_plan(make_tour(make_visit(**visit or {})))
    return [v.sentence for v in check_windows(plan, make_problem(**given))]


def make_block(**given: Any) -> Block:
    usual = {
        "id": BlockId("b1"),
        "stop_id": StopId("s1"),
        "demand_id": DemandId("d1"),
        "bus_id": BusId("wilde13"),
        "weekday": 0,
        "window": SHORT,
        "running": LONG,
    }
    return Block(**usual | given)


def test_a_visit_may_fill_its_window_exactly() -> None:
    assert sentences(demands=(make_demand(windows=(AFTERNOON,)),)) == []


@pytest.mark.parametrize("open_min", [895, 905])
def test_a_visit_may_not_leave_its_window(open_min: int) -> None:
    [sentence] = sentences({"open_min": open_min}, demands=(make_demand(windows=(AFTERNOON,)),))

    assert "but d1 asks for a time within 15:00-16:00" in sentence


def test_two_windows_do_not_add_up_to_one() -> None:
    halves = (Window(from_min=900, to_min=930), Window(from_min=930, to_min=960))

    assert len(sentences(demands=(make_demand(windows=halves),))) == 1


@pytest.mark.parametrize("service_min", [55, 65])
def test_the_service_time_is_neither_shorter_nor_longer(service_min: int) -> None:
    [sentence] = sentences({"service_min": service_min})

    assert "but d1 asks for 1 h" in sentence


def test_openings_lie_on_the_timetable_step() -> None:
    assert sentences({"open_min": 905}) == []
    assert sentences({"open_min": 906}) == ["opens at 15:06, which is not a multiple of 5 min"]
    assert sentences({"open_min": 906}, parameters=Parameters(timetable_step_min=1)) == []


def test_a_demand_of_a_stop_is_served_there_only() -> None:
    stops = (make_stop(), make_stop("s2"))
    demands = (make_demand(stop_id=StopId("s2")),)

    assert sentences({"stop_id": "s2"}, stops=stops, demands=demands) == []
    assert sentences({"stop_id": "s1"}, stops=stops, demands=demands) == [
        "d1 asks for stop s2, not for s1"
    ]


def test_a_demand_of_a_town_is_served_at_any_stop_there() -> None:
    stops = (make_stop(), make_stop("s2"), make_stop("far", ags="05358008"))

    assert sentences({"stop_id": "s2"}, stops=stops) == []
    assert sentences({"stop_id": "far"}, stops=stops) == [
        "d1 asks for a stop in 05358004, far lies in 05358008"
    ]


def test_a_demand_is_served_on_its_weekdays() -> None:
    [sentence] = sentences(demands=(make_demand(weekdays=frozenset({1, 3})),))

    assert sentence == "Mo 2026-11-30 is none of the weekdays of d1: Tu, Th"


@pytest.mark.parametrize(
    ("valid", "violations"),
    [
        (DateRange(first=MONDAY, last=MONDAY), 0),
        (DateRange(first=MONDAY - timedelta(days=1), last=MONDAY - timedelta(days=1)), 1),
        (DateRange(first=MONDAY + timedelta(days=1), last=MONDAY + timedelta(days=1)), 1),
    ],
)
def test_a_demand_is_served_while_it_is_valid(valid: DateRange, violations: int) -> None:
    assert len(sentences(demands=(make_demand(valid=valid),))) == violations


@pytest.mark.parametrize(
    ("days", "calendar", "violations"),
    [
        (DayKind.ALL, ServiceCalendar(school_holidays=frozenset({MONDAY})), 0),
        (DayKind.SCHOOL, ServiceCalendar(), 0),
        (DayKind.SCHOOL, ServiceCalendar(school_holidays=frozenset({MONDAY})), 1),
        (DayKind.SCHOOL, ServiceCalendar(public_holidays={MONDAY: "Feiertag"}), 1),
        (DayKind.HOLIDAYS, ServiceCalendar(school_holidays=frozenset({MONDAY})), 0),
        (DayKind.HOLIDAYS, ServiceCalendar(public_holidays={MONDAY: "Feiertag"}), 1),
        (DayKind.HOLIDAYS, ServiceCalendar(school_holidays=frozenset({date(2026, 12, 24)})), 1),
    ],
)
def test_a_demand_for_school_days_or_holidays_keeps_to_them(
    days: DayKind, calendar: ServiceCalendar, violations: int
) -> None:
    assert len(sentences(demands=(make_demand(days=days),), calendar=calendar)) == violations


def test_a_demand_for_one_bus_is_served_by_it() -> None:
    assert sentences(demands=(make_demand(bus_id=BusId("wilde13")),)) == []
    assert sentences(demands=(make_demand(bus_id=BusId("ninja")),)) == [
        "d1 asks for bus ninja, not for wilde13"
    ]


def test_a_block_stands_in_for_weekdays_windows_service_time_and_step() -> None:
    demands = (make_demand(weekdays=frozenset({3}), windows=(AFTERNOON,)),)
    visit = {"open_min": 903, "service_min": 30, "block_id": BlockId("b1")}

    assert sentences(visit, demands=demands, blocks=(make_block(),)) == []


@pytest.mark.parametrize(
    "block",
    [
        make_block(id=BlockId("b2")),
        make_block(weekday=1),
        make_block(running=DateRange(first=date(2025, 1, 1), last=date(2025, 12, 31))),
        make_block(stop_id=StopId("s2")),
        make_block(demand_id=DemandId("d2")),
        make_block(bus_id=BusId("ninja")),
        make_block(window=Window(from_min=903, to_min=934)),
    ],
)
def test_a_block_that_does_not_promise_this_visit_changes_nothing(block: Block) -> None:
    visit = {"open_min": 903, "service_min": 30, "block_id": BlockId("b1")}

    assert len(sentences(visit, blocks=(block,))) == 2


def test_a_visit_must_name_its_block_to_be_a_block_visit() -> None:
    assert len(sentences({"open_min": 903, "service_min": 30}, blocks=(make_block(),))) == 2


def test_a_block_does_not_lift_validity_stop_or_bus_of_its_demand() -> None:
    demand = make_demand(stop_id=StopId("s2"), bus_id=BusId("ninja"), days=DayKind.HOLIDAYS)
    visit = {"open_min": 903, "service_min": 30, "block_id": BlockId("b1")}

    assert len(sentences(visit, demands=(demand,), blocks=(make_block(),))) == 3
