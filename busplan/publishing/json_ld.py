"""schema.org events as JSON-LD, for search engines and event calendars.

A visit of which only the town is known is an event without place and time of day.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from busplan.domain.places import County, StopId
from busplan.domain.public_timetable import (
    PublicStatus,
    PublicStop,
    PublicTimetable,
    PublicVisit,
)
from busplan.publishing.address import PublicAddress
from busplan.publishing.export_words import WORDS
from busplan.publishing.moments import wall_clock
from busplan.publishing.site.paths import stop_page

FILE = "daten/veranstaltungen.jsonld"
CONTEXT = "https://schema.org"
_STATUS = {
    PublicStatus.CANCELLED: "https://schema.org/EventCancelled",
    PublicStatus.MOVED: "https://schema.org/EventRescheduled",
}
_IN_HTML = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def json_ld_files(timetable: PublicTimetable, address: PublicAddress | None) -> dict[str, bytes]:
    """One document with all visits."""
    return {FILE: _document(timetable, timetable.visits, address).encode() + b"\n"}


def stop_events(
    timetable: PublicTimetable, stop_id: StopId, address: PublicAddress | None = None
) -> str:
    """A stop's visits, to be put as it is into ``<script type="application/ld+json">``.

    No name can end the element: the signs that could are written as JSON escapes.
    """
    visits = (visit for visit in timetable.visits if visit.stop_id == stop_id)
    return _document(timetable, visits, address).translate(_IN_HTML)


def _document(
    timetable: PublicTimetable, visits: Iterable[PublicVisit], address: PublicAddress | None
) -> str:
    stops = {stop.id: stop for stop in timetable.stops}
    towns = {town.ags: town.name for town in timetable.municipalities}
    organizer = _organizer(timetable.county, address)
    events = []
    for visit in visits:
        stop = stops[visit.stop_id] if visit.stop_id is not None else None
        event = _event(visit) | {"organizer": organizer}
        if stop:
            event["location"] = _place(stop, towns[stop.ags])
        if stop and address:
            event["url"] = address.of(stop_page(stop.id))
        events.append(event)
    return json.dumps({"@context": CONTEXT, "@graph": events}, ensure_ascii=False, indent=1)


def _event(visit: PublicVisit) -> dict[str, Any]:
    day = visit.service_date
    event = {
        "@type": "Event",
        "identifier": visit.id,
        "name": WORDS.say("brand"),
        "startDate": wall_clock(day, visit.open_min) or day.isoformat(),
        "endDate": wall_clock(day, visit.close_min) or day.isoformat(),
        "eventStatus": _STATUS.get(visit.status, "https://schema.org/EventScheduled"),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": True,
    }
    if visit.moved_from:
        event["disambiguatingDescription"] = WORDS.say("moved_from", name=visit.moved_from)
    if visit.guests:
        event["contributor"] = [
            {"@type": "Organization", "name": guest.name, "description": guest.text}
            for guest in visit.guests
        ]
    return event


def _place(stop: PublicStop, town: str) -> Mapping[str, Any]:
    return {
        "@type": "Place",
        "name": stop.name,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": town,
            "addressCountry": "DE",
        },
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": stop.location.lat,
            "longitude": stop.location.lon,
        },
    }


def _organizer(county: County, address: PublicAddress | None) -> Mapping[str, Any]:
    return {
        "@type": "GovernmentOrganization",
        "name": county.name,
        **({"telephone": county.contact_phone} if county.contact_phone else {}),
        **({"email": county.contact_mail} if county.contact_mail else {}),
        **({"url": address.url} if address else {}),
    }
