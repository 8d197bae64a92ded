"""Towns and stops as the public reads them: what comes next, and everything that is announced."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from busplan.domain.places import Ags, Coordinate, StopId
from busplan.domain.programme import Signpost
from busplan.domain.public_timetable import PublicTimetable
from busplan.publishing.site.paths import stop_page, town_pages
from busplan.publishing.visit_view import VisitView, service_today
from busplan.publishing.week_view import DayView, group_by_day
from busplan.publishing.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class StopView:
    """A public stop; ``next`` is ``None`` while no visit is to come."""

    id: StopId
    page: str
    name: str
    ags: Ags
    town: str
    place: str
    location: Coordinate
    indoor_place: str
    nearest_transit_stop: str
    invented: bool
    next: VisitView | None
    days: tuple[DayView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TownView:
    """A town with all visits from today on, those moved away from it included."""

    ags: Ags
    page: str
    name: str
    places: tuple[str, ...]
    stops: tuple[StopView, ...]
    next: VisitView | None
    days: tuple[DayView, ...]
    signposts: tuple[Signpost, ...] = ()

    @property
    def asks_for_place(self) -> bool:
        """Whether some place has to be asked for."""
        return any(visit.area for day in self.days for visit in day.visits)


def list_towns(
    timetable: PublicTimetable, words: Words, visits: Sequence[VisitView]
) -> tuple[TownView, ...]:
    """Every town by name."""
    coming = from_today(timetable, visits)
    by_town: dict[Ags, list[VisitView]] = defaultdict(list)
    for visit in coming:
        for ags in {visit.ags, visit.from_ags or visit.ags}:
            by_town[ags].append(visit)
    stops = defaultdict(list)
    for stop in _list_stops(timetable, words, coming):
        stops[stop.ags].append(stop)
    places = _places(timetable)
    pages = town_pages(timetable.municipalities)
    return tuple(
        TownView(
            ags=town.ags,
            page=pages[town.ags],
            name=town.name,
            places=tuple(sorted(places[town.ags] - {town.name})),
            stops=tuple(sorted(stops[town.ags], key=lambda stop: stop.name)),
            next=next_of((v for v in by_town[town.ags] if v.ags == town.ags), timetable.as_of),
            days=group_by_day(by_town[town.ags], words),
            signposts=tuple(post for post in timetable.signposts if post.concerns(town.ags)),
        )
        for town in sorted(timetable.municipalities, key=lambda town: town.name)
    )


def from_today(timetable: PublicTimetable, visits: Iterable[VisitView]) -> list[VisitView]:
    """Visits of today, whatever became of them, and of later days."""
    today = service_today(timetable)
    return [visit for visit in visits if visit.day >= today]


def next_of(visits: Iterable[VisitView], now: datetime) -> VisitView | None:
    """The first of the visits that is still to come."""
    return next((visit for visit in visits if visit.is_to_come(now)), None)


def _list_stops(
    timetable: PublicTimetable, words: Words, coming: Iterable[VisitView]
) -> list[StopView]:
    names = {town.ags: town.name for town in timetable.municipalities}
    by_stop = defaultdict(list)
    for visit in coming:
        by_stop[visit.stop_id].append(visit)
    return [
        StopView(
            id=stop.id,
            page=stop_page(stop.id),
            name=stop.name,
            ags=stop.ags,
            town=names[stop.ags],
            place=stop.place,
            location=stop.location,
            indoor_place=stop.indoor_place,
            nearest_transit_stop=stop.nearest_transit_stop,
            invented=stop.invented,
            next=next_of(by_stop[stop.id], timetable.as_of),
            days=group_by_day(by_stop[stop.id], words),
        )
        for stop in timetable.stops
    ]


def _places(timetable: PublicTimetable) -> dict[Ags, set[str]]:
    names: dict[Ags, set[str]] = defaultdict(set)
    for place in timetable.places:
        names[place.ags].add(place.name)
    return names
