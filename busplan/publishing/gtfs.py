"""GTFS static: where buses stand, for departure boards and journey planners.

A trip is one bus on one day, each visit a call with its dwell: arrival is opening, departure is
closing. Nobody may board or alight (pickup and drop-off type 1), else planners would put
passengers on the bus. Only visits in full are here, the cancelled ones too: GTFS-Realtime says
that they are off, and needs the trips that readers already know.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from busplan.domain.dates import BERLIN, clock
from busplan.domain.fleet import BusId
from busplan.domain.places import StopId
from busplan.domain.public_timetable import PublicTimetable, PublicVisit
from busplan.publishing.address import PublicAddress
from busplan.publishing.bus_view import list_buses
from busplan.publishing.colours import ink_on
from busplan.publishing.export_words import ExportWords
from busplan.publishing.moments import moment
from busplan.publishing.site.paths import stop_page

FILE = "daten/gtfs.zip"
BUS = "3"
NO_BOARDING = "1"
ADDED = "1"
"""Codes of the standard: route_type, pickup_type and drop_off_type, exception_type."""
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of a trip; ``sequence`` counts from 1."""

    sequence: int
    visit: PublicVisit
    stop_id: StopId
    arrival_min: int
    departure_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """One bus on one day, by opening time."""

    id: str
    bus_id: BusId
    service_date: date
    calls: tuple[Call, ...]


def gtfs_files(timetable: PublicTimetable, address: PublicAddress | None) -> dict[str, bytes]:
    """The feed by path; none without an address, which the standard asks for, or without trips."""
    tables = gtfs_tables(timetable, address) if address else {}
    return {FILE: _zipped(tables)} if tables else {}


def gtfs_tables(timetable: PublicTimetable, address: PublicAddress) -> dict[str, str]:
    """The feed's tables as CSV by file name; none without trips."""
    trips = list_trips(timetable)
    if not trips:
        return {}
    lines = dict(_lines(timetable, trips))
    return {
        "agency.txt": _table([_agency(timetable, address)]),
        "calendar_dates.txt": _table(_service_dates(trips)),
        "feed_info.txt": _table([_feed_info(timetable, address)]),
        "routes.txt": _table(_routes(timetable, trips)),
        "stop_times.txt": _table(_stop_times(trips)),
        "stops.txt": _table(_stops(timetable, address)),
        "trips.txt": _table(_trips(trips, lines)),
        **({"shapes.txt": _table(_shapes(timetable, lines))} if lines else {}),
    }


def list_trips(timetable: PublicTimetable) -> list[Trip]:
    """The trips of all visits in full; no event but a move changes their ids or calls."""
    full = [visit for visit in timetable.visits if visit.stop_id is not None]
    full.sort(key=lambda visit: (visit.service_date, visit.bus_id, visit.open_min or 0, visit.id))
    return [
        Trip(id=f"{day}-{bus}", bus_id=bus, service_date=day, calls=tuple(_calls(list(visits))))
        for (day, bus), visits in groupby(full, key=lambda v: (v.service_date, v.bus_id))
    ]


def _calls(visits: Sequence[PublicVisit]) -> Iterator[Call]:
    """A call per visit. A trip needs two, so a day's only visit calls at opening and at closing."""
    spans = [(v, v.open_min or 0, v.close_min or 0) for v in visits]
    if len(spans) == 1:
        ((visit, opening, closing),) = spans
        spans = [(visit, opening, opening), (visit, closing, closing)]
    for sequence, (visit, arrival, departure) in enumerate(spans, start=1):
        assert visit.stop_id is not None
        yield Call(
            sequence=sequence,
            visit=visit,
            stop_id=visit.stop_id,
            arrival_min=arrival,
            departure_min=departure,
        )


def _agency(timetable: PublicTimetable, address: PublicAddress) -> Row:
    county = timetable.county
    return {
        "agency_id": county.id,
        "agency_name": county.name,
        "agency_url": address.url,
        "agency_timezone": str(BERLIN),
        "agency_lang": "de",
        "agency_phone": county.contact_phone,
        "agency_email": county.contact_mail,
    }


