"""The public timetable as a mobile library would publish it: a row per visit in full."""

from busplan.domain.mobile_timetable import MobileTimetable, PublishedVisit, every
from busplan.domain.public_timetable import (
    PublicStatus,
    PublicStop,
    PublicTimetable,
    PublicVisit,
)
from busplan.publishing.address import PublicAddress
from busplan.publishing.site.paths import stop_page

KIND = "Youth bus"
"""Whom the visits are for, in the schema's language."""


def mobile_rows(
    timetable: PublicTimetable, address: PublicAddress | None
) -> MobileTimetable | None:
    """Every visit as a row that begins and ends on its date; ``None`` without visits in full.

    A cancelled visit is a row whose only date is an exception.
    """
    stops = {stop.id: stop for stop in timetable.stops}
    visits = tuple(
        _row(timetable, visit, stops[visit.stop_id], address)
        for visit in timetable.visits
        if visit.stop_id is not None
    )
    return MobileTimetable(name=timetable.county.id, visits=visits) if visits else None


def _row(
    timetable: PublicTimetable,
    visit: PublicVisit,
    stop: PublicStop,
    address: PublicAddress | None,
) -> PublishedVisit:
    town = next(town for town in timetable.municipalities if town.ags == stop.ags)
    bus = next(bus for bus in timetable.buses if bus.id == visit.bus_id)
    day = visit.service_date
    return PublishedVisit(
        organisation=timetable.county.name,
        vehicle=bus.name,
        tour=f"{bus.name} {day}",
        community=town.name,
        stop=stop.name,
        address=stop.place,
        postcode=town.postcodes[0] if len(town.postcodes) == 1 else "",
        location=stop.location,
        kind=KIND,
        arrival_min=visit.open_min or 0,
        departure_min=visit.close_min or 0,
        frequency=every(1),
        start=day,
        end=day,
        exceptions=(day,) if visit.status is PublicStatus.CANCELLED else (),
        source=address.of(stop_page(stop.id)) if address else "",
    )
