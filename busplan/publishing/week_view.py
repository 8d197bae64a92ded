"""One week as the public reads it: days, lines and figures."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from busplan.domain.dates import DAYS_PER_WEEK, monday_of, week_of
from busplan.domain.places import Coordinate
from busplan.domain.public_timetable import PublicStatus, PublicTimetable
from busplan.publishing.bus_view import BusView, list_buses
from busplan.publishing.visit_view import VisitView, list_visits
from busplan.publishing.words import Words

METRES_PER_KM = 1000
MINUTES_PER_HOUR = 60


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
    lines: tuple[LineView, ...] = ()


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


def list_weeks(
    timetable: PublicTimetable, words: Words, visits: Sequence[VisitView] | None = None
) -> tuple[WeekView, ...]:
    """Every week of the published horizon, the first one first; ``visits`` if at hand already."""
    if visits is None:
        visits = list_visits(timetable, words)
    lines = _lines(timetable)
    by_week = defaultdict(list)
    for visit in visits:
        by_week[monday_of(visit.day)].append(visit)
    first = monday_of(timetable.first_day)
    weeks = ((timetable.last_day - first).days // DAYS_PER_WEEK) + 1
    mondays = (first + timedelta(weeks=n) for n in range(weeks))
    return tuple(_week(m, group_by_day(by_week[m], words, lines), words) for m in mondays)


def group_by_day(
    visits: Iterable[VisitView],
    words: Words,
    lines: Mapping[date, tuple[LineView, ...]] | None = None,
) -> tuple[DayView, ...]:
    """The days on which there are visits, in order, each with its visits and lines."""
    by_day = defaultdict(list)
    for visit in visits:
        by_day[visit.day].append(visit)
    return tuple(
        DayView(
            day=day,
            title=words.day_title(day),
            visits=tuple(by_day[day]),
            lines=(lines or {}).get(day, ()),
        )
        for day in sorted(by_day)
    )


def buses_of(days: Iterable[DayView]) -> tuple[BusView, ...]:
    """The buses that visit on these days, by name: pages speak of no others."""
    found = {visit.bus for day in days for visit in day.visits}
    return tuple(sorted(found, key=lambda bus: (bus.name, bus.key)))


def _week(monday: date, days: tuple[DayView, ...], words: Words) -> WeekView:
    visits = [visit for day in days for visit in day.visits]
    towns = len({visit.ags for visit in visits})
    return WeekView(
        week=week_of(monday),
        number=monday.isocalendar().week,
        dates=words.dates_title(monday, monday + timedelta(days=DAYS_PER_WEEK - 1)),
        days=days,
        figures=tuple(_figures(bus, days, words) for bus in buses_of(days)),
        summary=words.say("week_count", visits=len(visits), towns=towns),
    )


def _lines(timetable: PublicTimetable) -> Mapping[date, tuple[LineView, ...]]:
    buses = list_buses(timetable)
    by_day: dict[date, tuple[LineView, ...]] = {}
    for tour in timetable.tours:
        line = LineView(bus=buses[tour.bus_id], path=tour.path, length_m=tour.length_m)
        by_day[tour.service_date] = (*by_day.get(tour.service_date, ()), line)
    return by_day


def _figures(bus: BusView, days: tuple[DayView, ...], words: Words) -> Figures:
    visits = list(_held(bus, days))
    minutes = sum(visit.open_min for visit in visits)
    metres = sum(line.length_m for day in days for line in day.lines if line.bus == bus)
    return Figures(
        bus=bus,
        visits=len(visits),
        hours=words.tenths(minutes / MINUTES_PER_HOUR) if minutes else "–",
        km=str(round(metres / METRES_PER_KM)) if metres else "–",
    )


def _held(bus: BusView, days: tuple[DayView, ...]) -> Iterator[VisitView]:
    for day in days:
        for visit in day.visits:
            if visit.bus == bus and visit.status is not PublicStatus.CANCELLED:
                yield visit
