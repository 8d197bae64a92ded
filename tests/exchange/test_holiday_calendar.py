"""Holidays of North Rhine-Westphalia, and how a county corrects them."""

from datetime import date

import pytest

from busplan.domain.calendar import CalendarEntry, EntryKind, Scope
from busplan.domain.dates import DateRange
from busplan.domain.errors import InvalidInput
from busplan.exchange.holiday_calendar import build_calendar, has_holidays

REGION = "DE-NW"


def make_entry(
    day: date, kind: EntryKind, scope: Scope = Scope.ALL, target: str = ""
) -> CalendarEntry:
    """An entry of one day."""
    dates = DateRange(first=day, last=day)
    return CalendarEntry(
        dates=dates, kind=kind, scope=scope, target=target, name="Anlass", source="test"
    )


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-03-30", "2026-04-11"),
        ("2026-05-26", "2026-05-26"),
        ("2026-07-20", "2026-09-01"),
        ("2026-10-17", "2026-10-31"),
        ("2026-12-23", "2027-01-06"),
        ("2027-03-22", "2027-04-03"),
        ("2027-05-18", "2027-05-18"),
        ("2027-07-19", "2027-08-31"),
        ("2027-10-23", "2027-11-06"),
        ("2027-12-24", "2028-01-08"),
    ],
)
def test_school_holidays_are_those_of_two_published_lists(first: str, last: str) -> None:
    calendar = build_calendar(REGION, (), range(2026, 2029))
    stretch = DateRange(first=date.fromisoformat(first), last=date.fromisoformat(last))

    assert set(stretch) <= calendar.school_holidays | calendar.public_holidays.keys()
    for day in (stretch.first, stretch.last):
        assert day in calendar.school_holidays
    for outside in (stretch.first.toordinal() - 1, stretch.last.toordinal() + 1):
        assert date.fromordinal(outside) not in calendar.school_holidays


def test_public_holidays_have_their_german_names() -> None:
    calendar = build_calendar(REGION, (), [2026])

    assert calendar.public_holidays[date(2026, 6, 4)] == "Fronleichnam"
    assert date(2026, 1, 6) not in calendar.public_holidays
    assert len(calendar.public_holidays) == 11


def test_the_demo_week_has_school_on_all_five_days() -> None:
    calendar = build_calendar(REGION, (), [2026])

    week = DateRange(first=date(2026, 11, 30), last=date(2026, 12, 4))
    assert all(calendar.is_school_day(day) for day in week)


def test_entries_correct_the_lists_and_the_later_one_wins() -> None:
    day = date(2026, 11, 30)
    entries = (
        make_entry(day, EntryKind.PUBLIC_HOLIDAY),
        make_entry(day, EntryKind.SCHOOL_HOLIDAY),
        make_entry(day, EntryKind.SCHOOL_DAY),
        make_entry(date(2026, 1, 1), EntryKind.NO_PUBLIC_HOLIDAY),
    )

    calendar = build_calendar(REGION, entries, [2026])

    assert calendar.public_holidays[day] == "Anlass"
    assert day not in calendar.school_holidays
    assert date(2026, 1, 1) not in calendar.public_holidays


def test_closures_keep_whom_they_concern() -> None:
    day = date(2026, 12, 1)

    calendar = build_calendar(
        REGION, [make_entry(day, EntryKind.CLOSED, Scope.BUS, "ninja")], [2026]
    )

    assert calendar.closure_of(Scope.BUS, "ninja", day) is not None
    assert calendar.closure_of(Scope.BUS, "wilde13", day) is None


def test_years_without_published_school_holidays_are_not_known() -> None:
    calendar = build_calendar(REGION, (), [2026, 2027, 2079])

    assert calendar.known == DateRange(first=date(2026, 1, 1), last=date(2027, 12, 31))
    assert build_calendar(REGION, (), [2079]).known is None
    assert build_calendar(REGION, (), []).known is None


@pytest.mark.parametrize("region", ["", "NW", "DE-XX", "XX-NW"])
def test_a_region_without_lists_is_refused(region: str) -> None:
    assert not has_holidays(region)
    with pytest.raises(InvalidInput):
        build_calendar(region, (), [2026])
