"""Berlin wall clock, service dates and ISO weeks.

Plans speak wall clock: a service date and minutes after midnight in Europe/Berlin.
``at`` alone turns them into a datetime.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from busplan.domain.errors import InvalidInput

BERLIN = ZoneInfo("Europe/Berlin")
MINUTES_PER_DAY = 24 * 60
DAYS_PER_WEEK = 7
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
"""Short weekday names in files, Monday first, as in RFC 5545 but with a small second letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of one day, minutes after midnight; the end may be reached but not passed."""

    from_min: int
    to_min: int

    def __post_init__(self) -> None:
        if not 0 <= self.from_min < self.to_min <= MINUTES_PER_DAY:
            raise InvalidInput(f"window {self.from_min} to {self.to_min} is not inside one day")

    def __str__(self) -> str:
        return f"{clock(self.from_min)}-{clock(self.to_min)}"

    def holds(self, from_min: int, to_min: int) -> bool:
        """Whether the stretch lies inside the window, ends included."""
        return self.from_min <= from_min and to_min <= self.to_min


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class DateRange:
    """Service dates from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidInput(f"date range {self.first} to {self.last} ends before it begins")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        for offset in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=offset)

    def __str__(self) -> str:
        return f"{self.first}/{self.last}"


def clock(minute: int) -> str:
    """The wall clock of a minute after midnight: 845 is 14:05."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def parse_clock(text: str) -> int:
    """Minutes after midnight of ``HH:MM``; 24:00 is allowed. Raises ``InvalidInput``."""
    match = re.fullmatch(r"(\d{1,2}):(\d{2})", text.strip())
    minute = int(match[1]) * 60 + int(match[2]) if match and int(match[2]) < 60 else -1
    if not 0 <= minute <= MINUTES_PER_DAY:
        raise InvalidInput(f"{text!r} is not a time of day like 14:05")
    return minute


def parse_week(text: str) -> date:
    """The Monday of an ISO 8601 week such as ``2026-W49``. Raises ``InvalidInput``."""
    match = re.fullmatch(r"(\d{4})-?W(\d{2})", text.strip())
    if match:
        try:
            return date.fromisocalendar(int(match[1]), int(match[2]), 1)
        except ValueError:
            pass
    raise InvalidInput(f"{text!r} is not an ISO week like 2026-W49")


def week_of(day: date) -> str:
    """The ISO 8601 week of a date, as ``2026-W49``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(day: date) -> date:
    """The Monday of the ISO week that holds the date."""
    return day - timedelta(days=day.weekday())


def at(day: date, minute: int) -> datetime:
    """The aware moment of a Berlin wall-clock minute; 1440 is midnight at the day's end."""
    days, minute = divmod(minute, MINUTES_PER_DAY)
    return datetime.combine(
        day + timedelta(days=days), time(minute // 60, minute % 60), tzinfo=BERLIN
    )


def elapsed_min(start: datetime, end: datetime) -> int:
    """Real minutes between two aware moments, whole and rounded down.

    Subtracting two Berlin datetimes would ignore the clock change, so both go through UTC.
    """
    for moment in (start, end):
        if moment.tzinfo is None:
            raise InvalidInput(f"{moment} has no time zone")
    return int((end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() // 60)
