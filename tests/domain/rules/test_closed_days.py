"""No tour on a day its bus does not work, no visit where it is closed."""

from datetime import timedelta
from typing import Any

import pytest

from busplan.domain.calendar import Closure, Scope, ServiceCalendar
from busplan.domain.dates import DateRange
from busplan.domain.rules.closed_days import check_closed_days
from tests.factories import MONDAY, make_bus, make_plan, make_problem, make_stop

TODAY = DateRange(first=MONDAY, last=MONDAY)
TOMORROW = DateRange(first=MONDAY + timedelta(days=1), last=MONDAY + timedelta(days=1))
HOLIDAY = ServiceCalendar(public_holidays={MONDAY: "Feiertag"})


def sentences(**given: Any) -> list[str]:
    return [v.sentence for v in check_closed_days(make_plan(), make_problem(**given))]


def closure(scope: Scope, target: str, dates: DateRange = TODAY) -> dict[str, Any]:
    closed = Closure(dates=dates, scope=scope, target=target, reason="Kirmes")
    return {"calendar": ServiceCalendar(closures=(closed,))}


def test_a_bus_keeps_to_its_weekdays() -> None:
    assert sentences(buses=(make_bus(weekdays=frozenset({0})),)) == []
    assert sentences(buses=(make_bus(weekdays=frozenset({1})),)) == [
        "wilde13 does not work on Mo 2026-11-30"
    ]


def test_a_bus_rests_on_public_holidays_unless_it_works_then() -> None:
    assert sentences(calendar=HOLIDAY, buses=(make_bus(public_holidays=True),)) == []
    assert sentences(calendar=HOLIDAY) == [
        "wilde13 does not work on public holidays, Mo 2026-11-30 is Feiertag"
    ]


def test_a_stop_is_not_visited_on_its_closed_dates() -> None:
    assert sentences(stops=(make_stop(closed=(TOMORROW,)),)) == []
    assert sentences(stops=(make_stop(closed=(TOMORROW, TODAY)),)) == [
        "Halt s1 is closed 2026-11-30/2026-11-30"
    ]


@pytest.mark.parametrize(
    ("scope", "target"),
    [(Scope.ALL, ""), (Scope.MUNICIPALITY, "05358004"), (Scope.STOP, "s1")],
)
def test_closures_of_stop_town_or_county_count_once(scope: Scope, target: str) -> None:
    assert sentences(**closure(scope, target)) == [
        "Halt s1 is closed 2026-11-30/2026-11-30: Kirmes"
    ]
    assert sentences(**closure(scope, target, TOMORROW)) == []


@pytest.mark.parametrize(
    ("scope", "target"),
    [(Scope.MUNICIPALITY, "05358008"), (Scope.STOP, "s2"), (Scope.BUS, "wilde13")],
)
def test_closures_of_other_things_do_not_matter_here(scope: Scope, target: str) -> None:
    assert sentences(**closure(scope, target)) == []
