"""A bus on tour is in service."""

from datetime import timedelta
from typing import Any

import pytest

from busplan.domain.calendar import Closure, Scope, ServiceCalendar
from busplan.domain.dates import DateRange
from busplan.domain.rules.vehicle import check_vehicle
from tests.factories import MONDAY, make_bus, make_plan, make_problem

YESTERDAY, TOMORROW = MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)


def sentences(**given: Any) -> list[str]:
    return [v.sentence for v in check_vehicle(make_plan(), make_problem(**given))]


def closed(first: Any, last: Any, **given: Any) -> dict[str, Any]:
    usual = {"scope": Scope.BUS, "target": "wilde13", "reason": "Werkstatt"}
    closure = Closure(dates=DateRange(first=first, last=last), **usual | given)
    return {"calendar": ServiceCalendar(closures=(closure,))}


@pytest.mark.parametrize(
    ("first", "last", "violations"),
    [(MONDAY, MONDAY, 0), (TOMORROW, TOMORROW, 1), (YESTERDAY, YESTERDAY, 1)],
)
def test_a_bus_works_while_in_service(first: Any, last: Any, violations: int) -> None:
    buses = (make_bus(in_service=DateRange(first=first, last=last)),)

    assert len(sentences(buses=buses)) == violations


def test_a_bus_in_the_workshop_does_not_work() -> None:
    assert sentences(**closed(YESTERDAY, MONDAY)) == [
        "wilde13 is not available 2026-11-29/2026-11-30: Werkstatt"
    ]


def test_other_days_other_buses_and_other_closures_do_not_matter() -> None:
    assert sentences(**closed(TOMORROW, TOMORROW)) == []
    assert sentences(**closed(MONDAY, MONDAY, target="ninja")) == []
    assert sentences(**closed(MONDAY, MONDAY, scope=Scope.STOP, target="s1")) == []
    assert sentences(**closed(MONDAY, MONDAY, scope=Scope.ALL, target="")) == []
