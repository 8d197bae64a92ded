"""Unbroken rest between one day's work and the next."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.dates import at, elapsed_min
from busplan.domain.fleet import BusId, CrewId
from busplan.domain.parameters import Parameters
from busplan.domain.plan import Tour
from busplan.domain.problem import PastDuty
from busplan.domain.rules.rest import check_rest
from tests.factories import MONDAY, make_bus, make_duty, make_plan, make_problem, make_tour

TUESDAY = MONDAY + timedelta(days=1)
TEN_PM = 22 * 60


def works(day: date, start_min: int, end_min: int, **given: Any) -> Tour:
    duty = make_duty(given.pop("crew_id", "P1"), start_min=start_min, end_min=end_min)
    return make_tour(service_date=day, duties=(duty,), **given)


def sentences(*tours: Tour, **given: Any) -> list[str]:
    first_day = given.pop("first_day", MONDAY)
    problem = make_problem(first_day=first_day, **given)
    return [v.sentence for v in check_rest(make_plan(*tours, first_day=first_day), problem)]


def test_an_evening_stand_refuses_an_early_school_visit_with_the_other_bus() -> None:
    """Stand 16 to 21 h, tear-down and drive 30 min each: home at 22:00, next start from 9:00."""
    evening = works(MONDAY, 900, TEN_PM)
    school = works(TUESDAY, 8 * 60, 720, bus_id=BusId("ninja"))
    buses = (make_bus(), make_bus("ninja"))

    assert sentences(evening, school, buses=buses) == [
        "P1 works until 22:00 on Mo 2026-11-30 and again from 08:00 on Tu 2026-12-01:"
        " 10 h of rest, 11 h are due; the earliest lawful start is 09:00 on Tu 2026-12-01"
    ]


@pytest.mark.parametrize(("start_min", "violations"), [(540, 0), (539, 1)])
def test_eleven_hours_are_enough_and_a_minute_less_is_not(start_min: int, violations: int) -> None:
    found = sentences(works(MONDAY, 900, TEN_PM), works(TUESDAY, start_min, 720))

    assert len(found) == violations


def test_another_person_may_start_early() -> None:
    assert sentences(works(MONDAY, 900, TEN_PM), works(TUESDAY, 480, 720, crew_id="P2")) == []


def test_two_duties_on_one_day_need_no_night_between() -> None:
    evening = works(MONDAY, 900, 1000, bus_id=BusId("ninja"))

    assert sentences(works(MONDAY, 480, 720), evening) == []


def test_the_last_duty_of_a_day_and_the_first_of_the_next_count() -> None:
    late = works(MONDAY, 1200, TEN_PM, bus_id=BusId("ninja"))
    early = works(TUESDAY, 500, 600, bus_id=BusId("ninja"))

    [sentence] = sentences(works(MONDAY, 480, 720), late, works(TUESDAY, 900, 960), early)

    assert "until 22:00" in sentence
    assert "again from 08:20" in sentence


@pytest.mark.parametrize(("end_min", "violations"), [(TEN_PM, 1), (TEN_PM - 60, 0)])
def test_work_before_the_horizon_counts(end_min: int, violations: int) -> None:
    sunday = PastDuty(
        crew_id=CrewId("P1"),
        service_date=MONDAY - timedelta(days=1),
        start_min=900,
        end_min=end_min,
    )

    assert len(sentences(works(MONDAY, 480, 720), past_duties=(sunday,))) == violations


def test_short_rest_before_the_horizon_is_not_the_fault_of_the_plan() -> None:
    past = tuple(
        PastDuty(
            crew_id=CrewId("P1"),
            service_date=MONDAY - timedelta(days=days),
            start_min=480,
            end_min=TEN_PM,
        )
        for days in (8, 7)
    )

    assert sentences(works(MONDAY, 480, 720), past_duties=past) == []


def test_a_day_off_is_rest_enough() -> None:
    wednesday = MONDAY + timedelta(days=2)

    assert sentences(works(MONDAY, 900, 1440), works(wednesday, 0, 60)) == []


def test_the_number_is_a_setting() -> None:
    ten_hours = Parameters(rest_min=600)

    tours = works(MONDAY, 900, TEN_PM), works(TUESDAY, 480, 720)

    assert sentences(*tours, parameters=ten_hours) == []


def test_the_night_the_clocks_go_forward_gives_an_hour_less_rest() -> None:
    """From Saturday 22:00 to Sunday 9:00 are ten hours on 2027-03-28."""
    saturday = date(2027, 3, 27)
    tours = works(saturday, 900, TEN_PM), works(saturday + timedelta(days=1), 540, 720)

    [sentence] = sentences(*tours, first_day=date(2027, 3, 22))

    assert "10 h of rest" in sentence
    assert "the earliest lawful start is 10:00 on Su 2027-03-28" in sentence


@given(end_min=st.integers(600, 1440), start_min=st.integers(0, 900))
def test_the_rule_agrees_with_the_clock(end_min: int, start_min: int) -> None:
    found = sentences(works(MONDAY, 500, end_min), works(TUESDAY, start_min, start_min + 60))

    lawful = elapsed_min(at(MONDAY, end_min), at(TUESDAY, start_min)) >= 660
    assert (found == []) == lawful
