"""Berlin wall clock, service dates and ISO weeks."""

from datetime import UTC, date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.dates import (
    BERLIN,
    MINUTES_PER_DAY,
    DateRange,
    Window,
    at,
    clock,
    elapsed_min,
    monday_of,
    parse_clock,
    parse_week,
    week_of,
)
from busplan.domain.errors import InvalidInput

DATES = st.dates(date(1996, 1, 1), date(2090, 12, 31))
SPRING_FORWARD = date(2027, 3, 28)
FALL_BACK = date(2026, 10, 25)


@given(minute=st.integers(0, MINUTES_PER_DAY))
def test_a_clock_reads_back(minute: int) -> None:
    assert parse_clock(clock(minute)) == minute


@pytest.mark.parametrize(("minute", "text"), [(845, "14:05"), (0, "00:00"), (1440, "24:00")])
def test_a_minute_reads_as_the_wall_clock(minute: int, text: str) -> None:
    assert clock(minute) == text


@pytest.mark.parametrize("text", ["24:01", "14:60", "14", "1405", "-1:00", "14:5", "", "14:05:00"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_clock(text)


@given(day=DATES)
def test_a_week_reads_back_to_its_monday(day: date) -> None:
    assert parse_week(week_of(day)) == monday_of(day)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 30), "2026-W49"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_weeks_around_new_year_belong_to_the_year_of_their_thursday(day: date, week: str) -> None:
    assert week_of(day) == week


@pytest.mark.parametrize("text", ["2027-W53", "2026-W00", "2026-49", "W49", "", "26-W49"])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_week(text)


@pytest.mark.parametrize(("start", "end"), [(60, 60), (61, 60), (-1, 60), (0, 1441)])
def test_a_window_lies_inside_one_day(start: int, end: int) -> None:
    with pytest.raises(InvalidInput):
        Window(from_min=start, to_min=end)


def test_a_window_holds_its_ends_and_nothing_beyond() -> None:
    window = Window(from_min=900, to_min=960)

    assert window.holds(900, 960)
    assert not window.holds(899, 960)
    assert not window.holds(900, 961)
    assert str(window) == "15:00-16:00"


@given(first=DATES, length=st.integers(0, 400))
def test_a_date_range_holds_exactly_the_days_it_lists(first: date, length: int) -> None:
    days = DateRange(first=first, last=first + timedelta(days=length))

    listed = list(days)
    assert len(listed) == length + 1
    assert all(day in days for day in listed)
    assert first - timedelta(days=1) not in days
    assert days.last + timedelta(days=1) not in days


def test_a_date_range_does_not_end_before_it_begins() -> None:
    with pytest.raises(InvalidInput):
        DateRange(first=date(2026, 12, 2), last=date(2026, 12, 1))


@given(day=DATES, minute=st.integers(180, 2 * MINUTES_PER_DAY - 1))
def test_a_moment_shows_its_minute_on_the_berlin_clock(day: date, minute: int) -> None:
    """Away from the small hours in which clocks change."""
    moment = at(day, minute)

    days, minute_of_day = divmod(minute, MINUTES_PER_DAY)
    assert moment.date() == day + timedelta(days=days)
    assert moment.hour * 60 + moment.minute == minute_of_day
    assert moment.tzinfo is BERLIN


@pytest.mark.parametrize(
    ("day", "hours"), [(SPRING_FORWARD, 23), (FALL_BACK, 25), (date(2026, 11, 30), 24)]
)
def test_days_of_clock_changes_are_shorter_and_longer(day: date, hours: int) -> None:
    assert elapsed_min(at(day, 0), at(day, MINUTES_PER_DAY)) == hours * 60


@given(day=DATES, minutes=st.integers(0, 10_000), seconds=st.integers(0, 59))
def test_elapsed_minutes_are_whole_and_rounded_down(day: date, minutes: int, seconds: int) -> None:
    begin = at(day, 0).astimezone(UTC)

    assert elapsed_min(begin, begin + timedelta(minutes=minutes, seconds=seconds)) == minutes


def test_moments_without_a_time_zone_are_refused() -> None:
    aware = at(FALL_BACK, 0)

    with pytest.raises(InvalidInput):
        elapsed_min(aware.replace(tzinfo=None), aware)
    with pytest.raises(InvalidInput):
        elapsed_min(aware, aware.replace(tzinfo=None))
