"""Every table of a county's folder, in the order in which its problems are told."""

from dataclasses import dataclass
from typing import Any

from busplan.domain.calendar import CalendarEntry, EntryKind, Scope
from busplan.exchange.cells import number, one_of
from busplan.exchange.place_tables import COUNTY, MUNICIPALITIES, PLACES, STOPS
from busplan.exchange.programme_tables import GUESTS, ON_BOARD, SIGNPOSTS, SITE
from busplan.exchange.service_tables import BLOCKS, CREW, DEMAND, FLEET
from busplan.exchange.tables import (
    REQUIRED,
    Column,
    Table,
    day_columns,
    from_to,
    key_column,
    text_column,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRow:
    """A parameter that the county sets itself, and on whose word."""

    name: str
    value: float
    source: str


CALENDAR: Table[CalendarEntry] = Table(
    file="calendar.csv",
    about="closures, and corrections of the holiday lists",
    make=CalendarEntry,
    columns=(
        *day_columns("from", "to", "of the entry"),
        Column(name="kind", kind=one_of(EntryKind), about="what the entry says of these days"),
        Column(
            name="scope",
            kind=one_of(Scope),
            about="whom a closure concerns; empty means all",
            blank=Scope.ALL,
        ),
        text_column("target", "key of the municipality, stop or bus that is closed"),
        text_column("name", "what it is", REQUIRED),
        text_column("source", "who says so", REQUIRED),
    ),
    joined=(from_to("dates", "from", "to"),),
)

PARAMETERS: Table[ParameterRow] = Table(
    file="parameters.csv",
    about="numbers that the county sets itself",
    make=ParameterRow,
    key="name",
    columns=(
        key_column("name", "name of the parameter"),
        Column(name="value", kind=number(0, 99_999_999), about="its value"),
        text_column("source", "on whose word", REQUIRED),
    ),
)

TABLES: tuple[Table[Any], ...] = (
    COUNTY,
    MUNICIPALITIES,
    PLACES,
    STOPS,
    DEMAND,
    BLOCKS,
    FLEET,
    CREW,
    CALENDAR,
    PARAMETERS,
    ON_BOARD,
    GUESTS,
    SIGNPOSTS,
    SITE,
)
