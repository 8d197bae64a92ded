"""Where things are: coordinates, municipalities, places, stops and depots."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from busplan.domain.dates import DateRange
from busplan.domain.errors import InvalidInput
from busplan.domain.publication_level import PublicationLevel

Ags = NewType("Ags", str)
"""Official municipality key (Amtlicher Gemeindeschlüssel), eight digits."""
PlaceId = NewType("PlaceId", str)
StopId = NewType("StopId", str)
DepotId = NewType("DepotId", str)


@dataclass(frozen=True, slots=True)
class Coordinate:
    """A point in WGS 84, degrees."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise InvalidInput(f"({self.lat}, {self.lon}) is not a WGS 84 latitude and longitude")


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """One of the county's towns.

    ``served`` says whether the buses owe this town visits; a town with a youth office of its own
    may be outside the service area. ``young_people`` counts residents aged 6 to under 27 and is
    ``None`` where nobody has published it: it is never guessed.
    """

    ags: Ags
    name: str
    postcodes: tuple[str, ...]
    residents: int
    residents_date: date
    young_people: int | None = None
    young_people_date: date | None = None
    youth_office: str
    served: bool
    main_place: str
    location: Coordinate
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The border of a municipality: closed outer rings, holes left out."""

    ags: Ags
    rings: tuple[tuple[Coordinate, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A locality that people search for."""

    id: PlaceId
    name: str
    ags: Ags
    location: Coordinate
    accuracy_m: int
    kind: str
    source: str
    licence: str


class Origin(StrEnum):
    """Whether a stop was reported by somebody or made up for the demonstration."""

    REPORTED = "reported"
    INVENTED = "invented"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A place where a bus may stand.

    Vehicle limits are ``None`` where no limit is known. ``level`` is the most that may ever be
    published of a visit here. ``agreement`` is ``None`` while no site agreement exists, and then
    no bus may stand here.
    """

    id: StopId
    name: str
    ags: Ags
    place_id: PlaceId
    location: Coordinate
    level: PublicationLevel = PublicationLevel.FULL
    power: bool = False
    max_height_m: float | None = None
    max_length_m: float | None = None
    max_weight_t: float | None = None
    agreement: DateRange | None = None
    lit: bool = False
    indoor_place: str = ""
    closed: tuple[DateRange, ...] = ()
    nearest_transit_stop: str = ""
    note: str = ""
    origin: Origin
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Depot:
    """Where a bus starts and ends its tours."""

    id: DepotId
    name: str
    location: Coordinate


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """Who runs the buses and whom to ask; ``holiday_region`` is an ISO 3166-2 code, DE-NW."""

    id: str
    name: str
    holiday_region: str
    contact_phone: str = ""
    contact_mail: str = ""
    contact_note: str = ""
    source: str = ""
    demo: bool = False
