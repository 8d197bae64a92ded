"""Which days are public holidays, school holidays or closed, and to whom."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.calendar import Closure, Scope, ServiceCalendar
from busplan.domain.dates import DateRange
from tests.factories import MONDAY

SATURDAY = MONDAY + timedelta(days=5)
TOMORROW = MONDAY + timedelta(days=1)


def closure(scope: Scope, target: str = "", reason: str = "Kirmes") -> Closure:
    dates = DateRange(first=MONDAY, last=TOMORROW)
    return Closure(dates=dates, scope=scope, target=target, reason=reason)


@pytest.mark.parametrize("scope", [Scope.MUNICIPALITY, Scope.STOP, Scope.BUS])
def test_a_closure_concerns_its_target_on_its_days(scope: Scope) -> None:
    closed = closure(scope, "this")

    assert closed.hits(scope, "this", MONDAY)
    assert closed.hits(scope, "this", TOMORROW)
    assert not closed.hits(scope, "this", TOMORROW + timedelta(days=1))
    assert not closed.hits(scope, "that", MONDAY)


@pytest.mark.parametrize(("asked", "other"), [(Scope.STOP, Scope.BUS), (Scope.BUS, Scope.STOP)])
def test_a_stop_and_a_bus_of_one_name_are_not_confused(asked: Scope, other: Scope) -> None:
    assert not closure(other, "this").hits(asked, "this", MONDAY)


@pytest.mark.parametrize("scope", list(Scope))
def test_a_closure_of_everything_concerns_everything(scope: Scope) -> None:
    assert closure(Scope.ALL).hits(scope, "anything", MONDAY)


def test_the_first_closure_that_concerns_a_thing_is_found() -> None:
    first, second = closure(Scope.STOP, "s1", "Markt"), closure(Scope.ALL, reason="Sturm")
    calendar = ServiceCalendar(closures=(first, second))

    assert calendar.closure_of(Scope.STOP, "s1", MONDAY) == first
    assert calendar.closure_of(Scope.STOP, "s2", MONDAY) == second
    assert calendar.closure_of(Scope.STOP, "s1", MONDAY - timedelta(days=1)) is None


def test_school_is_held_on_weekdays_without_any_holiday() -> None:
    assert ServiceCalendar().is_school_day(MONDAY)
    assert not ServiceCalendar().is_school_day(SATURDAY)
    assert not ServiceCalendar(public_holidays={MONDAY: "Feiertag"}).is_school_day(MONDAY)
    assert not ServiceCalendar(school_holidays=frozenset({MONDAY})).is_school_day(MONDAY)


@given(day=st.dates(), holidays=st.frozensets(st.dates()))
def test_no_day_is_both_school_day_and_school_holiday(day: date, holidays: frozenset[date]) -> None:
    calendar = ServiceCalendar(school_holidays=holidays | {day})

    assert not calendar.is_school_day(day)
