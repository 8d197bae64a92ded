"""Published visits and small timetables; each states only what matters."""

from datetime import date
from typing import Any

from busplan.domain.mobile_timetable import (
    MobileTimetable,
    PublishedVisit,
    every,
    parse_frequency,
)
from busplan.domain.places import Coordinate

MONDAY = date(2026, 11, 30)
HEADER = (
    "organisation,mobile,route,community,stop,address,postcode,geox,geoy,day,type,"
    "arrival,departure,frequency,start,end,exceptions,timetable"
)


def make_published(stop: str = "Green", **given: Any) -> PublishedVisit:
    """A visit on the first Monday, 10:00 to 10:30, every week."""
    values: dict[str, Any] = {
        "organisation": "Shire",
        "vehicle": "Van",
        "tour": "A",
        "community": "Upton",
        "stop": stop,
        "address": "",
        "postcode": "",
        "location": Coordinate(52.0, -1.0),
        "kind": "Public",
        "arrival_min": 600,
        "departure_min": 630,
        "frequency": every(1),
        "start": MONDAY,
        "source": "",
    }
    if "rule" in given:
        values["frequency"] = parse_frequency(given.pop("rule"))
    if "service_min" in given:
        arrival_min = given.get("arrival_min", values["arrival_min"])
        values["departure_min"] = arrival_min + given.pop("service_min")
    return PublishedVisit(**(values | given))


def make_timetable(*visits: PublishedVisit) -> MobileTimetable:
    """A timetable of these visits."""
    return MobileTimetable(name="shire", visits=visits)


def two_wasteful_days() -> MobileTimetable:
    """Four stops, two in the north, two in the south, each day's tour to both: easy to better."""
    north, south = 52.2, 51.8
    rows = (
        ("North one", north, 0, 0, 600),
        ("South one", south, 0, 0, 720),
        ("North two", north, 0.01, 7, 600),
        ("South two", south, 0.01, 7, 720),
    )
    return make_timetable(
        *(
            make_published(
                name,
                location=Coordinate(lat, -1.0 + lon),
                start=date.fromordinal(MONDAY.toordinal() + day),
                arrival_min=arrival_min,
                service_min=30,
                tour=f"Week {1 + day // 7}",
                rule="FREQ=WEEKLY;INTERVAL=2",
            )
            for name, lat, lon, day, arrival_min in rows
        )
    )


def csv_row(**given: str) -> str:
    """One line of a file; a cell is given by its column's name."""
    cells = {
        "organisation": "Shire",
        "mobile": "Van",
        "route": "A",
        "community": "Upton",
        "stop": "Green",
        "geox": "-1.5",
        "geoy": "52.25",
        "day": "Monday",
        "type": "Public",
        "arrival": "9:30",
        "departure": "10:00",
        "frequency": "FREQ=WEEKLY;INTERVAL=2",
        "start": str(MONDAY),
        **given,
    }
    return ",".join(cells.get(name, "") for name in HEADER.split(","))


def csv_file(*rows: str) -> bytes:
    """A file of these lines under the schema's header."""
    return ("\n".join([HEADER, *rows]) + "\n").encode()
