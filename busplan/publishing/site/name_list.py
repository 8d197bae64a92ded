"""The list that phones search in: towns, places and public stops, one list for all languages."""

import json

from busplan.domain.places import Coordinate
from busplan.domain.public_timetable import PublicTimetable
from busplan.publishing.site.paths import stop_page, town_pages

DIGITS = 4
"""Decimals of a coordinate: about ten metres, enough to say what is near."""


def name_list(timetable: PublicTimetable) -> bytes:
    """JSON: ``towns`` are [name, page, postcodes, lat, lon], ``places`` [name, town], ``stops``
    [name, place, page, town, lat, lon].

    Pages are paths within a language; a town is meant by its position in ``towns``.
    """
    pages = town_pages(timetable.municipalities)
    number = {town.ags: n for n, town in enumerate(timetable.municipalities)}
    names = {town.name for town in timetable.municipalities}
    found = {
        "towns": [
            [town.name, pages[town.ags], list(town.postcodes), *_pair(town.location)]
            for town in timetable.municipalities
        ],
        "places": [
            [place.name, number[place.ags]]
            for place in timetable.places
            if place.name not in names and place.ags in number
        ],
        "stops": [
            [stop.name, stop.place, stop_page(stop.id), number[stop.ags], *_pair(stop.location)]
            for stop in timetable.stops
        ],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _pair(point: Coordinate) -> list[float]:
    return [round(point.lat, DIGITS), round(point.lon, DIGITS)]
