"""The publication gate: what leaves the house, and nothing else.

``open_gate`` is the only maker of a ``PublicTimetable``; publishers and the public API accept
nothing but that type, so what is below a visit's level cannot reach them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from busplan.domain.dates import BERLIN, at
from busplan.domain.errors import InvalidInput
from busplan.domain.fleet import Bus, BusId
from busplan.domain.matrix import TravelMatrix
from busplan.domain.places import (
    Ags,
    Coordinate,
    County,
    Municipality,
    Origin,
    Outline,
    Place,
    Stop,
    StopId,
)
from busplan.domain.plan import Plan, Tour, Visit, VisitId
from busplan.domain.publication_level import PublicationLevel, strictest
from busplan.domain.stop_events import VisitState, VisitStatus

NOON_MIN = 12 * 60
EVENING_MIN = 17 * 60


class DayPart(StrEnum):
    """Part of the day in which a visit opens."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class PublicStatus(StrEnum):
    """What the public reads of a visit. OPEN and DONE are told of full visits only."""

    PLANNED = "planned"
    MOVED = "moved"
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStop:
    """A stop with at least one visit in full in the timetable."""

    id: StopId
    name: str
    ags: Ags
    place: str
    location: Coordinate
    indoor_place: str
    nearest_transit_stop: str
    invented: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicVisit:
    """A visit as far as its level allows.

    ``stop_id``, ``open_min``, ``close_min`` and ``moved_from`` are ``None`` below level FULL, and
    then only town, date and part of the day are known: the place is to be asked for.
    ``moved_from`` names the stop that was announced first.
    """

    id: VisitId
    bus_id: BusId
    ags: Ags
    service_date: date
    day_part: DayPart
    status: PublicStatus
    stop_id: StopId | None = None
    open_min: int | None = None
    close_min: int | None = None
    moved_from: str | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicTour:
    """A tour all of whose visits are public in full; the path runs depot to depot.

    ``stop_ids`` in order; cancelled visits are left out of the path.
    """

    bus_id: BusId
    service_date: date
    stop_ids: tuple[StopId, ...]
    path: tuple[Coordinate, ...]
    length_m: int
    drive_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicBus:
    """A bus by name and colour."""

    id: BusId
    name: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicTimetable:
    """All that publishers ever see. ``as_of`` is aware; visits are ordered by date and opening.

    ``first_day`` to ``last_day`` is the published horizon.
    """

    county: County
    as_of: datetime
    first_day: date
    last_day: date
    municipalities: tuple[Municipality, ...]
    places: tuple[Place, ...]
    outlines: tuple[Outline, ...]
    buses: tuple[PublicBus, ...]
    stops: tuple[PublicStop, ...]
    visits: tuple[PublicVisit, ...]
    tours: tuple[PublicTour, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateInput:
    """What the house knows about its published plans; never handed to a publisher."""

    county: County
    municipalities: tuple[Municipality, ...]
    places: tuple[Place, ...]
    outlines: tuple[Outline, ...] = ()
    stops: tuple[Stop, ...]
    buses: tuple[Bus, ...]
    plans: tuple[Plan, ...]
    states: Mapping[VisitId, VisitState]
    matrix: TravelMatrix
    short_notice_hours: int


def open_gate(house: GateInput, now: datetime) -> PublicTimetable:
    """The public timetable of the published plans at the moment ``now`` (aware).

    Raises ``InvalidInput`` when ``now`` is naive or there is no plan.
    """
    if now.tzinfo is None:
        raise InvalidInput(f"{now} has no time zone")
    if not house.plans:
        raise InvalidInput("no published plan")
    seen = [_seen(tour, visit, house, now) for tour, visit in _visits(house.plans)]
    visits = sorted((v for v in seen if v is not None), key=_order)
    shown = {v.stop_id for v in visits if v.stop_id is not None}
    place_names = {place.id: place.name for place in house.places}
    return PublicTimetable(
        county=house.county,
        as_of=now,
        first_day=min(plan.first_day for plan in house.plans),
        last_day=max(plan.last_day for plan in house.plans),
        municipalities=house.municipalities,
        places=house.places,
        outlines=house.outlines,
        buses=tuple(PublicBus(id=b.id, name=b.name, colour=b.colour) for b in house.buses),
        stops=tuple(
            PublicStop(
                id=stop.id,
                name=stop.name,
                ags=stop.ags,
                place=place_names.get(stop.place_id, ""),
                location=stop.location,
                indoor_place=stop.indoor_place,
                nearest_transit_stop=stop.nearest_transit_stop,
                invented=stop.origin is Origin.INVENTED,
            )
            for stop in house.stops
            if stop.id in shown
        ),
        visits=tuple(visits),
        tours=tuple(_public_tours(house, visits)),
    )


def level_of(visit: Visit, stop: Stop, bus: Bus) -> PublicationLevel:
    """The level in force: the visit's own or else its bus's, never above what the stop allows."""
    return strictest((stop.level, visit.level or bus.level))


def day_part(open_min: int) -> DayPart:
    """Part of the day of an opening time."""
    if open_min < NOON_MIN:
        return DayPart.MORNING
    return DayPart.AFTERNOON if open_min < EVENING_MIN else DayPart.EVENING


def _visits(plans: Iterable[Plan]) -> Iterable[tuple[Tour, Visit]]:
    for plan in plans:
        yield from plan.visits()


def _order(visit: PublicVisit) -> tuple[object, ...]:
    # Below FULL only the part of the day may show, so the true opening time must not sort it.
    parts = list(DayPart)
    start = visit.open_min if visit.open_min is not None else -1
    return (visit.service_date, parts.index(visit.day_part), start, visit.ags, visit.id)


def _seen(tour: Tour, visit: Visit, house: GateInput, now: datetime) -> PublicVisit | None:
    stops = {stop.id: stop for stop in house.stops}
    bus = next(b for b in house.buses if b.id == tour.bus_id)
    state = house.states.get(visit.id, VisitState())
    move = state.moved_to
    planned = stops[visit.stop_id]
    stop = stops[StopId(move.to_stop_id)] if move and move.to_stop_id else planned
    open_min = move.to_open_min if move and move.to_open_min is not None else visit.open_min
    close_min = move.to_close_min if move and move.to_close_min is not None else visit.close_min
    # A moved visit is as open as the more closed of its two places.
    level = strictest((level_of(visit, planned, bus), level_of(visit, stop, bus)))
    if level is PublicationLevel.SHORT_NOTICE:
        shown_from = at(tour.service_date, open_min) - timedelta(hours=house.short_notice_hours)
        level = PublicationLevel.FULL if now >= shown_from else PublicationLevel.AREA
    full = level is PublicationLevel.FULL
    today = now.astimezone(BERLIN).date()
    if level is PublicationLevel.NONE or (not full and tour.service_date < today):
        return None
    if level_of(visit, stop, bus) is not PublicationLevel.FULL and tour.service_date < today:
        return None
    return PublicVisit(
        id=visit.id,
        bus_id=tour.bus_id,
        ags=stop.ags,
        service_date=tour.service_date,
        day_part=day_part(open_min),
        status=_status(state, full, moved_town=stop.ags != planned.ags),
        stop_id=stop.id if full else None,
        open_min=open_min if full else None,
        close_min=close_min if full else None,
        moved_from=planned.name if full and move and stop.id != planned.id else None,
        changed_at=state.last_change if full or state.status is VisitStatus.CANCELLED else None,
    )


def _status(state: VisitState, full: bool, moved_town: bool) -> PublicStatus:
    """Below FULL the public reads planned, moved to another town, or cancelled; no live news."""
    if full:
        if state.moved_to and state.status is VisitStatus.PLANNED:
            return PublicStatus.MOVED
        return PublicStatus(state.status.value)
    if state.status is VisitStatus.CANCELLED:
        return PublicStatus.CANCELLED
    return PublicStatus.MOVED if moved_town else PublicStatus.PLANNED


def _public_tours(house: GateInput, visits: list[PublicVisit]) -> Iterable[PublicTour]:
    """Tours that may be drawn: buses in full, every visit public in full.

    Lines or kilometres through an area-level visit would give its place away.
    """
    stops = {stop.id: stop for stop in house.stops}
    by_id = {visit.id: visit for visit in visits}
    for plan in house.plans:
        for tour in plan.tours:
            shown = [by_id.get(visit.id) for visit in tour.visits]
            bus = next(b for b in house.buses if b.id == tour.bus_id)
            if bus.level is not PublicationLevel.FULL or not shown:
                continue
            stop_ids = []
            for public in shown:
                if public is None or public.stop_id is None:
                    break
                if public.status is not PublicStatus.CANCELLED:
                    stop_ids.append(public.stop_id)
            else:
                if stop_ids:
                    yield _public_tour(tour, bus, stop_ids, stops, house.matrix)


def _public_tour(
    tour: Tour,
    bus: Bus,
    stop_ids: list[StopId],
    stops: Mapping[StopId, Stop],
    matrix: TravelMatrix,
) -> PublicTour:
    nodes = [bus.depot.id, *stop_ids, bus.depot.id]
    legs = list(pairwise(nodes))
    depot = bus.depot.location
    return PublicTour(
        bus_id=bus.id,
        service_date=tour.service_date,
        stop_ids=tuple(stop_ids),
        path=(depot, *(stops[stop_id].location for stop_id in stop_ids), depot),
        length_m=sum(matrix.length_m(a, b) for a, b in legs),
        drive_min=sum(matrix.travel_min(a, b) for a, b in legs),
    )
