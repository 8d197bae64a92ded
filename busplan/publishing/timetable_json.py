"""The public timetable as one JSON file, for the county's own website and whoever else asks."""

import json
from typing import Any

from busplan.domain.public_timetable import PublicTimetable, PublicVisit
from busplan.publishing.address import PublicAddress
from busplan.publishing.icalendar_feeds import visit_file
from busplan.publishing.moments import moment, wall_clock
from busplan.publishing.site.paths import stop_page, town_pages
from busplan.publishing.visit_view import VisitView, list_visits
from busplan.publishing.words import Words

FILE = "daten/fahrplan.json"


def timetable_files(timetable: PublicTimetable, address: PublicAddress | None) -> dict[str, bytes]:
    """All visits with their facts, and in words, by path.

    What is not public is ``null``. Without an address, links are left out.
    """
    pages = town_pages(timetable.municipalities)
    views = list_visits(timetable, Words())
    county = timetable.county
    document = {
        "county": county.name,
        "demo": county.demo,
        "as_of": moment(timetable.as_of),
        "as_of_text": Words().as_of(timetable.as_of),
        "contact": {
            "phone": county.contact_phone,
            "mail": county.contact_mail,
            "note": county.contact_note,
        },
        "visits": [
            _visit(visit, view) | (_links(visit, pages[visit.ags], address) if address else {})
            for visit, view in zip(timetable.visits, views, strict=True)
        ],
    }
    return {FILE: json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"}


def _visit(visit: PublicVisit, view: VisitView) -> dict[str, Any]:
    return {
        "id": visit.id,
        "date": visit.service_date.isoformat(),
        "date_text": Words().day_title(visit.service_date),
        "opens": wall_clock(visit.service_date, visit.open_min),
        "closes": wall_clock(visit.service_date, visit.close_min),
        "time_text": view.time,
        "bus": view.bus.name,
        "town": view.town,
        "ags": visit.ags,
        "stop": None if view.area else view.place,
        "place": view.locality or None,
        "lat": None if view.area else view.location.lat,
        "lon": None if view.area else view.location.lon,
        "status": visit.status.value,
        "status_text": view.state,
        "remarks": list(view.remarks),
        "guests": [{"name": guest.name, "text": guest.text} for guest in visit.guests],
    }


def _links(visit: PublicVisit, town: str, address: PublicAddress) -> dict[str, str]:
    page = stop_page(visit.stop_id) if visit.stop_id is not None else town
    return {"page": address.of(page), "calendar": address.of(visit_file(visit.id))}