def _feed_info(timetable: PublicTimetable, address: PublicAddress) -> Row:
    return {
        "feed_publisher_name": timetable.county.name,
        "feed_publisher_url": address.url,
        "feed_lang": "de",
        "feed_start_date": _day(timetable.first_day),
        "feed_end_date": _day(timetable.last_day),
        "feed_version": moment(timetable.as_of),
        "feed_contact_email": timetable.county.contact_mail,
    }


def _stops(timetable: PublicTimetable, address: PublicAddress) -> Iterator[Row]:
    words = ExportWords(timetable)
    for stop in timetable.stops:
        yield {
            "stop_id": stop.id,
            "stop_name": words.place(stop),
            "stop_lat": f"{stop.location.lat:.5f}",
            "stop_lon": f"{stop.location.lon:.5f}",
            "stop_url": address.of(stop_page(stop.id)),
        }


def _routes(timetable: PublicTimetable, trips: Iterable[Trip]) -> Iterator[Row]:
    running, labels = {trip.bus_id for trip in trips}, list_buses(timetable)
    for bus in timetable.buses:
        if bus.id in running:
            yield {
                "route_id": bus.id,
                "agency_id": timetable.county.id,
                "route_short_name": labels[bus.id].label,
                "route_long_name": bus.name,
                "route_type": BUS,
                "route_color": bus.colour.removeprefix("#"),
                "route_text_color": ink_on(bus.colour).removeprefix("#"),
            }


def _trips(trips: Iterable[Trip], lines: Mapping[str, object]) -> Iterator[Row]:
    for trip in trips:
        yield {
            "route_id": trip.bus_id,
            "service_id": trip.service_date,
            "trip_id": trip.id,
            "shape_id": trip.id if trip.id in lines else "",
        }


def _service_dates(trips: Iterable[Trip]) -> Iterator[Row]:
    for day in sorted({trip.service_date for trip in trips}):
        yield {"service_id": day, "date": _day(day), "exception_type": ADDED}


def _stop_times(trips: Iterable[Trip]) -> Iterator[Row]:
    for trip in trips:
        for call in trip.calls:
            yield {
                "trip_id": trip.id,
                "arrival_time": f"{clock(call.arrival_min)}:00",
                "departure_time": f"{clock(call.departure_min)}:00",
                "stop_id": call.stop_id,
                "stop_sequence": call.sequence,
                "pickup_type": NO_BOARDING,
                "drop_off_type": NO_BOARDING,
            }


def _lines(
    timetable: PublicTimetable, trips: Iterable[Trip]
) -> Iterator[tuple[str, tuple[StopId, ...]]]:
    """The stops that a trip joins by a line, where the public may know the bus's line at all."""
    drawn = {(tour.bus_id, tour.service_date) for tour in timetable.tours}
    for trip in trips:
        stop_ids = tuple(stop_id for stop_id, _ in groupby(call.stop_id for call in trip.calls))
        if (trip.bus_id, trip.service_date) in drawn and len(stop_ids) > 1:
            yield trip.id, stop_ids


def _shapes(timetable: PublicTimetable, lines: Mapping[str, Iterable[StopId]]) -> Iterator[Row]:
    """Straight lines from stop to stop: the order, not the road."""
    locations = {stop.id: stop.location for stop in timetable.stops}
    for shape_id, stop_ids in lines.items():
        for sequence, stop_id in enumerate(stop_ids, start=1):
            yield {
                "shape_id": shape_id,
                "shape_pt_lat": f"{locations[stop_id].lat:.5f}",
                "shape_pt_lon": f"{locations[stop_id].lon:.5f}",
                "shape_pt_sequence": sequence,
            }


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _table(rows: Iterable[Row]) -> str:
    rows = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _zipped(tables: Mapping[str, str]) -> bytes:
    """A zip file without the hour and the system it was made on."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in tables.items():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.create_system, entry.compress_type = _UNIX, zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    return packed.getvalue()
