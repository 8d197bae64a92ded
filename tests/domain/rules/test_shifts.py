"""Every tour is staffed from start to end by people who are available."""

from datetime import timedelta
from typing import Any

import pytest

from busplan.domain.dates import DateRange, Window
from busplan.domain.fleet import Shift
from busplan.domain.plan import Duty, Tour
from busplan.domain.rules.shifts import check_shifts
from tests.factories import (
    MONDAY,
    make_bus,
    make_crew,
    make_duty,
    make_plan,
    make_problem,
    make_tour,
)

DRIVER = make_duty("P1")
SECOND = make_duty("P2", drives=False)
YESTERDAY, TOMORROW = MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)


def sentences(*duties: Duty, **given: Any) -> list[str]:
    """What is wrong with a tour that leaves at 14:40 and returns at 16:20."""
    crew = (make_crew("P1"), make_crew("P2"), make_crew("P3"))
    tour: Tour = make_tour(duties=duties)
    return [
        v.sentence for v in check_shifts(make_plan(tour), make_problem(**{"crew": crew} | given))
    ]


def one_member(**given: Any) -> dict[str, Any]:
    return {"crew": (make_crew(**given),)}


def test_one_or_two_adults_of_whom_one_drives_are_a_crew() -> None:
    assert sentences(DRIVER) == []
    assert sentences(DRIVER, SECOND) == []


def test_nobody_and_three_are_no_crew() -> None:
    third = make_duty("P3", drives=False)

    assert "0 adults on board; wilde13 needs 1 and takes 2" in sentences()
    assert sentences(DRIVER, SECOND, third) == ["3 adults on board; wilde13 needs 1 and takes 2"]


def test_a_bus_may_need_two_adults() -> None:
    buses = (make_bus(min_adults=2),)

    assert sentences(DRIVER, SECOND, buses=buses) == []
    assert sentences(DRIVER, buses=buses) == ["1 adults on board; wilde13 needs 2 and takes 2"]


def test_exactly_one_person_drives() -> None:
    assert sentences(make_duty(drives=False)) == ["0 people are named as driver, not one"]
    assert sentences(DRIVER, make_duty("P2")) == ["2 people are named as driver, not one"]


@pytest.mark.parametrize(
    ("start_min", "end_min", "violations"),
    [(870, 1000, 0), (860, 1010, 0), (871, 1000, 1), (870, 999, 1), (880, 980, 2)],
)
def test_duties_last_from_preparing_to_finishing(
    start_min: int, end_min: int, violations: int
) -> None:
    buses = (make_bus(prepare_min=10, finish_min=20),)

    found = sentences(make_duty(start_min=start_min, end_min=end_min), buses=buses)

    assert len(found) == violations


def test_the_sentence_names_the_latest_start() -> None:
    buses = (make_bus(prepare_min=10),)

    assert sentences(make_duty(start_min=871), buses=buses) == [
        "P1 starts at 14:31; to leave at 14:40 after preparing, 14:30 is the latest"
    ]


@pytest.mark.parametrize(
    ("from_min", "to_min", "violations"), [(880, 980, 0), (881, 980, 1), (880, 979, 1)]
)
def test_a_shift_holds_the_whole_duty(from_min: int, to_min: int, violations: int) -> None:
    shift = Shift(weekdays=frozenset({0}), window=Window(from_min=from_min, to_min=to_min))

    assert len(sentences(DRIVER, **one_member(shifts=(shift,)))) == violations


def test_two_shifts_do_not_add_up_to_one() -> None:
    shifts = tuple(
        Shift(weekdays=frozenset({0}), window=Window(from_min=start, to_min=end))
        for start, end in ((600, 930), (930, 1200))
    )

    assert sentences(DRIVER, **one_member(shifts=shifts)) == [
        "P1 is given 14:40-16:20 on Mo 2026-11-30, but has 10:00-15:30, 15:30-20:00 then"
    ]


def test_a_shift_of_another_weekday_does_not_count() -> None:
    shift = Shift(weekdays=frozenset({1}), window=Window(from_min=0, to_min=1440))

    [sentence] = sentences(DRIVER, **one_member(shifts=(shift,)))

    assert sentence.endswith("but has no shift then")


@pytest.mark.parametrize(
    ("employed", "violations"),
    [
        (DateRange(first=MONDAY, last=MONDAY), 0),
        (DateRange(first=TOMORROW, last=TOMORROW), 1),
        (DateRange(first=YESTERDAY, last=YESTERDAY), 1),
    ],
)
def test_crew_members_work_while_employed(employed: DateRange, violations: int) -> None:
    assert len(sentences(DRIVER, **one_member(employed=employed))) == violations


def test_crew_members_do_not_work_while_absent() -> None:
    before = DateRange(first=YESTERDAY, last=YESTERDAY)
    ill = DateRange(first=YESTERDAY, last=MONDAY)

    assert sentences(DRIVER, **one_member(absent=(before,))) == []
    assert sentences(DRIVER, **one_member(absent=(before, ill))) == [
        "P1 is absent 2026-11-29/2026-11-30, so on Mo 2026-11-30"
    ]
