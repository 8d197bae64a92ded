"""Public timetables made by hand for tests of publishers."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from busplan.domain.dates import BERLIN
from busplan.domain.fleet import BusId
from busplan.domain.places import Ags, Coordinate, Outline, StopId
from busplan.domain.programme import OnBoardFact
from busplan.domain.public_timetable import (
    DayPart,
    PublicBus,
    PublicGuest,
    PublicStatus,
    PublicStop,
    PublicTimetable,
    PublicTour,
    PublicVisit,
    PublicVisitId,
)
from tests.factories import (
    MONDAY,
    make_county,
    make_municipality,
    make_place,
    make_signpost,
    make_site_facts,
)

NOW = datetime(2026, 11, 30, 8, 5, tzinfo=BERLIN)
TOWNS = {"05358004": (50.85, 6.35), "05358008": (50.80, 6.48)}
BIG, SMALL = BusId("big"), BusId("small")


def square(lat: float, lon: float) -> tuple[Coordinate, ...]:
    """A closed ring of 7 km or so around a point."""
    corners = ((-0.04, -0.06), (-0.04, 0.06), (0.04, 0.06), (0.04, -0.06), (-0.04, -0.06))
    return tuple(Coordinate(lat + up, lon + right) for up, right in corners)


def make_public_stop(stop_id: str = "square", **given: object) -> PublicStop:
    """An invented stop in Altdorf."""
    usual = {
        "id": StopId(stop_id),
        "name": f"Halt {stop_id}",
        "ags": Ags("05358004"),
        "place": "Oberdorf",
        "location": Coordinate(50.86, 6.36),
        "indoor_place": "",
        "nearest_transit_stop": "",
        "invented": True,
    }
    return PublicStop(**usual | given)


def make_public_visit(number: int = 1, **given: object) -> PublicVisit:
    """A full visit of the big bus at the square, Monday 15:00 to 20:00."""
    day = given.get("service_date", MONDAY)
    usual = {
        "id": PublicVisitId(f"{day}-{number:010x}"),
        "bus_id": BIG,
        "ags": Ags("05358004"),
        "service_date": day,
        "day_part": DayPart.AFTERNOON,
        "status": PublicStatus.PLANNED,
        "stop_id": StopId("square"),
        "open_min": 15 * 60,
        "close_min": 20 * 60,
    }
    return PublicVisit(**usual | given)


def make_area_visit(number: int = 2, **given: object) -> PublicVisit:
    """A visit of the small bus of which the place has to be asked for."""
    hidden = {"bus_id": SMALL, "stop_id": None, "open_min": None, "close_min": None}
    return make_public_visit(number, **hidden | given)


def make_public_guest(write: Callable[[str], str] = str) -> PublicGuest:
    """The family office."""
    return PublicGuest(name=write("Familienbüro"), text=write("Hilfen für Familien"))


def make_timetable(write: Callable[[str], str] = str, **given: object) -> PublicTimetable:
    """Two buses, two towns, one week with every state; ``write`` turns each name into another."""
    tuesday, friday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)
    usual = {
        "county": make_county(
            name=write("Testkreis"),
            contact_note=write("Jugendamt"),
            contact_phone=write("02421 1"),
            contact_mail=write("jugend@example.org"),
            source=write("Testdaten"),
            demo=True,
        ),
        "as_of": NOW,
        "first_day": MONDAY,
        "last_day": MONDAY + timedelta(days=6),
        "municipalities": tuple(
            make_municipality(ags, write(name), location=Coordinate(*TOWNS[ags]))
            for ags, name in (("05358004", "Altdorf"), ("05358008", "Beerenau"))
        ),
        "places": (make_place(write("Oberdorf"), id="o", location=Coordinate(50.87, 6.37)),),
        "outlines": tuple(
            Outline(ags=Ags(ags), rings=(square(*center),)) for ags, center in TOWNS.items()
        ),
        "buses": (
            PublicBus(id=BIG, name=write("Großer Bus"), colour="#1f5fa8"),
            PublicBus(id=SMALL, name=write("Kleiner Bus"), colour="#a23b72"),
        ),
        "stops": (
            make_public_stop(name=write("Marktplatz"), place=write("Oberdorf")),
            make_public_stop(
                "school",
                name=write("Schulhof"),
                ags=Ags("05358008"),
                location=Coordinate(50.79, 6.47),
                indoor_place=write("Aula"),
                nearest_transit_stop=write("Schule"),
                invented=False,
            ),
        ),
        "visits": (
            make_public_visit(1, guests=(make_public_guest(write),)),
            make_area_visit(2, day_part=DayPart.MORNING, ags=Ags("05358008")),
            make_public_visit(
                3,
                service_date=tuesday,
                stop_id=StopId("school"),
                ags=Ags("05358008"),
                status=PublicStatus.MOVED,
                moved_from=write("Sportplatz"),
                changed_at=NOW,
            ),
            make_area_visit(4, service_date=tuesday, status=PublicStatus.CANCELLED, changed_at=NOW),
            make_public_visit(5, service_date=friday, status=PublicStatus.CANCELLED),
        ),
        "tours": (_tour(MONDAY, "square", 50.86, 6.36), _tour(tuesday, "school", 50.79, 6.47)),
        "on_board": (
            OnBoardFact(
                id="play",
                bus_id=BIG,
                title=write("Was du tun kannst"),
                text=write("Spielen und kochen."),
                source="invented",
                licence="CC0-1.0",
            ),
        ),
        "signposts": (
            make_signpost(**_written(write, title="Sprachpaten", phone="02421 2")),
            make_signpost(id="card", ags=Ags("05358008"), **_written(write, title="Familienkarte")),
        ),
        "site": make_site_facts(
            office=write("Jugendamt Testkreis"),
            phone=write("02421 3"),
            law=write("BITVNRW"),
            basis=write("Selbstbewertung"),
            limits=(write("Ein Video fehlt."),),
            enforcement=write("Ombudsstelle"),
        ),
    }
    return PublicTimetable(**usual | given)


def _written(write: Callable[[str], str], **texts: str) -> dict[str, str]:
    texts = {"text": "Helfen beim Deutschlernen."} | texts
    return {name: write(text) for name, text in texts.items()}


def _tour(day: date, stop_id: str, lat: float, lon: float) -> PublicTour:
    depot = Coordinate(50.80, 6.48)
    return PublicTour(
        bus_id=BIG,
        service_date=day,
        stop_ids=(StopId(stop_id),),
        path=(depot, Coordinate(lat, lon), depot),
        length_m=24_600,
        drive_min=40,
    )
