"""Buses and the people who drive and staff them, known by code only."""

from dataclasses import dataclass
from typing import NewType

from busplan.domain.dates import DateRange, Window
from busplan.domain.errors import InvalidInput
from busplan.domain.places import Depot
from busplan.domain.publication_level import PublicationLevel

BusId = NewType("BusId", str)
CrewId = NewType("CrewId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bus:
    """A vehicle with what it can do, needs and may show.

    Crews work ``prepare_min`` before it leaves the depot and ``finish_min`` after its return.
    ``week_max_min`` caps its tours' duty minutes in one week, ``None`` for no cap.
    """

    id: BusId
    name: str
    depot: Depot
    offers: frozenset[str]
    licence: str
    weekdays: frozenset[int]
    public_holidays: bool = False
    needs_power: bool
    height_m: float
    length_m: float
    weight_t: float
    set_up_min: int
    tear_down_min: int
    prepare_min: int = 0
    finish_min: int = 0
    min_adults: int = 1
    max_visits_per_day: int = 4
    week_max_min: int | None = None
    in_service: DateRange
    level: PublicationLevel
    colour: str = "#335577"
    origin: str = ""

    def __post_init__(self) -> None:
        if self.min_adults not in (1, 2):
            raise InvalidInput(f"bus {self.id}: {self.min_adults} adults; 1 or 2 are planned")
        if min(self.set_up_min, self.tear_down_min, self.prepare_min, self.finish_min) < 0:
            raise InvalidInput(f"bus {self.id}: a duration below zero")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """When a crew member is available: some weekdays (0 = Monday), one stretch of the day."""

    weekdays: frozenset[int]
    window: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewMember:
    """A person by code: licences, offers they can give, shifts and absences; never a name."""

    id: CrewId
    licences: frozenset[str]
    offers: frozenset[str]
    shifts: tuple[Shift, ...]
    employed: DateRange
    absent: tuple[DateRange, ...] = ()
    week_max_min: int | None = None
