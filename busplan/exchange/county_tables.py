"""The tables of a county's folder: each file, its columns and what a row means."""

from dataclasses import dataclass
from typing import Any

from busplan.domain.blocks import Block
from busplan.domain.calendar import CalendarEntry, EntryKind, Scope
from busplan.domain.demand import DayKind, DemandRecord
from busplan.domain.fleet import Bus, CrewMember
from busplan.domain.places import Coordinate, County, Depot, Municipality, Origin, Place, Stop
from busplan.domain.publication_level import PublicationLevel
from busplan.exchange import cells
from busplan.exchange.cells import number, one_of, whole
from busplan.exchange.tables import (
    REQUIRED,
    Column,
    Joined,
    Table,
    at_point,
    day_columns,
    from_to,
    point_columns,
)

MINUTES_PER_DAY = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRow:
    """A parameter that the county sets itself, and on whose word."""

    name: str
    value: float
    source: str


def _text(name: str, about: str, blank: Any = "") -> Column:
    return Column(name=name, kind=cells.TEXT, about=about, blank=blank)


def _key(name: str, about: str, kind: cells.Kind = cells.ID) -> Column:
    return Column(name=name, kind=kind, about=about)


def _flag(name: str, about: str) -> Column:
    return Column(name=name, kind=cells.FLAG, about=about)


def _minutes(name: str, about: str) -> Column:
    return Column(name=name, kind=whole(0, MINUTES_PER_DAY), about=about)


COUNTY: Table[County] = Table(
    file="county.csv",
    about="who runs the buses and whom to ask; one row",
    make=County,
    key="id",
    columns=(
        _key("id", "short name of the county in files and addresses"),
        _text("name", "name as visitors read it", REQUIRED),
        Column(
            name="holiday_region",
            kind=cells.REGION,
            about="ISO 3166-2 code whose public and school holidays hold",
        ),
        _text("contact_phone", "phone for visitors"),
        _text("contact_mail", "mail for visitors"),
        _text("contact_note", "a sentence on whom to ask"),
        _flag("demo", "whether the plan is a demonstration and says so wherever it is shown"),
        _text("source", "where this row comes from"),
    ),
)

MUNICIPALITIES: Table[Municipality] = Table(
    file="municipalities.csv",
    about="the county's towns",
    make=Municipality,
    key="ags",
    columns=(
        _key("ags", "official municipality key", cells.AGS),
        _text("name", "short name", REQUIRED),
        Column(name="postcodes", kind=cells.POSTCODES, about="postcodes, separated by spaces"),
        Column(name="residents", kind=whole(0, 99_999_999), about="residents"),
        Column(name="residents_date", kind=cells.DAY_DATE, about="reference date of the residents"),
        Column(
            name="young_people",
            kind=whole(0, 99_999_999),
            about="residents aged 6 to under 27; empty where nobody has published it",
            blank=None,
        ),
        Column(
            name="young_people_date",
            kind=cells.DAY_DATE,
            about="reference date of the young people",
            blank=None,
        ),
        _text("youth_office", "the youth office in charge", REQUIRED),
        _flag("served", "whether the buses owe this town visits"),
        _text("main_place", "where the town hall is", REQUIRED),
        *point_columns("the main place"),
        _text("source", "where the facts come from, with licence", REQUIRED),
    ),
    joined=(at_point("location"),),
)

PLACES: Table[Place] = Table(
    file="places.csv",
    about="localities that people search for",
    make=Place,
    key="id",
    columns=(
        _key("id", "key of the place"),
        _text("name", "name", REQUIRED),
        Column(
            name="ags",
            kind=cells.AGS,
            about="municipality it belongs to",
            refers_to=MUNICIPALITIES.file,
        ),
        *point_columns("the place"),
        Column(name="accuracy_m", kind=whole(0, 50_000), about="how far off it may be, metres"),
        _text("kind", "main or locality", REQUIRED),
        _text("source", "where the position comes from", REQUIRED),
        _text("licence", "licence of the position", REQUIRED),
    ),
    joined=(at_point("location"),),
)

