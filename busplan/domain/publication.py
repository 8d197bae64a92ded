"""The publication gate: what leaves the house, and nothing else.

``open_gate`` is the only maker of a ``PublicTimetable``; publishers and the public API accept
nothing but that type, so what is below a visit's level cannot reach them. Whatever is secret may
change without the public timetable changing: neither ids, order, figures nor gaps depend on it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import pairwise

from busplan.domain.disclosure import Case, day_part, disclosure_history, level_of
from busplan.domain.errors import InvalidInput, NotFound
from busplan.domain.fleet import Bus, BusId
from busplan.domain.matrix import TravelMatrix
from busplan.domain.places import (
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
from busplan.domain.programme import Programme
from busplan.domain.public_timetable import (
    DayPart,
    PublicBus,
    PublicGuest,
    PublicStatus,
    PublicStop,
    PublicTimetable,
    PublicTour,
    PublicVisit,
    PublicVisitId,
)
from busplan.domain.publication_level import PublicationLevel
from busplan.domain.revisions import Announcement, announcement, revision_of
from busplan.domain.site_facts import SiteFacts
from busplan.domain.stop_events import VisitState

__all__ = [
    "DayPart",
    "GateInput",
    "PublicBus",
    "PublicGuest",
    "PublicStatus",
    "PublicStop",
    "PublicTimetable",
    "PublicTour",
    "PublicVisit",
    "PublicVisitId",
    "day_part",
    "level_of",
    "open_gate",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateInput:
    """What the house knows about its published plans; never handed to a publisher.

    ``replaced`` are plans that were public before, the oldest first. Of ``withdrawn`` buses
    nothing is shown, whatever their level: no name, no visit, nothing that is on board.
    """

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
    replaced: tuple[Plan, ...] = ()
    withdrawn: frozenset[BusId] = frozenset()
    programme: Programme = field(default_factory=Programme)
    site: SiteFacts = field(default_factory=SiteFacts)


def open_gate(house: GateInput, now: datetime) -> PublicTimetable:
    """The public timetable of the published plans at the moment ``now`` (aware).

    Raises ``InvalidInput`` when ``now`` is naive or there is no plan, ``NotFound`` when a plan or
    an event names a stop or bus that the county does not know.
    """
    if now.tzinfo is None:
        raise InvalidInput(f"{now} has no time zone")
    if not house.plans:
        raise InvalidInput("no published plan")
    visits = sorted(_public_visits(house, now), key=_order)
    return PublicTimetable(
        county=house.county,
        as_of=now,
        first_day=min(plan.first_day for plan in house.plans),
        last_day=max(plan.last_day for plan in house.plans),
        municipalities=house.municipalities,
        places=house.places,
        outlines=house.outlines,
        buses=tuple(_public_buses(house)),
        stops=tuple(_public_stops(house, {v.stop_id for v in visits})),
        visits=tuple(visits),
        tours=tuple(_public_tours(house, visits)),
        on_board=tuple(f for f in house.programme.on_board if f.bus_id not in house.withdrawn),
        signposts=house.programme.signposts,
        site=house.site,
    )


def _public_buses(house: GateInput) -> Iterator[PublicBus]:
    for bus in house.buses:
        if bus.id not in house.withdrawn:
            yield PublicBus(id=bus.id, name=bus.name, colour=bus.colour)


def _public_visits(house: GateInput, now: datetime) -> Iterator[PublicVisit]:
    histories = list(_histories(house))
    ids = _public_ids(history[-1] for history in histories)
    earlier = list(_announcements(house))
    for history in histories:
        present = history[-1]
        public_id = ids.get(present.visit.id)
        shown = present.shown(public_id, now)
        if shown is not None and shown.bus_id not in house.withdrawn:
            revision = revision_of(history, shown.id, earlier, now)
            yield replace(shown, revision=revision, guests=tuple(_public_guests(house, shown)))


def _histories(house: GateInput) -> Iterator[tuple[Case, ...]]:
    known = _Known(house)
    for plan in house.plans:
        for tour, visit in plan.visits():
            try:
                yield known.history(tour, visit, house.states.get(visit.id))
            except KeyError as missing:
                raise NotFound(f"visit {visit.id}: {missing} is unknown in the county") from None


def _announcements(house: GateInput) -> Iterator[Announcement]:
    """What replaced plans told, as far as the county still knows their stops and buses."""
    known = _Known(house)
    for plan in house.replaced:
        cases = [
            known.history(tour, visit, None)[-1]
            for tour, visit in plan.visits()
            if visit.stop_id in known.stops and tour.bus_id in known.buses
        ]
        yield announcement(plan, cases, _public_ids(cases))


class _Known:
    """What the county knows, by id."""

    def __init__(self, house: GateInput) -> None:
        self.stops = {stop.id: stop for stop in house.stops}
        self.buses = {bus.id: bus for bus in house.buses}
        self._notice = timedelta(hours=house.short_notice_hours)

    def history(self, tour: Tour, visit: Visit, state: VisitState | None) -> tuple[Case, ...]:
        return disclosure_history(tour, visit, self.stops, self.buses, state, self._notice)


def _public_ids(cases: Iterable[Case]) -> Mapping[VisitId, PublicVisitId]:
    """Ids made from what was announced, the same after every event; none for level NONE.

    The house's own id counts the visits of a tour, so it would tell of hidden ones and of the
    order of guarded ones.
    """
    alike = defaultdict(list)
    for case in cases:
        if case.planned_level is not PublicationLevel.NONE:
            part = day_part(case.visit.open_min)
            alike[case.service_date, case.bus.id, case.planned.ags, part].append(case)
    ids = {}
    for (day, *announced), group in alike.items():
        group.sort(key=_announced_order)
        for number, case in enumerate(group):
            text = "|".join((str(day), *announced, str(number)))
            digest = sha256(text.encode()).hexdigest()[:10]
            ids[case.visit.id] = PublicVisitId(f"{day}-{digest}")
    return ids


def _announced_order(case: Case) -> tuple[object, ...]:
    # Full visits first, by their public times; the others by what tells nothing of theirs.
    full = case.planned_level is PublicationLevel.FULL
    return (not full, case.visit.open_min if full else 0, case.visit.demand_id)


def _order(visit: PublicVisit) -> tuple[object, ...]:
    # Below FULL only the part of the day may show, so the true opening time must not sort it.
    parts = list(DayPart)
    start = visit.open_min if visit.open_min is not None else -1
    return (visit.service_date, parts.index(visit.day_part), start, visit.ags, visit.id)


def _public_guests(house: GateInput, visit: PublicVisit) -> Iterator[PublicGuest]:
    """Who comes along. Below FULL nobody is named: a guest of a single stop would tell which."""
    if visit.stop_id is None or visit.status is PublicStatus.CANCELLED:
        return
    for guest in house.programme.guests:
        if guest.public and guest.comes_to(visit.bus_id, visit.stop_id, visit.service_date):
            yield PublicGuest(name=guest.name, text=guest.text)


def _public_stops(house: GateInput, shown: set[StopId | None]) -> Iterator[PublicStop]:
    place_names = {place.id: place.name for place in house.places}
    for stop in house.stops:
        if stop.id in shown:
            yield PublicStop(
                id=stop.id,
                name=stop.name,
                ags=stop.ags,
                place=place_names.get(stop.place_id, ""),
                location=stop.location,
                indoor_place=stop.indoor_place,
                nearest_transit_stop=stop.nearest_transit_stop,
                invented=stop.origin is Origin.INVENTED,
            )


def _public_tours(house: GateInput, visits: Iterable[PublicVisit]) -> Iterator[PublicTour]:
    """The lines of buses in full, drawn from public visits alone.

    Had hidden visits a say in whether or where a line runs, its absence would give them away.
    """
    stops_of_day = defaultdict(list)
    for visit in visits:
        if visit.stop_id is not None and visit.status is not PublicStatus.CANCELLED:
            stops_of_day[visit.service_date, visit.bus_id].append(visit.stop_id)
    locations = {stop.id: stop.location for stop in house.stops}
    for day in sorted({day for day, _ in stops_of_day}):
        for bus in house.buses:
            stop_ids = stops_of_day.get((day, bus.id))
            if stop_ids and bus.level is PublicationLevel.FULL:
                yield _public_tour(bus, day, stop_ids, locations, house.matrix)


def _public_tour(
    bus: Bus,
    day: date,
    stop_ids: list[StopId],
    locations: Mapping[StopId, Coordinate],
    matrix: TravelMatrix,
) -> PublicTour:
    legs = list(pairwise((bus.depot.id, *stop_ids, bus.depot.id)))
    depot = bus.depot.location
    return PublicTour(
        bus_id=bus.id,
        service_date=day,
        stop_ids=tuple(stop_ids),
        path=(depot, *(locations[stop_id] for stop_id in stop_ids), depot),
        length_m=sum(matrix.length_m(here, there) for here, there in legs),
        drive_min=sum(matrix.travel_min(here, there) for here, there in legs),
    )
