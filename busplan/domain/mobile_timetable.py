"""What a mobile library publishes: who stands where, on which days of a cycle, and how long."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, hypot, lcm, radians

from busplan.domain.dates import DAYS_PER_WEEK, MINUTES_PER_DAY, monday_of
from busplan.domain.errors import InvalidInput
from busplan.domain.places import Coordinate

WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
RULE_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MONTH_WEEKS = 4
"""A monthly visit is planned every four weeks: a cycle of weeks has no months."""
MOST_WEEKS = 12
"""Longest cycle that is planned: some weeks of every length published, and their pairs."""
METRES_PER_DEGREE = 111_200
_PART = re.compile(r"(FREQ|INTERVAL|BYDAY|BYSETPOS|WKST)=([A-Z0-9,+-]+)")
_RULE_DAY = re.compile(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """How often a visit comes back: ``rule`` as published, every so many ``weeks``.

    ``weekdays`` are those that the rule names, 0 = Monday; none means the weekday of its start.
    """

    rule: str
    weeks: int
    weekdays: frozenset[int] = frozenset()
    monthly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedVisit:
    """One row of a timetable: a vehicle at a stop, from ``start`` on as often as it says.

    Times are minutes after midnight by the wall clock there. ``start`` is the first date
    (DTSTART of RFC 5545), which fixes the week of the cycle.
    """

    organisation: str
    vehicle: str
    tour: str
    community: str
    stop: str
    address: str
    postcode: str
    location: Coordinate
    kind: str
    arrival_min: int
    departure_min: int
    frequency: Frequency
    start: date
    end: date | None = None
    exceptions: tuple[date, ...] = ()
    source: str

    def __post_init__(self) -> None:
        if not 0 <= self.arrival_min <= self.departure_min <= MINUTES_PER_DAY:
            raise InvalidInput("a departure on the same day, not before the arrival")
        if self.end is not None and self.end < self.start:
            raise InvalidInput("an end not before the start")

    @property
    def service_min(self) -> int:
        """Minutes at the stop."""
        return self.departure_min - self.arrival_min

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays on which it comes, 0 = Monday."""
        return self.frequency.weekdays or frozenset({self.start.weekday()})

    @property
    def first_date(self) -> date:
        """The first date from ``start`` on that is one of its weekdays."""
        return min(
            self.start + timedelta(days=(d - self.start.weekday()) % 7) for d in self.weekdays
        )

    @property
    def weekday(self) -> int:
        """The weekday of its first date, 0 = Monday."""
        return self.first_date.weekday()

    def days(self, first_monday: date, weeks: int) -> Iterator[int]:
        """Its days in a cycle that began, or begins, on the Monday; 0 = that Monday."""
        phase = (monday_of(self.first_date) - first_monday).days // DAYS_PER_WEEK
        every = self.frequency.weeks
        for week in range(phase % every, weeks, every):
            yield from (week * DAYS_PER_WEEK + day for day in sorted(self.weekdays))


@dataclass(frozen=True, slots=True, kw_only=True)
class MobileTimetable:
    """All visits that one authority publishes, in the order of its file."""

    name: str
    visits: tuple[PublishedVisit, ...]

    def __post_init__(self) -> None:
        if not self.visits:
            raise InvalidInput(f"{self.name}: a timetable without a visit")
        if self.weeks > MOST_WEEKS:
            raise InvalidInput(
                f"{self.name}: its frequencies repeat every {self.weeks} weeks only,"
                f" more than {MOST_WEEKS}"
            )

    @property
    def weeks(self) -> int:
        """Length of the cycle after which everything repeats."""
        return lcm(*{visit.frequency.weeks for visit in self.visits})

    @property
    def first_monday(self) -> date:
        """The Monday of the first week in which anything is published."""
        return min(monday_of(visit.first_date) for visit in self.visits)


def parse_frequency(rule: str) -> Frequency:
    """A recurrence rule of RFC 5545, as far as timetables use it. Raises ``InvalidInput``.

    Weekly rules with an interval and weekdays are kept exactly; monthly ones come every
    ``MONTH_WEEKS`` weeks.
    """
    parts = dict(_parts(rule))
    monthly = parts.get("FREQ") == "MONTHLY"
    interval = parts.get("INTERVAL", "1")
    if parts.get("FREQ") not in ("WEEKLY", "MONTHLY") or not re.fullmatch("[1-9][0-9]?", interval):
        raise InvalidInput(f"{rule!r} is no weekly or monthly rule")
    named = [_RULE_DAY.fullmatch(day) for day in parts.get("BYDAY", "").split(",") if day]
    if not all(named) or (monthly and len(named) > 1):
        raise InvalidInput(f"{rule!r} names weekdays that cannot be used")
    return Frequency(
        rule=rule,
        weeks=int(interval) * (MONTH_WEEKS if monthly else 1),
        weekdays=frozenset(RULE_DAYS.index(day[2]) for day in named if day),
        monthly=monthly,
    )


def apart_m(here: Coordinate, there: Coordinate) -> float:
    """Metres as the crow flies, good to a percent: enough to tell near from far."""
    east = (here.lon - there.lon) * cos(radians((here.lat + there.lat) / 2))
    return METRES_PER_DEGREE * hypot(here.lat - there.lat, east)


def every(weeks: int) -> Frequency:
    """A weekly rule with that interval."""
    return parse_frequency(f"FREQ=WEEKLY;INTERVAL={weeks}")


def _parts(rule: str) -> Iterator[tuple[str, str]]:
    for part in rule.removeprefix("RRULE:").split(";"):
        match = _PART.fullmatch(part)
        if match is None:
            raise InvalidInput(f"{rule!r} is no rule like FREQ=WEEKLY;INTERVAL=2")
        yield match[1], match[2]