STOPS: Table[Stop] = Table(
    file="stops.csv",
    about="places where a bus may stand",
    make=Stop,
    key="id",
    columns=(
        _key("id", "key of the stop"),
        _text("name", "name as visitors read it", REQUIRED),
        Column(
            name="ags",
            kind=cells.AGS,
            about="municipality it lies in",
            refers_to=MUNICIPALITIES.file,
        ),
        Column(name="place_id", kind=cells.ID, about="place it lies in", refers_to=PLACES.file),
        *point_columns("the stop"),
        Column(
            name="level",
            kind=one_of(PublicationLevel),
            about="the most that may ever be published of a visit here",
        ),
        _flag("power", "whether the bus finds power"),
        Column(
            name="max_height_m",
            kind=number(1, 10),
            about="highest vehicle that gets there, metres; empty for no known limit",
            blank=None,
        ),
        Column(
            name="max_length_m",
            kind=number(1, 30),
            about="longest vehicle that fits, metres; empty for no known limit",
            blank=None,
        ),
        Column(
            name="max_weight_t",
            kind=number(0.5, 60),
            about="heaviest vehicle allowed, tonnes; empty for no known limit",
            blank=None,
        ),
        *day_columns(
            "agreement_from",
            "agreement_to",
            "of the site agreement; without one no bus may stand here",
            blank=None,
        ),
        _flag("lit", "whether the place is lit after dark"),
        _text("indoor_place", "where to go in bad weather"),
        Column(
            name="closed",
            kind=cells.DATE_RANGES,
            about="days on which the place is taken, as from/to, separated by spaces",
            blank=(),
        ),
        _text("nearest_transit_stop", "nearest public transport stop, by name"),
        _text("note", "what staff should know; never shown to visitors"),
        Column(
            name="origin",
            kind=one_of(Origin),
            about="reported by somebody, or invented for the demonstration",
        ),
        _text("source", "who reported it"),
    ),
    joined=(at_point("location"), from_to("agreement", "agreement_from", "agreement_to")),
)

FLEET: Table[Bus] = Table(
    file="fleet.csv",
    about="the buses",
    make=Bus,
    key="id",
    columns=(
        _key("id", "key of the bus"),
        _text("name", "name as visitors read it", REQUIRED),
        Column(name="depot_id", kind=cells.ID, about="key of the depot"),
        _text("depot_name", "name of the depot", REQUIRED),
        *point_columns("the depot", "depot_lat", "depot_lon"),
        Column(name="offers", kind=cells.WORDS, about="what the bus can give"),
        Column(name="licence", kind=cells.OFFER, about="driving licence class it needs"),
        Column(name="weekdays", kind=cells.WEEKDAY_SET, about="working days"),
        _flag("public_holidays", "whether it goes out on public holidays"),
        _flag("needs_power", "whether it only stands where there is power"),
        Column(name="height_m", kind=number(1, 6), about="height, metres"),
        Column(name="length_m", kind=number(1, 30), about="length, metres"),
        Column(name="weight_t", kind=number(0.5, 60), about="weight, tonnes"),
        _minutes("set_up_min", "minutes from arrival until it opens"),
        _minutes("tear_down_min", "minutes from closing until it leaves"),
        _minutes("prepare_min", "working minutes before it leaves the depot"),
        _minutes("finish_min", "working minutes after its return"),
        Column(name="min_adults", kind=whole(1, 2), about="fewest adults on board"),
        Column(name="max_visits_per_day", kind=whole(1, 20), about="most visits of one day"),
        Column(
            name="week_max_min",
            kind=whole(1, 7 * MINUTES_PER_DAY),
            about="most duty minutes in a week; empty for no cap",
            blank=None,
        ),
        *day_columns("in_service_from", "in_service_to", "in service"),
        Column(
            name="level",
            kind=one_of(PublicationLevel),
            about="how much of its visits is published unless demand or stop say less",
        ),
        Column(name="colour", kind=cells.COLOUR, about="colour on maps"),
        _text("origin", "where the figures come from"),
    ),
    joined=(
        Joined(
            field="depot",
            columns=("depot_id", "depot_name", "depot_lat", "depot_lon"),
            join=lambda key, name, lat, lon: Depot(
                id=key, name=name, location=Coordinate(lat, lon)
            ),
            split=lambda depot: (depot.id, depot.name, depot.location.lat, depot.location.lon),
        ),
        from_to("in_service", "in_service_from", "in_service_to"),
    ),
)

