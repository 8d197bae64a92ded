"""Recurrence rules, days of a cycle, and what makes no timetable."""

from datetime import date

import pytest

from busplan.domain.errors import InvalidInput
from busplan.domain.mobile_timetable import parse_frequency
from tests.mobile_timetables import MONDAY, make_published, make_timetable


@pytest.mark.parametrize(
    ("rule", "weeks", "weekdays", "monthly"),
    [
        ("FREQ=WEEKLY;INTERVAL=3", 3, set(), False),
        ("FREQ=WEEKLY", 1, set(), False),
        ("RRULE:INTERVAL=2;FREQ=WEEKLY;BYDAY=TU,FR", 2, {1, 4}, False),
        ("FREQ=MONTHLY;BYDAY=2WE", 4, {2}, True),
        ("FREQ=MONTHLY;INTERVAL=2", 8, set(), True),
    ],
)
def test_rules_that_timetables_use(
    rule: str, weeks: int, weekdays: set[int], monthly: bool
) -> None:
    frequency = parse_frequency(rule)

    assert frequency.rule == rule
    assert (frequency.weeks, frequency.weekdays, frequency.monthly) == (weeks, weekdays, monthly)


@pytest.mark.parametrize(
    "rule",
    [
        *("", "weekly", "FREQ=DAILY", "INTERVAL=2", "FREQ=WEEKLY;INTERVAL=0"),
        *("FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;BYDAY=XX", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
    ],
)
def test_a_rule_that_cannot_be_planned_is_refused(rule: str) -> None:
    with pytest.raises(InvalidInput):
        parse_frequency(rule)


def test_the_start_fixes_the_week_of_the_cycle() -> None:
    second_week = make_published(start=date(2026, 12, 8), rule="FREQ=WEEKLY;INTERVAL=2")
    a_cycle_later = make_published(start=date(2026, 12, 22), rule="FREQ=WEEKLY;INTERVAL=2")

    assert list(second_week.days(MONDAY, 4)) == [8, 22]
    assert list(a_cycle_later.days(MONDAY, 4)) == [8, 22]


def test_weekdays_of_a_rule_count_from_the_start_on() -> None:
    """The start is a Wednesday; the first Tuesday after it is in the next week."""
    visit = make_published(start=date(2026, 12, 2), rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")

    assert visit.first_date == date(2026, 12, 8)
    assert list(visit.days(MONDAY, 2)) == [8]


def test_a_cycle_lasts_until_all_frequencies_repeat() -> None:
    timetable = make_timetable(
        make_published("Green", rule="FREQ=WEEKLY;INTERVAL=2"),
        make_published("Church", rule="FREQ=WEEKLY;INTERVAL=3", start=date(2026, 12, 9)),
    )

    assert timetable.weeks == 6
    assert timetable.first_monday == MONDAY


def test_a_cycle_too_long_to_plan_is_refused() -> None:
    with pytest.raises(InvalidInput, match="every 35 weeks"):
        make_timetable(
            make_published(rule="FREQ=WEEKLY;INTERVAL=5"),
            make_published("Church", rule="FREQ=WEEKLY;INTERVAL=7"),
        )


def test_a_timetable_without_visits_is_refused() -> None:
    with pytest.raises(InvalidInput, match="without a visit"):
        make_timetable()
