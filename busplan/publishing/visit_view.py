"""One visit as the public reads it: the row from which tables, cards and map are made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from busplan.domain.dates import BERLIN, at
from busplan.domain.places import Ags, Coordinate, StopId
from busplan.domain.public_timetable import (
    PublicGuest,
    PublicStatus,
    PublicStop,
    PublicTimetable,
    PublicVisit,
)
from busplan.publishing.bus_view import BusView, list_buses
from busplan.publishing.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitView:
    """One visit in words. ``area`` says that only the town is known; then it lies there.

    ``until`` is the moment from which it is over as far as the public may tell: closing time, or
    the end of the day where the times are not public. ``from_ags`` is the town that it was moved
    away from.
    """

    anchor: str
    day: date
    until: datetime
    bus: BusView
    time: str
    ags: Ags
    town: str
    from_ags: Ags | None
    stop_id: StopId | None
    place: str
    locality: str
    remarks: tuple[str, ...]
    status: PublicStatus
    state: str
    changed: str
    area: bool
    invented: bool
    location: Coordinate
    open_min: int
    """Minutes open to visitors; 0 where the times are not public."""
    guests: tuple[PublicGuest, ...] = ()

    def is_to_come(self, now: datetime) -> bool:
        """Whether somebody who leaves now may find the bus there."""
        gone = self.status in (PublicStatus.CANCELLED, PublicStatus.DONE)
        return not gone and (self.status is PublicStatus.OPEN or now < self.until)


def list_visits(timetable: PublicTimetable, words: Words) -> tuple[VisitView, ...]:
    """All visits of the timetable in its order."""
    reader = _Reader(timetable, words)
    return tuple(map(reader.visit, timetable.visits))


def service_today(timetable: PublicTimetable) -> date:
    """The Berlin date on which the timetable was made."""
    return timetable.as_of.astimezone(BERLIN).date()


class _Reader:
    """Names and places of a timetable, looked up once."""

    def __init__(self, timetable: PublicTimetable, words: Words) -> None:
        self.words = words
        self.buses = list_buses(timetable)
        self.stops = {stop.id: stop for stop in timetable.stops}
        self.towns = {town.ags: town for town in timetable.municipalities}

    def visit(self, visit: PublicVisit) -> VisitView:
        stop = self.stops[visit.stop_id] if visit.stop_id is not None else None
        town = self.towns[visit.ags]
        return VisitView(
            anchor=visit.id,
            day=visit.service_date,
            until=_until(visit),
            bus=self.buses[visit.bus_id],
            time=self._time(visit),
            ags=visit.ags,
            town=town.name,
            from_ags=visit.from_ags,
            stop_id=visit.stop_id,
            place=stop.name if stop else self.words.say("ask_place"),
            locality=_locality(stop, town.name) if stop else "",
            remarks=tuple(self._remarks(visit, stop)),
            status=visit.status,
            state=self.words.state(visit.status),
            changed=self.words.changed(visit.changed_at) if visit.changed_at else "",
            area=stop is None,
            invented=stop.invented if stop else False,
            location=stop.location if stop else town.location,
            open_min=(visit.close_min or 0) - (visit.open_min or 0),
            guests=visit.guests,
        )

    def _remarks(self, visit: PublicVisit, stop: PublicStop | None) -> Iterator[str]:
        announced = visit.moved_from or (visit.from_ags and self.towns[visit.from_ags].name)
        if announced:
            yield self.words.say("moved_from", name=announced)
        if stop and stop.indoor_place:
            yield self.words.say("indoor", name=stop.indoor_place)
        if stop and stop.nearest_transit_stop:
            yield self.words.say("transit", name=stop.nearest_transit_stop)

    def _time(self, visit: PublicVisit) -> str:
        if visit.open_min is None or visit.close_min is None:
            return self.words.day_part(visit.day_part)
        return self.words.times(visit.open_min, visit.close_min)


def _until(visit: PublicVisit) -> datetime:
    # Vanishing before midnight would tell the closing time of a visit whose times are not public.
    if visit.close_min is None:
        return at(visit.service_date + timedelta(days=1), 0)
    return at(visit.service_date, visit.close_min)


def _locality(stop: PublicStop, town: str) -> str:
    """The stop's place, unless town or stop already say it."""
    return "" if stop.place == town or stop.place in stop.name else stop.place
