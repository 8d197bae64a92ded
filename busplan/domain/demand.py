"""What stops and municipalities ask for."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NewType

from busplan.domain.dates import DAYS_PER_WEEK, DateRange, Window
from busplan.domain.errors import InvalidInput
from busplan.domain.fleet import BusId
from busplan.domain.places import Ags, StopId
from busplan.domain.publication_level import PublicationLevel

DemandId = NewType("DemandId", str)
VisitPattern = frozenset[int]
"""Weekdays allowed together for one demand record, 0 = Monday (PVRP)."""


class DayKind(StrEnum):
    """On which days a demand record may be served, by the school calendar."""

    ALL = "all"
    SCHOOL = "school"
    HOLIDAYS = "holidays"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandRecord:
    """What one stop, or one municipality at any of its stops, asks for.

    In every ``period_weeks`` weeks it wishes ``wished`` visits, needs ``least`` and takes at most
    ``most``. ``weekdays`` are 0 = Monday. With ``patterns``, the visits of one week fall on days
    that a single pattern allows together. ``headway_min_days`` is the least number of days
    between two visits. ``joint`` says that both buses were asked for on the same day.
    ``level`` replaces the bus's publication level for these visits, within what the stop allows.
    """

    id: DemandId
    ags: Ags
    stop_id: StopId | None = None
    offer: str
    period_weeks: int = 1
    least: int = 0
    wished: int = 1
    most: int = 1
    service_min: int
    weekdays: frozenset[int]
    windows: tuple[Window, ...]
    patterns: tuple[VisitPattern, ...] = ()
    headway_min_days: int = 1
    weight: int = 1
    valid: DateRange
    days: DayKind = DayKind.ALL
    bus_id: BusId | None = None
    joint: bool = False
    level: PublicationLevel | None = None
    asked_by: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.service_min <= 0:
            raise InvalidInput(f"demand {self.id}: service time {self.service_min} min")
        if not 0 <= self.least <= self.wished <= self.most:
            raise InvalidInput(
                f"demand {self.id}: least {self.least}, wished {self.wished},"
                f" most {self.most} are not in order"
            )
        if self.period_weeks < 1 or self.weight < 1 or self.headway_min_days < 1:
            raise InvalidInput(f"demand {self.id}: period, weight and headway start at 1")
        if not self.weekdays or not self.windows:
            raise InvalidInput(f"demand {self.id}: no weekday or no window")


def need_spans(period_weeks: int, first_day: date, weeks: int) -> tuple[DateRange, ...]:
    """The stretches of ``period_weeks`` weeks over which a horizon's visits are counted.

    They end with the horizon and follow one another backwards, so that only the earliest reaches
    into the weeks before; each holds at least one week of the horizon. Earliest first.
    """
    spans = []
    end = first_day + timedelta(days=weeks * DAYS_PER_WEEK - 1)
    while end >= first_day:
        start = end - timedelta(days=period_weeks * DAYS_PER_WEEK - 1)
        spans.append(DateRange(first=start, last=end))
        end = start - timedelta(days=1)
    return tuple(reversed(spans))


def rolling_periods(period_weeks: int, first_day: date, weeks: int) -> tuple[DateRange, ...]:
    """Every run of ``period_weeks`` whole weeks that ends in a week of the horizon.

    No more than ``most`` visits may fall into any of them.
    """
    periods = []
    for week in range(weeks):
        end = first_day + timedelta(days=(week + 1) * DAYS_PER_WEEK - 1)
        start = end - timedelta(days=period_weeks * DAYS_PER_WEEK - 1)
        periods.append(DateRange(first=start, last=end))
    return tuple(periods)
