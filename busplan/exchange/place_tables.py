"""The tables of where things are: county, municipalities, places and stops."""

from busplan.domain.places import County, Municipality, Origin, Place, Stop
from busplan.domain.publication_level import PublicationLevel
from busplan.exchange import cells
from busplan.exchange.cells import number, one_of, whole
from busplan.exchange.tables import (
    REQUIRED,
    Column,
    Table,
    at_point,
    day_columns,
    flag_column,
    from_to,
    key_column,
    point_columns,
    text_column,
)

COUNTY: Table[County] = Table(
    file="county.csv",
    about="who runs the buses and whom to ask; one row",
    make=County,
    key="id",
    columns=(
        key_column("id", "short name of the county in files and addresses"),
        text_column("name", "name as visitors read it", REQUIRED),
        Column(
            name="holiday_region",
            kind=cells.REGION,
            about="ISO 3166-2 code whose public and school holidays hold",
        ),
        text_column("contact_phone", "phone for visitors"),
        text_column("contact_mail", "mail for visitors"),
        text_column("contact_note", "a sentence on whom to ask"),
        flag_column("demo", "whether the plan is a demonstration and says so wherever it is shown"),
        text_column("source", "where this row comes from"),
    ),
)

MUNICIPALITIES: Table[Municipality] = Table(
    file="municipalities.csv",
    about="the county's towns",
    make=Municipality,
    key="ags",
    columns=(
        key_column("ags", "official municipality key", cells.AGS),
        text_column("name", "short name", REQUIRED),
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
        text_column("youth_office", "the youth office in charge", REQUIRED),
        flag_column("served", "whether the buses owe this town visits"),
        text_column("main_place", "where the town hall is", REQUIRED),
        *point_columns("the main place"),
        text_column("source", "where the facts come from, with licence", REQUIRED),
    ),
    joined=(at_point("location"),),
)

PLACES: Table[Place] = Table(
    file="places.csv",
    about="localities that people search for",
    make=Place,
    key="id",
    columns=(
        key_column("id", "key of the place"),
        text_column("name", "name", REQUIRED),
        Column(
            name="ags",
            kind=cells.AGS,
            about="municipality it belongs to",
            refers_to=MUNICIPALITIES.file,
        ),
        *point_columns("the place"),
        Column(name="accuracy_m", kind=whole(0, 50_000), about="how far off it may be, metres"),
        text_column("kind", "main or locality", REQUIRED),
        text_column("source", "where the position comes from", REQUIRED),
        text_column("licence", "licence of the position", REQUIRED),
    ),
    joined=(at_point("location"),),
)

STOPS: Table[Stop] = Table(
    file="stops.csv",
    about="places where a bus may stand",
    make=Stop,
    key="id",
    columns=(
        key_column("id", "key of the stop"),
        text_column("name", "name as visitors read it", REQUIRED),
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
        flag_column("power", "whether the bus finds power"),
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
        flag_column("lit", "whether the place is lit after dark"),
        text_column("indoor_place", "where to go in bad weather"),
        Column(
            name="closed",
            kind=cells.DATE_RANGES,
            about="days on which the place is taken, as from/to, separated by spaces",
            blank=(),
        ),
        text_column("nearest_transit_stop", "nearest public transport stop, by name"),
        text_column("note", "what staff should know; never shown to visitors"),
        Column(
            name="origin",
            kind=one_of(Origin),
            about="reported by somebody, or invented for the demonstration",
        ),
        text_column("source", "who reported it"),
    ),
    joined=(at_point("location"), from_to("agreement", "agreement_from", "agreement_to")),
)
