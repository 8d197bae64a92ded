"""One week as the public reads it: the rows from which both table and map are made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from busplan.domain.dates import DAYS_PER_WEEK, monday_of, week_of
from busplan.domain.fleet import BusId
from busplan.domain.places import Coordinate
from busplan.domain.public_timetable import (
    PublicStatus,
    PublicStop,
    PublicTimetable,
    PublicTour,
    PublicVisit,
)
from busplan.publishing import texts

METRES_PER_KM = 1000
MINUTES_PER_HOUR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class BusView:
    """A bus with the number that its colour, shape and line style go by, and its letter."""

    number: int
    name: str
    letter: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitView:
    """One visit in words. ``area`` says that only the town is known; then it lies there."""

    anchor: str
    day: date
    bus: BusView
    time: str
    town: str
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """The line of one bus on one day."""

    bus: BusView
    path: tuple[Coordinate, ...]
    length_m: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """One day with at least one visit."""

    day: date
    title: str
    visits: tuple[VisitView, ...]
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a bus gives in one week, as far as it is public; cancelled visits are left out."""

    bus: BusView
    visits: int
    hours: str
    km: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView:
    """An ISO week of the timetable."""

    week: str
    number: int
    dates: str
    days: tuple[DayView, ...]
    figures: tuple[Figures, ...]
    summary: str

    @property
    def asks_for_place(self) -> bool:
        """Whether some place has to be asked for."""
        return any(visit.area for day in self.days for visit in day.visits)


def list_buses(timetable: PublicTimetable) -> dict[BusId, BusView]:
    """The buses in their order; a letter that two share becomes a number."""
    letters = [_letter(bus.name) for bus in timetable.buses]
    return {
        bus.id: BusView(
            number=number,
            name=bus.name,
            letter=letter if letter and letters.count(letter) == 1 else str(number + 1),
            colour=bus.colour,
        )
        for number, (bus, letter) in enumerate(zip(timetable.buses, letters, strict=True))
    }


def list_weeks(timetable: PublicTimetable) -> tuple[WeekView, ...]:
    """Every week of the published horizon, the first one first."""
    first = monday_of(timetable.first_day)
    weeks = ((timetable.last_day - first).days // DAYS_PER_WEEK) + 1
    reader = _Reader(timetable)
    return tuple(reader.week(first + timedelta(weeks=n)) for n in range(weeks))


class _Reader:
    """Names and places of a timetable, looked up once."""

    def __init__(self, timetable: PublicTimetable) -> None:
        self.timetable = timetable
        self.buses = list_buses(timetable)
        self.stops = {stop.id: stop for stop in timetable.stops}
        self.towns = {town.ags: town for town in timetable.municipalities}

    def week(self, monday: date) -> WeekView:
        days = tuple(self._days(monday))
        visits = [visit for day in days for visit in day.visits]
        return WeekView(
            week=week_of(monday),
            number=monday.isocalendar().week,
            dates=texts.dates_title(monday, monday + timedelta(days=DAYS_PER_WEEK - 1)),
            days=days,
            figures=tuple(_figures(bus, days) for bus in self.buses.values()),
            summary=texts.visits_in_towns(len(visits), len({visit.town for visit in visits})),
        )

    def _days(self, monday: date) -> Iterator[DayView]:
        for offset in range(DAYS_PER_WEEK):
            day = monday + timedelta(days=offset)
            visits = tuple(
                self._visit(visit) for visit in self.timetable.visits if visit.service_date == day
            )
            lines = tuple(
                self._line(tour) for tour in self.timetable.tours if tour.service_date == day
            )
            if visits:
                yield DayView(day=day, title=texts.day_title(day), visits=visits, lines=lines)

    def _line(self, tour: PublicTour) -> LineView:
        bus = self.buses[tour.bus_id]
        return LineView(bus=bus, path=tour.path, length_m=tour.length_m)

    def _visit(self, visit: PublicVisit) -> VisitView:
        stop = self.stops[visit.stop_id] if visit.stop_id is not None else None
        town = self.towns[visit.ags]
        return VisitView(
            anchor=visit.id,
            day=visit.service_date,
            bus=self.buses[visit.bus_id],
            time=_time(visit),
            town=town.name,
            place=stop.name if stop else texts.say("ask_place"),
            locality=_locality(stop, town.name) if stop else "",
            remarks=tuple(self._remarks(visit)),
            status=visit.status,
            state=texts.STATES[visit.status],
            changed=texts.changed(visit.changed_at) if visit.changed_at else "",
            area=stop is None,
            invented=stop.invented if stop else False,
            location=stop.location if stop else town.location,
            open_min=(visit.close_min or 0) - (visit.open_min or 0),
        )

    def _remarks(self, visit: PublicVisit) -> Iterator[str]:
        if visit.moved_from:
            yield texts.say("moved_from", name=visit.moved_from)
        stop = self.stops[visit.stop_id] if visit.stop_id is not None else None
        if stop and stop.indoor_place:
            yield texts.say("indoor", name=stop.indoor_place)
        if stop and stop.nearest_transit_stop:
            yield texts.say("transit", name=stop.nearest_transit_stop)


def _time(visit: PublicVisit) -> str:
    if visit.open_min is None or visit.close_min is None:
        return texts.DAY_PARTS[visit.day_part]
    return texts.times(visit.open_min, visit.close_min)


def _figures(bus: BusView, days: tuple[DayView, ...]) -> Figures:
    visits = [
        visit
        for day in days
        for visit in day.visits
        if visit.bus == bus and visit.status is not PublicStatus.CANCELLED
    ]
    minutes = sum(visit.open_min for visit in visits)
    metres = sum(line.length_m for day in days for line in day.lines if line.bus == bus)
    return Figures(
        bus=bus,
        visits=len(visits),
        hours=f"{minutes / MINUTES_PER_HOUR:.1f}".replace(".", ",") if minutes else "–",
        km=str(round(metres / METRES_PER_KM)) if metres else "–",
    )


def _locality(stop: PublicStop, town: str) -> str:
    """The stop's place, unless town or stop already say it."""
    return "" if stop.place == town or stop.place in stop.name else stop.place


def _letter(name: str) -> str:
    return next((char.upper() for char in name if char.isalpha()), "")
