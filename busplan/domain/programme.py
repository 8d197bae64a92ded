"""What is on board of the buses, who comes along as a guest, and where else the county helps."""

from dataclasses import dataclass
from datetime import date, timedelta

from busplan.domain.dates import DateRange
from busplan.domain.fleet import BusId
from busplan.domain.places import Ags, StopId

MOST_SIGNPOSTS = 4
"""Signposts that a town may show: the bus stays the young people's place."""
CHECKED_FOR = timedelta(days=365)
"""How long a signpost is trusted after somebody last checked it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnBoardFact:
    """One thing that people want to know of a bus before they dare to come."""

    id: str
    bus_id: BusId
    title: str
    text: str
    source: str
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """A partner organisation on board of a bus on some dates; ``stop_id`` ``None`` for all day."""

    id: str
    name: str
    text: str = ""
    bus_id: BusId
    stop_id: StopId | None = None
    dates: tuple[DateRange, ...]
    public: bool
    source: str = ""

    def comes_to(self, bus_id: BusId, stop_id: StopId, day: date) -> bool:
        """Whether the guest is on board of this bus at this stop on this day."""
        here = self.bus_id == bus_id and self.stop_id in (None, stop_id)
        return here and any(day in dates for dates in self.dates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signpost:
    """Another offer of the county; ``ags`` ``None`` for every town.

    ``checked`` is the day on which somebody last compared it with its source.
    """

    id: str
    ags: Ags | None = None
    title: str
    text: str
    phone: str = ""
    url: str = ""
    checked: date
    source: str
    licence: str

    def concerns(self, ags: Ags) -> bool:
        """Whether the town shows it."""
        return self.ags in (None, ags)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """All that a county tells about its buses beyond where and when."""

    on_board: tuple[OnBoardFact, ...] = ()
    guests: tuple[Guest, ...] = ()
    signposts: tuple[Signpost, ...] = ()
