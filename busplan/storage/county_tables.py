"""Tables of the county's data, replaced as a whole when it is loaded; no behaviour.

``position`` keeps the order of the files. What is only ever read together with its owner, such as
windows or postcodes, is JSON in the owner's row.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from busplan.storage.tables import Row


class CountyRow(Row, table=True):
    """The one county of this database."""

    __tablename__ = "county"
    id: str = Field(primary_key=True)
    name: str
    holiday_region: str
    contact_phone: str
    contact_mail: str
    contact_note: str
    source: str
    demo: bool


class MunicipalityRow(Row, table=True):
    """A town by its official key."""

    __tablename__ = "municipality"
    ags: str = Field(primary_key=True)
    position: int
    name: str
    postcodes: list[str] = Field(sa_type=JSON)
    residents: int
    residents_date: date
    young_people: int | None
    young_people_date: date | None
    youth_office: str
    served: bool
    main_place: str
    lat: float
    lon: float
    source: str


class PlaceRow(Row, table=True):
    """A locality that people search for."""

    __tablename__ = "place"
    id: str = Field(primary_key=True)
    position: int
    name: str
    ags: str = Field(foreign_key="municipality.ags", index=True)
    lat: float
    lon: float
    accuracy_m: int
    kind: str
    source: str
    licence: str


class OutlineRow(Row, table=True):
    """A municipality's border: rings of [lat, lon]."""

    __tablename__ = "outline"
    ags: str = Field(primary_key=True, foreign_key="municipality.ags")
    position: int
    rings: list[list[list[float]]] = Field(sa_type=JSON)


class StopRow(Row, table=True):
    """A place where a bus may stand; ``closed`` are pairs of ISO dates."""

    __tablename__ = "stop"
    id: str = Field(primary_key=True)
    position: int
    name: str
    ags: str = Field(foreign_key="municipality.ags", index=True)
    place_id: str = Field(foreign_key="place.id", index=True)
    lat: float
    lon: float
    level: str
    power: bool
    max_height_m: float | None
    max_length_m: float | None
    max_weight_t: float | None
    agreement_first: date | None
    agreement_last: date | None
    lit: bool
    indoor_place: str
    closed: list[list[str]] = Field(sa_type=JSON)
    nearest_transit_stop: str
    note: str
    origin: str
    source: str


class BusRow(Row, table=True):
    """A vehicle with its depot."""

    __tablename__ = "bus"
    id: str = Field(primary_key=True)
    position: int
    name: str
    depot_id: str
    depot_name: str
    depot_lat: float
    depot_lon: float
    offers: list[str] = Field(sa_type=JSON)
    licence: str
    weekdays: list[int] = Field(sa_type=JSON)
    public_holidays: bool
    needs_power: bool
    height_m: float
    length_m: float
    weight_t: float
    set_up_min: int
    tear_down_min: int
    prepare_min: int
    finish_min: int
    min_adults: int
    max_visits_per_day: int
    week_max_min: int | None
    in_service_first: date
    in_service_last: date
    level: str
    colour: str
    origin: str


class CrewRow(Row, table=True):
    """A person by code; ``shifts`` are [weekdays, [from, to]], ``absent`` pairs of ISO dates."""

    __tablename__ = "crew"
    id: str = Field(primary_key=True)
    position: int
    licences: list[str] = Field(sa_type=JSON)
    offers: list[str] = Field(sa_type=JSON)
    shifts: list[list[Any]] = Field(sa_type=JSON)
    employed_first: date
    employed_last: date
    absent: list[list[str]] = Field(sa_type=JSON)
    week_max_min: int | None


class DemandRow(Row, table=True):
    """What a stop or municipality asks for; ``windows`` are [from, to] in minutes."""

    __tablename__ = "demand"
    id: str = Field(primary_key=True)
    position: int
    ags: str = Field(foreign_key="municipality.ags", index=True)
    stop_id: str | None = Field(foreign_key="stop.id", index=True)
    offer: str
    period_weeks: int
    least: int
    wished: int
    most: int
    service_min: int
    weekdays: list[int] = Field(sa_type=JSON)
    windows: list[list[int]] = Field(sa_type=JSON)
    patterns: list[list[int]] = Field(sa_type=JSON)
    headway_min_days: int
    weight: int
    valid_first: date
    valid_last: date
    days: str
    bus_id: str | None = Field(foreign_key="bus.id")
    joint: bool
    level: str | None
    asked_by: str
    note: str


class BlockRow(Row, table=True):
    """A weekday of a bus given to one stop for months."""

    __tablename__ = "block"
    id: str = Field(primary_key=True)
    position: int
    stop_id: str = Field(foreign_key="stop.id", index=True)
    demand_id: str = Field(foreign_key="demand.id", index=True)
    bus_id: str = Field(foreign_key="bus.id")
    weekday: int
    from_min: int
    to_min: int
    running_first: date
    running_last: date
    reason: str


class CalendarEntryRow(Row, table=True):
    """A dated row of the county's calendar."""

    __tablename__ = "calendar_entry"
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    first: date
    last: date
    kind: str
    scope: str
    target: str
    name: str
    source: str


class ParameterRow(Row, table=True):
    """A number that differs from busplan's own, or has a source of the county's own."""

    __tablename__ = "parameter"
    name: str = Field(primary_key=True)
    position: int
    value: float = Field(sa_type=JSON)
    source: str | None


class OnBoardFactRow(Row, table=True):
    """A thing to know of a bus before coming."""

    __tablename__ = "on_board_fact"
    id: str = Field(primary_key=True)
    position: int
    bus_id: str = Field(foreign_key="bus.id", index=True)
    title: str
    text: str
    source: str
    licence: str


class GuestRow(Row, table=True):
    """A partner organisation on board; ``dates`` are pairs of ISO dates."""

    __tablename__ = "guest"
    id: str = Field(primary_key=True)
    position: int
    name: str
    text: str
    bus_id: str = Field(foreign_key="bus.id", index=True)
    stop_id: str | None = Field(foreign_key="stop.id", index=True)
    dates: list[list[str]] = Field(sa_type=JSON)
    public: bool
    source: str


class SignpostRow(Row, table=True):
    """Another offer of the county, of one town or all."""

    __tablename__ = "signpost"
    id: str = Field(primary_key=True)
    position: int
    ags: str | None = Field(foreign_key="municipality.ags", index=True)
    title: str
    text: str
    phone: str
    url: str
    checked: date
    source: str
    licence: str


class SiteFactsRow(Row, table=True):
    """The county's quick exit and accessibility statement; one row."""

    __tablename__ = "site_facts"
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    leave_url: str
    office: str
    mail: str
    phone: str
    form_url: str
    law: str
    statement_date: date | None
    basis: str
    limits: list[str] = Field(sa_type=JSON)
    enforcement: str
    enforcement_mail: str
    enforcement_url: str
    source: str
