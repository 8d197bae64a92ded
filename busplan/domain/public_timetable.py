"""What the public may know: the only types that publishers and the public API accept."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from busplan.domain.errors import InvalidInput
from busplan.domain.fleet import BusId
from busplan.domain.places import Ags, Coordinate, County, Municipality, Outline, Place, StopId
from busplan.domain.programme import OnBoardFact, Signpost
from busplan.domain.site_facts import SiteFacts

PublicVisitId = NewType("PublicVisitId", str)
"""Date and digest: names neither bus nor stop nor place in the tour, so it may stand in a URL."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class DayPart(StrEnum):
    """Part of the day in which a visit opens."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class PublicStatus(StrEnum):
    """What the public reads of a visit. OPEN and DONE are told of unguarded visits only."""

    PLANNED = "planned"
    MOVED = "moved"
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStop:
    """A stop with at least one visit in full in the timetable."""

    id: StopId
    name: str
    ags: Ags
    place: str
    location: Coordinate
    indoor_place: str
    nearest_transit_stop: str
    invented: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicGuest:
    """A partner organisation that is announced for a visit."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicVisit:
    """A visit as far as its level allows.

    ``stop_id``, ``open_min``, ``close_min`` and ``moved_from`` are ``None`` below level FULL, and
    then only town, date and part of the day are known: the place is to be asked for.
    ``moved_from`` names the stop that was announced first, ``from_ags`` the town if it was
    another one; ``changed_at`` is aware. ``revision`` counts how often what is told of the visit
    has changed, so it grows with every change; that a visit is open or done is no change.
    ``guests`` are told of visits in full that take place.
    """

    id: PublicVisitId
    bus_id: BusId
    ags: Ags
    service_date: date
    day_part: DayPart
    status: PublicStatus
    stop_id: StopId | None = None
    open_min: int | None = None
    close_min: int | None = None
    moved_from: str | None = None
    from_ags: Ags | None = None
    changed_at: datetime | None = None
    revision: int = 0
    guests: tuple[PublicGuest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicTour:
    """One day of a bus from depot to depot through the stops that the public knows of.

    It follows from the public visits alone: ``stop_ids`` by opening time, cancelled visits and
    visits below FULL left out. ``length_m`` and ``drive_min`` are those of this very path.
    """

    bus_id: BusId
    service_date: date
    stop_ids: tuple[StopId, ...]
    path: tuple[Coordinate, ...]
    length_m: int
    drive_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicBus:
    """A bus by name and colour, ``#rrggbb``."""

    id: BusId
    name: str
    colour: str

    def __post_init__(self) -> None:
        if not _COLOUR.fullmatch(self.colour):
            raise InvalidInput(f"bus {self.id}: {self.colour!r} is not a colour like #335577")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicTimetable:
    """All that publishers ever see. ``as_of`` is aware; visits are ordered by date and opening.

    ``first_day`` to ``last_day`` is the published horizon.
    """

    county: County
    as_of: datetime
    first_day: date
    last_day: date
    municipalities: tuple[Municipality, ...]
    places: tuple[Place, ...]
    outlines: tuple[Outline, ...]
    buses: tuple[PublicBus, ...]
    stops: tuple[PublicStop, ...]
    visits: tuple[PublicVisit, ...]
    tours: tuple[PublicTour, ...]
    on_board: tuple[OnBoardFact, ...] = ()
    signposts: tuple[Signpost, ...] = ()
    site: SiteFacts = field(default_factory=SiteFacts)
