"""The tables of what the public site tells beside the timetable; a county may leave them out."""

from busplan.domain.programme import MOST_SIGNPOSTS, Guest, OnBoardFact, Signpost
from busplan.domain.site_facts import SiteFacts
from busplan.exchange import cells
from busplan.exchange.place_tables import MUNICIPALITIES, STOPS
from busplan.exchange.service_tables import FLEET
from busplan.exchange.tables import (
    REQUIRED,
    Column,
    Table,
    flag_column,
    key_column,
    text_column,
)

ON_BOARD: Table[OnBoardFact] = Table(
    file="on_board.csv",
    about="what is on board of each bus, and who may come",
    make=OnBoardFact,
    key="id",
    optional=True,
    columns=(
        key_column("id", "key of the fact"),
        Column(name="bus_id", kind=cells.ID, about="the bus", refers_to=FLEET.file),
        text_column("title", "what it is about, in one or two words", REQUIRED),
        text_column("text", "the fact, in easy words", REQUIRED),
        text_column("source", "who says so", REQUIRED),
        text_column("licence", "licence of the text", REQUIRED),
    ),
)

GUESTS: Table[Guest] = Table(
    file="guests.csv",
    about="partner organisations on board of a bus on given dates; never names of persons",
    make=Guest,
    key="id",
    optional=True,
    columns=(
        key_column("id", "key of the guest's coming"),
        text_column("name", "the organisation, as visitors read it", REQUIRED),
        text_column("text", "what it brings"),
        Column(name="bus_id", kind=cells.ID, about="the bus", refers_to=FLEET.file),
        Column(
            name="stop_id",
            kind=cells.ID,
            about="the only stop at which the guest is there; empty for every stop of the day",
            blank=None,
            refers_to=STOPS.file,
        ),
        Column(
            name="dates",
            kind=cells.DATE_RANGES,
            about="when the guest comes, as from/to, separated by spaces",
        ),
        flag_column("public", "whether visitors may read of it, where the visit itself is in full"),
        text_column("source", "who agreed it; an office or role, never a person"),
    ),
)

SIGNPOSTS: Table[Signpost] = Table(
    file="signposts.csv",
    about=f"other offers of the county, at most {MOST_SIGNPOSTS} for each town",
    make=Signpost,
    key="id",
    optional=True,
    columns=(
        key_column("id", "key of the signpost"),
        Column(
            name="ags",
            kind=cells.AGS,
            about="the only town that shows it; empty for every town",
            blank=None,
            refers_to=MUNICIPALITIES.file,
        ),
        text_column("title", "name of the offer", REQUIRED),
        text_column("text", "what it is, in easy words", REQUIRED),
        text_column("phone", "phone of the offer, never of a person"),
        Column(name="url", kind=cells.WEB_ADDRESS, about="page of the offer", blank=""),
        Column(
            name="checked",
            kind=cells.DAY_DATE,
            about="day on which somebody last compared the row with its source",
        ),
        text_column("source", "who says so", REQUIRED),
        text_column("licence", "licence of the text", REQUIRED),
    ),
)

SITE: Table[SiteFacts] = Table(
    file="site.csv",
    about="the quick exit and the accessibility statement of the public site; one row",
    make=SiteFacts,
    optional=True,
    columns=(
        Column(
            name="leave_url",
            kind=cells.WEB_ADDRESS,
            about="where the quick exit leads; empty for the site's own neutral page",
            blank="",
        ),
        text_column("office", "who answers for the pages; an office, never a person"),
        Column(name="mail", kind=cells.MAIL, about="where to report barriers", blank=""),
        text_column("phone", "where to report barriers"),
        Column(
            name="form_url",
            kind=cells.WEB_ADDRESS,
            about="the county's own contact form for barriers",
            blank="",
        ),
        text_column("law", "the law and standard that the pages are held to"),
        Column(
            name="statement_date",
            kind=cells.DAY_DATE,
            about="date of the accessibility statement",
            blank=None,
        ),
        text_column("basis", "what the statement rests on, such as a self-assessment"),
        Column(
            name="limits",
            kind=cells.SENTENCES,
            about="what is known not to be accessible, separated by |",
            blank=(),
        ),
        text_column("enforcement", "the body to turn to when the office does not help"),
        Column(name="enforcement_mail", kind=cells.MAIL, about="mail of that body", blank=""),
        Column(name="enforcement_url", kind=cells.WEB_ADDRESS, about="page of it", blank=""),
        text_column("source", "where this row comes from"),
    ),
)