DEMAND: Table[DemandRecord] = Table(
    file="demand.csv",
    about="what stops and municipalities ask for",
    make=DemandRecord,
    key="id",
    columns=(
        _key("id", "key of the demand record"),
        Column(
            name="ags",
            kind=cells.AGS,
            about="municipality that is served",
            refers_to=MUNICIPALITIES.file,
        ),
        Column(
            name="stop_id",
            kind=cells.ID,
            about="the stop; empty for any stop of the municipality",
            blank=None,
            refers_to=STOPS.file,
        ),
        Column(name="offer", kind=cells.OFFER, about="what is asked for"),
        Column(name="period_weeks", kind=whole(1, 52), about="weeks that visits are counted over"),
        Column(name="least", kind=whole(0, 50), about="visits needed in a period"),
        Column(name="wished", kind=whole(0, 50), about="visits wished in a period"),
        Column(name="most", kind=whole(0, 50), about="most visits in a period"),
        Column(
            name="service_min",
            kind=whole(1, MINUTES_PER_DAY),
            about="minutes open to visitors",
        ),
        Column(name="weekdays", kind=cells.WEEKDAY_SET, about="weekdays that suit"),
        Column(name="windows", kind=cells.WINDOWS, about="times of day that suit"),
        Column(
            name="patterns",
            kind=cells.PATTERNS,
            about="weekdays that go together in one week; empty for any",
            blank=(),
        ),
        Column(name="headway_min_days", kind=whole(1, 366), about="least days between two visits"),
        Column(name="weight", kind=whole(1, 10), about="how much it matters, 10 most"),
        *day_columns("valid_from", "valid_to", "on which it is asked for"),
        Column(name="days", kind=one_of(DayKind), about="all days, school days or school holidays"),
        Column(
            name="bus_id",
            kind=cells.ID,
            about="the only bus that will do; empty for any with the offer",
            blank=None,
            refers_to=FLEET.file,
        ),
        _flag("joint", "whether both buses are asked for on the same day"),
        Column(
            name="level",
            kind=one_of(PublicationLevel),
            about="publication level instead of the bus's; empty for the bus's",
            blank=None,
        ),
        _text("asked_by", "who asks; an office or role, never a person"),
        _text("note", "what planners should know"),
    ),
    joined=(from_to("valid", "valid_from", "valid_to"),),
)

BLOCKS: Table[Block] = Table(
    file="blocks.csv",
    about="weekdays of a bus given to one stop for months",
    make=Block,
    key="id",
    columns=(
        _key("id", "key of the block"),
        Column(name="stop_id", kind=cells.ID, about="the stop", refers_to=STOPS.file),
        Column(
            name="demand_id",
            kind=cells.ID,
            about="demand record that its visits serve",
            refers_to=DEMAND.file,
        ),
        Column(name="bus_id", kind=cells.ID, about="the bus", refers_to=FLEET.file),
        Column(name="weekday", kind=cells.WEEKDAY, about="the weekday"),
        Column(name="window", kind=cells.ONE_WINDOW, about="open exactly from and to"),
        *day_columns("from", "to", "of the block"),
        _text("reason", "why this stop"),
    ),
    joined=(from_to("running", "from", "to"),),
)

CREW: Table[CrewMember] = Table(
    file="crew.csv",
    about="people by code, never by name",
    make=CrewMember,
    key="id",
    columns=(
        _key("id", "code of the person"),
        Column(
            name="licences", kind=cells.WORDS, about="driving licence classes", blank=frozenset()
        ),
        Column(name="offers", kind=cells.WORDS, about="offers the person can give"),
        Column(name="shifts", kind=cells.SHIFTS, about="when the person is available"),
        *day_columns("employed_from", "employed_to", "of employment"),
        Column(
            name="absent",
            kind=cells.DATE_RANGES,
            about="days off, as from/to, separated by spaces",
            blank=(),
        ),
        Column(
            name="week_max_min",
            kind=whole(1, 7 * MINUTES_PER_DAY),
            about="most working minutes in a week; empty for no cap",
            blank=None,
        ),
    ),
    joined=(from_to("employed", "employed_from", "employed_to"),),
)

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
        _text("target", "key of the municipality, stop or bus that is closed"),
        _text("name", "what it is", REQUIRED),
        _text("source", "who says so", REQUIRED),
    ),
    joined=(from_to("dates", "from", "to"),),
)

PARAMETERS: Table[ParameterRow] = Table(
    file="parameters.csv",
    about="numbers that the county sets itself",
    make=ParameterRow,
    key="name",
    columns=(
        _key("name", "name of the parameter"),
        Column(name="value", kind=number(0, 99_999_999), about="its value"),
        _text("source", "on whose word", REQUIRED),
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
)
"""Every table of a county's folder, in the order in which its problems are told."""
