"""GeoJSON (RFC 7946): stops and visits as points, only where the place is public.

Visits of which only the town is known have no point and are not here.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from busplan.domain.places import Coordinate
from busplan.domain.public_timetable import PublicStop, PublicTimetable, PublicVisit
from busplan.publishing.address import PublicAddress
from busplan.publishing.moments import moment, wall_clock
from busplan.publishing.site.paths import stop_page

STOPS = "daten/halte.geojson"
VISITS = "daten/besuche.geojson"
DIGITS = 5
"""Decimals of a degree: about a metre (RFC 7946, 11.2)."""
Properties = Mapping[str, Any]


def geojson_files(timetable: PublicTimetable, address: PublicAddress | None) -> dict[str, bytes]:
    """Both collections by path, in the timetable's order."""
    stops = {stop.id: stop for stop in timetable.stops}
    towns = {town.ags: town.name for town in timetable.municipalities}
    buses = {bus.id: bus.name for bus in timetable.buses}
    about = {stop.id: _stop(stop, towns[stop.ags], address) for stop in timetable.stops}
    points = [_feature(stop.id, stop.location, about[stop.id]) for stop in timetable.stops]
    visits = [
        _feature(
            visit.id, stops[visit.stop_id].location, _visit(visit, about[visit.stop_id], buses)
        )
        for visit in timetable.visits
        if visit.stop_id is not None
    ]
    return {
        STOPS: _collection(timetable, points),
        VISITS: _collection(timetable, visits),
    }


def _stop(stop: PublicStop, town: str, address: PublicAddress | None) -> Properties:
    return {
        "stop": stop.name,
        "place": stop.place,
        "town": town,
        "ags": stop.ags,
        "indoor_place": stop.indoor_place,
        "nearest_transit_stop": stop.nearest_transit_stop,
        "invented": stop.invented,
        **({"page": address.of(stop_page(stop.id))} if address else {}),
    }


def _visit(visit: PublicVisit, stop: Properties, buses: Mapping[Any, str]) -> Properties:
    return {
        "bus": buses[visit.bus_id],
        "date": visit.service_date.isoformat(),
        "opens": wall_clock(visit.service_date, visit.open_min),
        "closes": wall_clock(visit.service_date, visit.close_min),
        "status": visit.status.value,
        "moved_from": visit.moved_from,
        "changed_at": moment(visit.changed_at),
        "guests": [guest.name for guest in visit.guests],
        "stop_id": visit.stop_id,
        **stop,
    }


def _feature(feature_id: str, place: Coordinate, properties: Properties) -> Mapping[str, Any]:
    lon_lat = [round(place.lon, DIGITS), round(place.lat, DIGITS)]
    return {
        "type": "Feature",
        "id": feature_id,
        "geometry": {"type": "Point", "coordinates": lon_lat},
        "properties": properties,
    }


def _collection(timetable: PublicTimetable, features: Iterable[Mapping[str, Any]]) -> bytes:
    # Members beside those of the standard are "foreign members" (RFC 7946, 6.1).
    collection = {
        "type": "FeatureCollection",
        "county": timetable.county.name,
        "demo": timetable.county.demo,
        "as_of": moment(timetable.as_of),
        "features": list(features),
    }
    return json.dumps(collection, ensure_ascii=False, indent=1).encode() + b"\n"
