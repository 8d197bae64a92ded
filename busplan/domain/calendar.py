"""Which days are public holidays, school holidays or closed, and to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from busplan.domain.dates import DateRange


class Scope(StrEnum):
    """Whom a closure concerns."""

    ALL = "all"
    MUNICIPALITY = "municipality"
    STOP = "stop"
    BUS = "bus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Days on which a town, stop or bus is closed, with the reason and its source.

    ``target`` is an AGS, stop id or bus id; empty where the scope is ALL.
    """

    dates: DateRange
    scope: Scope
    target: str = ""
    reason: str
    source: str = ""

    def hits(self, scope: Scope, target: str, day: date) -> bool:
        """Whether this closure concerns the given thing on the given day."""
        return day in self.dates and (
            self.scope is Scope.ALL or (self.scope is scope and self.target == target)
        )


class EntryKind(StrEnum):
    """What a dated row of a county's calendar says."""

    CLOSED = "closed"
    PUBLIC_HOLIDAY = "public_holiday"
    NO_PUBLIC_HOLIDAY = "no_public_holiday"
    SCHOOL_HOLIDAY = "school_holiday"
    SCHOOL_DAY = "school_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One dated row of a county's calendar: a closure, or a correction of the holiday lists.

    ``scope`` and ``target`` matter for closures only.
    """

    dates: DateRange
    kind: EntryKind
    scope: Scope = Scope.ALL
    target: str = ""
    name: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCalendar:
    """Public holidays by date with their names, school holidays and closures of a county.

    Days outside ``known`` have no holiday data at all; planners are warned.
    """

    public_holidays: Mapping[date, str] = field(default_factory=dict)
    school_holidays: frozenset[date] = frozenset()
    closures: tuple[Closure, ...] = ()
    known: DateRange | None = None

    def closure_of(self, scope: Scope, target: str, day: date) -> Closure | None:
        """The first closure that concerns the thing on the day."""
        return next((c for c in self.closures if c.hits(scope, target, day)), None)

    def is_school_day(self, day: date) -> bool:
        """Whether school is held: a weekday that is neither public nor school holiday."""
        return (
            day.weekday() < 5
            and day not in self.public_holidays
            and day not in self.school_holidays
        )
