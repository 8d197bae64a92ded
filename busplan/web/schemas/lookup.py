"""What the stop-lookup API answers. Everything here is public."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from busplan.domain.public_timetable import DayPart, PublicStatus
from busplan.web.search import Closeness, Kind


class Out(BaseModel):
    """The root of all answers: never changed once made."""

    model_config = ConfigDict(frozen=True)


class PointOut(Out):
    """A point in WGS 84, degrees."""

    lat: float
    lon: float


class TownRef(Out):
    """A municipality by official key (AGS) and name."""

    ags: str
    name: str


class BusOut(Out):
    """A bus; ``colour`` is its colour on maps."""

    id: str
    name: str
    colour: str


class MunicipalityOut(TownRef):
    """One of the county's towns; ``served`` says whether the buses owe it visits."""

    postcodes: tuple[str, ...]
    served: bool
    location: PointOut


class PlaceOut(Out):
    """A town, place or stop by name.

    ``closeness`` and ``similarity`` say how well a search met it (1: nothing had to be guessed)
    and are null in plain lists.
    """

    kind: Kind
    id: str
    name: str
    town: TownRef
    location: PointOut
    closeness: Closeness | None = None
    similarity: float | None = None


class StopOut(Out):
    """A stop with at least one visit told in full; ``invented`` marks made-up data."""

    id: str
    name: str
    place: str
    town: TownRef
    location: PointOut
    indoor_place: str
    nearest_transit_stop: str
    invented: bool


class ContactOut(Out):
    """Whom to ask for a place that is not published."""

    phone: str
    mail: str
    note: str


class GuestOut(Out):
    """A partner organisation that comes along to a visit, and what it offers there."""

    name: str
    text: str


class Whereabouts(StrEnum):
    """KNOWN: stop and times are public. ASK: they are told to those who ask."""

    KNOWN = "known"
    ASK = "ask"


class VisitOut(Out):
    """A visit as far as the public may know it.

    With ``place`` = ask, stop and times are null and ``contact`` says whom to ask; else
    ``opens`` and ``closes`` are moments, ``opens_clock`` and ``closes_clock`` the wall clock in
    Berlin. A cancelled visit stays listed, with status cancelled. ``guests`` are
    announced for visits in full alone.
    """

    id: str
    status: PublicStatus
    bus: BusOut
    town: TownRef
    date: date
    week: str
    day_part: DayPart
    place: Whereabouts
    stop: StopOut | None
    opens: datetime | None
    closes: datetime | None
    opens_clock: str | None
    closes_clock: str | None
    moved_from: str | None
    changed_at: datetime | None
    guests: tuple[GuestOut, ...]
    contact: ContactOut | None


class NextVisitOut(Out):
    """When a bus comes to a town: ``next`` is the first visit not over and not cancelled.

    ``upcoming`` lists up to five visits that are not over, cancelled ones among them. ``served``
    says whether the buses owe the town visits; a town may have a youth office of its own.
    """

    town: TownRef
    served: bool
    next: VisitOut | None
    upcoming: tuple[VisitOut, ...]
    contact: ContactOut


class WeekRef(Out):
    """A published ISO week, Monday to Sunday."""

    week: str
    first_day: date
    last_day: date


class WeekOut(WeekRef):
    """All public visits of a week, by date and opening."""

    visits: tuple[VisitOut, ...]


class MunicipalityList(Out):
    """All municipalities, by name."""

    items: tuple[MunicipalityOut, ...]


class PlaceList(Out):
    """All places by name, or what a search found, best first."""

    items: tuple[PlaceOut, ...]


class StopList(Out):
    """All public stops, by town and name."""

    items: tuple[StopOut, ...]


class BusList(Out):
    """All buses."""

    items: tuple[BusOut, ...]


class WeekList(Out):
    """The published weeks in order."""

    items: tuple[WeekRef, ...]


class NextVisitList(Out):
    """One answer per town that the name may mean, best first."""

    items: tuple[NextVisitOut, ...]


class VisitPage(Out):
    """A page of visits; ``next`` is the address of the following page, null on the last."""

    total: int = Field(description="Visits that meet all filters, on all pages.")
    limit: int
    offset: int
    next: str | None
    items: tuple[VisitOut, ...]
