"""Public timetables made by hand, and clients of the app that serves them."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from busplan.domain.dates import BERLIN
from busplan.domain.fleet import BusId
from busplan.domain.places import Ags, Coordinate, StopId
from busplan.domain.public_timetable import (
    DayPart,
    PublicBus,
    PublicGuest,
    PublicStatus,
    PublicStop,
    PublicTimetable,
    PublicVisit,
    PublicVisitId,
)
from busplan.settings import Settings
from busplan.web.public_app import make_public_app, mount_pages
from busplan.web.snapshot import SnapshotHolder, build_snapshot
from tests.factories import MONDAY, make_county, make_municipality, make_place

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=BERLIN)
"""Monday noon of 2026-W49."""
DUEREN, NIDEGGEN, NOERVENICH = "05358008", "05358044", "05358052"
TOWNS = (
    make_municipality(
        DUEREN,
        "Düren",
        postcodes=("52349", "52351", "52353", "52355"),
        location=Coordinate(50.801678, 6.482964),
    ),
    make_municipality(
        NIDEGGEN, "Nideggen", postcodes=("52385",), location=Coordinate(50.69097, 6.485187)
    ),
    make_municipality(
        NOERVENICH, "Nörvenich", postcodes=("52388",), location=Coordinate(50.807107, 6.644576)
    ),
)
PLACES = (
    make_place("Düren", DUEREN, id="dueren"),
    make_place("Rölsdorf", DUEREN, id="roelsdorf"),
    make_place("Nideggen", NIDEGGEN, id="nideggen"),
    make_place("Schmidt", NIDEGGEN, id="schmidt"),
    make_place("Rath", NIDEGGEN, id="nideggen-rath"),
    make_place("Nörvenich", NOERVENICH, id="noervenich"),
    make_place("Rath", NOERVENICH, id="noervenich-rath"),
    make_place("Eschweiler über Feld", NOERVENICH, id="eschweiler-ueber-feld"),
)


def make_public_stop(stop_id: str = "schmidt-dorfplatz", **given: Any) -> PublicStop:
    """The village square of Schmidt."""
    usual = {
        "id": StopId(stop_id),
        "name": "Dorfplatz",
        "ags": Ags(NIDEGGEN),
        "place": "Schmidt",
        "location": Coordinate(50.6609, 6.4122),
        "indoor_place": "",
        "nearest_transit_stop": "Schmidt Kirche",
        "invented": False,
    }
    return PublicStop(**usual | given)


SCHMIDT = make_public_stop()
NEFFELTAL = make_public_stop(
    "noervenich-neffeltalhalle",
    name="Neffeltalhalle",
    ags=Ags(NOERVENICH),
    place="Nörvenich",
    location=Coordinate(50.8071, 6.6446),
    nearest_transit_stop="Nörvenich Kirche",
)


def make_public_visit(number: int = 1, **given: Any) -> PublicVisit:
    """A full visit of wilde13 to Schmidt on Monday from 15:00 to 18:00."""
    usual = {
        "id": PublicVisitId(f"v{number}"),
        "bus_id": BusId("wilde13"),
        "ags": Ags(NIDEGGEN),
        "service_date": MONDAY,
        "day_part": DayPart.AFTERNOON,
        "status": PublicStatus.PLANNED,
        "stop_id": SCHMIDT.id,
        "open_min": 900,
        "close_min": 1080,
    }
    return PublicVisit(**usual | given)


def make_area_visit(number: int = 2, **given: Any) -> PublicVisit:
    """A visit of ninja to Düren on Tuesday afternoon; its place is to be asked for."""
    return make_public_visit(
        number,
        **{
            "bus_id": BusId("ninja"),
            "ags": Ags(DUEREN),
            "service_date": MONDAY + timedelta(days=1),
            "stop_id": None,
            "open_min": None,
            "close_min": None,
        }
        | given,
    )


def make_timetable(*visits: PublicVisit, **given: Any) -> PublicTimetable:
    """Three towns, two buses, two stops; the visits are kept in the order given."""
    usual = {
        "county": make_county(
            name="Kreis Düren", contact_phone="02421 22-0", contact_mail="bus@example.org"
        ),
        "as_of": NOW,
        "first_day": MONDAY,
        "last_day": MONDAY + timedelta(days=6),
        "municipalities": TOWNS,
        "places": PLACES,
        "outlines": (),
        "buses": (
            PublicBus(id=BusId("wilde13"), name="Die Wilde 13 2.0", colour="#b3261e"),
            PublicBus(id=BusId("ninja"), name="ninJA", colour="#5b3a8c"),
        ),
        "stops": (SCHMIDT, NEFFELTAL),
        "visits": visits,
        "tours": (),
    }
    return PublicTimetable(**usual | given)


def make_week() -> PublicTimetable:
    """A full visit on Monday, one on request on Tuesday, and a cancelled one on Wednesday."""
    wednesday = MONDAY + timedelta(days=2)
    guest = PublicGuest(name="Familienbüro", text="Hilfen für Familien")
    return make_timetable(
        make_public_visit(1, guests=(guest,)),
        make_area_visit(2),
        make_public_visit(
            3,
            ags=Ags(NOERVENICH),
            service_date=wednesday,
            stop_id=NEFFELTAL.id,
            status=PublicStatus.CANCELLED,
            changed_at=NOW,
        ),
        make_public_visit(4, service_date=MONDAY + timedelta(days=3)),
    )


def make_client(timetable: PublicTimetable | None, maps_dir: Path, **settings: Any) -> TestClient:
    """A client of the public app over the timetable; ``None`` where nothing is published."""
    holder = SnapshotHolder(build_snapshot(timetable) if timetable else None)
    given = Settings(maps_dir=maps_dir, **settings)
    app = make_public_app(given, holder)
    mount_pages(app, given)
    return TestClient(app, raise_server_exceptions=False)


def day(offset: int) -> date:
    """A day of the week, 0 = Monday."""
    return MONDAY + timedelta(days=offset)
