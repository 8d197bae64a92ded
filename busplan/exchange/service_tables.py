"""The tables of what is asked for and who gives it: fleet, crew, demand and blocks."""

from busplan.domain.blocks import Block
from busplan.domain.dates import MINUTES_PER_DAY
from busplan.domain.demand import DayKind, DemandRecord
from busplan.domain.fleet import Bus, CrewMember
from busplan.domain.places import Coordinate, Depot
from busplan.domain.publication_level import PublicationLevel
from busplan.exchange import cells
from busplan.exchange.cells import number, one_of, whole
from busplan.exchange.place_tables import MUNICIPALITIES, STOPS
from busplan.exchange.tables import (
    REQUIRED,
    Column,
    Joined,
    Table,
    day_columns,
    flag_column,
    from_to,
    key_column,
    minutes_column,
    point_columns,
    text_column,
)

FLEET: Table[Bus] = Table(
    file="fleet.csv",
    about="the buses",
    make=Bus,
    key="id",
    columns=(
        key_column("id", "key of the bus"),
        text_column("name", "name as visitors read it", REQUIRED),
        Column(name="depot_id", kind=cells.ID, about="key of the depot"),
        text_column("depot_name", "name of the depot", REQUIRED),
        *point_columns("the depot", "depot_lat", "depot_lon"),
        Column(name="offers", kind=cells.WORDS, about="what the bus can give"),
        Column(name="licence", kind=cells.OFFER, about="driving licence class it needs"),
        Column(name="weekdays", kind=cells.WEEKDAY_SET, about="working days"),
        flag_column("public_holidays", "whether it goes out on public holidays"),
        flag_column("needs_power", "whether it only stands where there is power"),
        Column(name="height_m", kind=number(1, 6), about="height, metres"),
        Column(name="length_m", kind=number(1, 30), about="length, metres"),
        Column(name="weight_t", kind=number(0.5, 60), about="weight, tonnes"),
        minutes_column("set_up_min", "minutes from arrival until it opens"),
        minutes_column("tear_down_min", "minutes from closing until it leaves"),
        minutes_column("prepare_min", "working minutes before it leaves the depot"),
        minutes_column("finish_min", "working minutes after its return"),
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
        text_column("origin", "where the figures come from"),
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
        key_column("id", "key of the demand record"),
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
        flag_column("joint", "whether both buses are asked for on the same day"),
        Column(
            name="level",
            kind=one_of(PublicationLevel),
            about="publication level instead of the bus's; empty for the bus's",
            blank=None,
        ),
        text_column("asked_by", "who asks; an office or role, never a person"),
        text_column("note", "what planners should know"),
    ),
    joined=(from_to("valid", "valid_from", "valid_to"),),
)

BLOCKS: Table[Block] = Table(
    file="blocks.csv",
    about="weekdays of a bus given to one stop for months",
    make=Block,
    key="id",
    columns=(
        key_column("id", "key of the block"),
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
        text_column("reason", "why this stop"),
    ),
    joined=(from_to("running", "from", "to"),),
)

CREW: Table[CrewMember] = Table(
    file="crew.csv",
    about="people by code, never by name",
    make=CrewMember,
    key="id",
    columns=(
        key_column("id", "code of the person"),
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
