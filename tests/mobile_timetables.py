"""Published visits and small timetables; each states only what matters."""

from datetime import date
from typing import Any

from busplan.domain.mobile_timetable import (
    MobileTimetable,
    PublishedVisit,
    every,
    parse_frequency,
)
from busplan.domain.periodic import PeriodicPlan, PeriodicTour
from busplan.domain.places import Coordinate
from busplan.domain.replanned_tours import (
    moves_of,
    planned_tours,
    published_tours,
    timetable_of,
)
from busplan.domain.replanning import Replanning, figures_of
from busplan.domain.timetable_cycle import Freedom, TimetableCycle
from busplan.travel.geodesic import GeodesicTravel
from busplan.usecases.timetable_problem import build_timetable_problem

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


DEPOT = Coordinate(52.0, -1.1)


def better_days() -> Replanning:
    """The wasteful days, planned by hand: the north in the first week, the south in the second."""
    timetable = two_wasteful_days()
    cycle = TimetableCycle(timetable)
    depots = {"Van": DEPOT}
    travel = GeodesicTravel(detour_factor=1.4, speed_kmh=40)
    asked = build_timetable_problem(cycle, depots, travel, Freedom.ANY_DAY)
    plan = PeriodicPlan(
        tours=(
            PeriodicTour(group=0, day=0, stops=(0, 2)),
            PeriodicTour(group=0, day=1, stops=(3, 1)),
        )
    )
    after = planned_tours(plan, asked.problem, cycle)
    return Replanning(
        name=timetable.name,
        weeks=timetable.weeks,
        freedom=Freedom.ANY_DAY,
        depots=depots,
        depots_estimated=True,
        before=published_tours(asked.published, asked.problem, cycle),
        after=after,
        published=figures_of(asked.published, asked.problem),
        replanned=figures_of(plan, asked.problem),
        moves=moves_of(plan, cycle),
        pinned=0,
        bound_m=None,
        timetable=timetable_of(timetable.name, after),
    )
