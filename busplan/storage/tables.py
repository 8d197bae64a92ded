"""Tables of plans, stop events and the house itself: columns, keys and indexes, no behaviour.

Rows do not validate; ``*_mapping.py`` turns them into domain types, which do. What is only ever
read together with its owner, such as breaks, is JSON in the owner's row. Service dates are dates;
moments are aware and kept as UTC: ``UTCDateTime`` refuses naive ones.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKeyConstraint, MetaData, UniqueConstraint
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Names of constraints, so that migrations can speak of them on every database."""


class Row(SQLModel):
    """The root of all tables."""

    metadata = MetaData(naming_convention=NAMES)


# Plans: kept for ever, so they point at stops and demand by name and not by foreign key.


class PlanVersionRow(Row, table=True):
    """A stored solution; quality columns are empty for plans made by hand."""

    __tablename__ = "plan_version"
    id: int | None = Field(default=None, primary_key=True)
    county: str
    first_day: date = Field(index=True)
    last_day: date
    weeks: int
    status: str = Field(index=True)
    created_at: datetime = Field(sa_type=UTCDateTime)
    published_at: datetime | None = Field(sa_type=UTCDateTime)
    terms: dict[str, int] | None = Field(sa_type=JSON(none_as_null=True))
    bound: int | None = Field(sa_type=BigInteger)
    proof: str | None
    unserved: list[dict[str, Any]] = Field(sa_type=JSON)
    lost_blocks: list[dict[str, Any]] = Field(sa_type=JSON)
    lost_pins: list[str] = Field(sa_type=JSON)


class PublishedWeekRow(Row, table=True):
    """Which plan is published for a week: its primary key allows only one."""

    __tablename__ = "published_week"
    monday: date = Field(primary_key=True)
    plan_version_id: int = Field(foreign_key="plan_version.id", index=True)


class TourRow(Row, table=True):
    """A tour by its place in the plan."""

    __tablename__ = "tour"
    plan_version_id: int = Field(primary_key=True, foreign_key="plan_version.id")
    position: int = Field(primary_key=True)
    bus_id: str
    service_date: date = Field(index=True)
    depart_min: int
    return_min: int
    drive_min: int
    length_m: int


class VisitRow(Row, table=True):
    """A visit by its place in the tour; its id is unique within the plan."""

    __tablename__ = "visit"
    __table_args__ = (
        ForeignKeyConstraint(
            ["plan_version_id", "tour_position"], ["tour.plan_version_id", "tour.position"]
        ),
        UniqueConstraint("plan_version_id", "visit_id"),
    )
    plan_version_id: int = Field(primary_key=True)
    tour_position: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    visit_id: str = Field(index=True)
    demand_id: str
    stop_id: str
    arrival_min: int
    open_min: int
    close_min: int
    departure_min: int
    block_id: str | None
    level: str | None


class DutyRow(Row, table=True):
    """A crew member's duty on a tour; ``breaks`` are [start, end] in minutes."""

    __tablename__ = "duty"
    __table_args__ = (
        ForeignKeyConstraint(
            ["plan_version_id", "tour_position"], ["tour.plan_version_id", "tour.position"]
        ),
    )
    plan_version_id: int = Field(primary_key=True)
    tour_position: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    crew_id: str = Field(index=True)
    drives: bool
    start_min: int
    end_min: int
    breaks: list[list[int]] = Field(sa_type=JSON)


# What happened: rows are added, never changed (a trigger refuses it).


class StopEventRow(Row, table=True):
    """One entry of the log; ``sequence`` counts a visit's events from 1."""

    __tablename__ = "stop_event"
    visit_id: str = Field(primary_key=True)
    sequence: int = Field(primary_key=True)
    kind: str
    at: datetime = Field(sa_type=UTCDateTime, index=True)
    reason: str | None
    to_stop_id: str | None
    to_open_min: int | None
    to_close_min: int | None
    tallied: bool


class TallyCountRow(Row, table=True):
    """Contacts of one age band, counted when leaving."""

    __tablename__ = "tally_count"
    __table_args__ = (
        ForeignKeyConstraint(
            ["visit_id", "sequence"], ["stop_event.visit_id", "stop_event.sequence"]
        ),
    )
    visit_id: str = Field(primary_key=True)
    sequence: int = Field(primary_key=True)
    age_band: str = Field(primary_key=True)
    position: int
    contacts: int


# The house itself.


class TokenRow(Row, table=True):
    """A staff token by the hash of its secret."""

    __tablename__ = "token"
    label: str = Field(primary_key=True)
    token_hash: str = Field(unique=True)
    created_at: datetime = Field(sa_type=UTCDateTime)
    revoked: bool


class WithdrawnBusRow(Row, table=True):
    """A bus of which nothing is shown, whatever the county's data says of it."""

    __tablename__ = "withdrawn_bus"
    bus_id: str = Field(primary_key=True)
    since: datetime = Field(sa_type=UTCDateTime)


class RevisionRow(Row, table=True):
    """One row: how often what readers see has changed."""

    __tablename__ = "revision"
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    value: int = Field(sa_type=BigInteger)
