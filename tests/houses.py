"""Houses with known secrets: published plans made so that a test knows what must not leak.

A ``Case`` says how one visit is guarded and what happened to it; ``build_house`` makes the gate's
input from cases, ``secrets_of`` lists what nobody may read. Both take a ``salt``: whatever is
secret depends on it, whatever is public does not, so two salts make houses that the public cannot
tell apart. What is secret is worked out here by the day of the week, not by the gate's own code.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from busplan.domain.dates import BERLIN, DateRange, clock
from busplan.domain.demand import DemandId
from busplan.domain.fleet import Bus, BusId
from busplan.domain.matrix import TravelMatrix
from busplan.domain.places import Coordinate, Depot, DepotId, Origin, Stop
from busplan.domain.plan import Tour, Visit, VisitId, visit_id
from busplan.domain.programme import Guest, Programme
from busplan.domain.publication import GateInput
from busplan.domain.publication_level import PublicationLevel as Level
from busplan.domain.stop_events import (
    CancelReason,
    EventKind,
    StopEvent,
    VisitState,
    state_of,
)
from tests.factories import (
    MONDAY,
    make_bus,
    make_county,
    make_municipality,
    make_place,
    make_plan,
    make_stop,
    make_tour,
)

NOW = datetime(2026, 12, 2, 8, 5, tzinfo=BERLIN)
"""Wednesday morning: Monday and Tuesday are over."""
TODAY = 2
NOTICE_HOURS = 24
OPEN_BUS, GUARDED_BUS = "bus-open", "bus-guarded"
TOWNS = {"05358004": "Altdorf", "05358008": "Beerenau", "05358012": "Cornhausen"}
PART_STARTS = (9 * 60, 12 * 60, 17 * 60)
EARLY, LATE = timedelta(hours=40), timedelta(hours=1)
"""How long ago an event was: before or after today's short-notice visits were shown."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """Where and in which part of the day a visit is moved to, and how that stop is guarded."""

    town: int
    part: int
    level: Level


@dataclass(frozen=True, kw_only=True)
class Case:
    """One visit: day 0 is Monday, part 0 the morning; ``ago`` is when the event happened."""

    day: int
    bus: str
    town: int
    part: int
    stop_level: Level = Level.FULL
    visit_level: Level | None = None
    event: EventKind | None = None
    move: Move | None = None
    ago: timedelta = LATE

    @property
    def announced(self) -> Level:
        """The least of what stop, visit and bus allow."""
        bus_level = Level.FULL if self.bus == OPEN_BUS else Level.AREA
        return min(self.stop_level, self.visit_level or bus_level, key=lambda v: v.openness)

    @property
    def level(self) -> Level:
        """As announced, or less where the visit was moved to a more guarded stop."""
        levels = [self.announced, self.move.level if self.move else Level.FULL]
        return min(levels, key=lambda v: v.openness)

    @property
    def is_shown_in_full(self) -> bool:
        """Whether the public may read its present place and times."""
        if self.day < TODAY and (self.level is not Level.FULL or self.bus == GUARDED_BUS):
            return False
        if self.level is Level.SHORT_NOTICE:
            cancelled_before = self.event is EventKind.CANCEL and self.ago == EARLY
            return self.day == TODAY and not cancelled_before
        return self.level is Level.FULL

    @property
    def first_place_is_secret(self) -> bool:
        """Whether the stop announced first may not be named; only moves make a difference."""
        if self.move is None or not self.is_shown_in_full:
            return not self.is_shown_in_full
        return self.announced is Level.SHORT_NOTICE and self.ago == EARLY

    @property
    def first_place_was_secret(self) -> bool:
        """Whether the stop announced first is secret now and was never public before a move."""
        return self.first_place_is_secret and self.announced is not Level.FULL


def cases() -> st.SearchStrategy[Case]:
    """Any visit with any guard and any past; few days, towns and parts, so that many are alike."""
    levels = st.sampled_from(list(Level))
    moves = st.builds(Move, town=st.integers(0, 1), part=st.integers(0, 1), level=levels)
    return st.builds(
        _told,
        st.builds(
            Case,
            day=st.sampled_from((TODAY - 1, TODAY, TODAY + 1)),
            bus=st.sampled_from((OPEN_BUS, GUARDED_BUS)),
            town=st.integers(0, 1),
            part=st.integers(0, 1),
            stop_level=levels,
            visit_level=st.none() | levels,
            ago=st.sampled_from((EARLY, LATE)),
        ),
        st.none() | st.sampled_from((EventKind.ARRIVE, EventKind.CANCEL)) | moves,
    )


def _told(case: Case, event: EventKind | Move | None) -> Case:
    fields = {name: getattr(case, name) for name in case.__dataclass_fields__}
    if isinstance(event, Move):
        return Case(**fields | {"event": EventKind.MOVE, "move": event})
    return Case(**fields | {"event": event})


def build_house(given: Iterable[Case], salt: int = 0) -> GateInput:
    """The gate's input; a second salt also leaves out what was never announced."""
    told = [
        (number, case)
        for number, case in enumerate(given)
        if salt == 0 or case.announced is not Level.NONE
    ]
    stops = [stop for number, case in told for stop in _stops(number, case, salt)]
    tours, states = _tours(told, salt)
    secret = {secret for number, case in told for secret in _secret_stop_ids(number, case, salt)}
    buses = tuple(_bus(name, salt) for name in (OPEN_BUS, GUARDED_BUS))
    return GateInput(
        county=make_county(name="Testkreis"),
        municipalities=tuple(
            make_municipality(ags, name, location=Coordinate(50.8, 6.3 + n / 10))
            for n, (ags, name) in enumerate(TOWNS.items())
        ),
        places=(make_place(),),
        stops=tuple(stops),
        buses=buses,
        plans=(make_plan(tours=tuple(tours)),),
        states=states,
        matrix=_matrix([s.id for s in stops] + [b.depot.id for b in buses], secret, salt),
        short_notice_hours=NOTICE_HOURS,
        programme=Programme(guests=tuple(_guests(told, salt))),
    )


def secrets_of(given: Iterable[Case], salt: int = 0) -> list[str]:
    """Names, ids, notes, coordinates and clock times that no output may hold."""
    found = [f"SecretDepot{salt}", f"guarded-depot-{salt}", "50.9111", "6.1111"]
    found.append(f"SecretGuest{salt}")
    for number, case in enumerate(given):
        hidden = _secret_stop_ids(number, case, salt)
        for stop in _stops(number, case, salt):
            if stop.id in hidden:
                found += [stop.id, stop.name, stop.note, stop.indoor_place, stop.source]
                found += [f"{stop.location.lat:.5f}"[:-1], f"{stop.location.lon:.5f}"[:-1]]
                found.append(_guest_name(stop))
        if case.first_place_was_secret:
            found += [clock(minute) for minute in _times(number, case.part, salt + 1)]
        if case.move and not case.is_shown_in_full:
            found += [clock(minute) for minute in _times(number, case.move.part, salt + 1)]
    return found


def shown_guests(given: Iterable[Case]) -> list[str]:
    """Names of guests that the public is told."""
    return [
        _guest_name(_stops(number, case, 0)[-1])
        for number, case in enumerate(given)
        if case.is_shown_in_full and case.event is not EventKind.CANCEL
    ]


def shown_names(given: Iterable[Case]) -> list[str]:
    """Names of stops that the public is told."""
    return [
        _stops(number, case, 0)[-1].name
        for number, case in enumerate(given)
        if case.is_shown_in_full
    ]


def _guests(told: list[tuple[int, Case]], salt: int) -> Iterator[Guest]:
    """One at each stop of each visit, and one on every bus of whom nobody may read."""
    for bus in (OPEN_BUS, GUARDED_BUS):
        week = DateRange(first=MONDAY, last=MONDAY + timedelta(days=6))
        yield _guest(f"SecretGuest{salt}", bus, week, public=False)
    for number, case in told:
        day = MONDAY + timedelta(days=case.day)
        for stop in _stops(number, case, salt):
            dates = DateRange(first=day, last=day)
            yield _guest(_guest_name(stop), case.bus, dates, stop_id=stop.id)


def _guest(name: str, bus: str, dates: DateRange, **given: Any) -> Guest:
    return Guest(
        **{"id": f"{name}-{bus}", "name": name, "bus_id": BusId(bus), "public": True} | given,
        dates=(dates,),
    )


def _guest_name(stop: Stop) -> str:
    return f"Guest of {stop.id}"


def _secret_stop_ids(number: int, case: Case, salt: int) -> set[str]:
    first, *moved_to = (stop.id for stop in _stops(number, case, salt))
    hidden = {first} if case.first_place_is_secret else set()
    return hidden if case.is_shown_in_full else hidden | set(moved_to)


def _stops(number: int, case: Case, salt: int) -> list[Stop]:
    stops = [_stop(f"a{number}", case.town, case.stop_level, salt * case.first_place_was_secret)]
    if case.move:
        hidden = not case.is_shown_in_full
        stops.append(_stop(f"b{number}", case.move.town, case.move.level, salt * hidden))
    return stops


def _stop(name: str, town: int, level: Level, salt: int) -> Stop:
    number = int(name[1:]) * 2 + (name[0] == "b") + 40 * salt
    token = f"{name}x{salt}x"
    return make_stop(
        f"id-{token}",
        list(TOWNS)[town],
        name=f"Name {token}",
        note=f"Note {token}",
        indoor_place=f"Indoor {token}",
        source=f"Source {token}",
        location=Coordinate(50.70003 + number * 0.00131, 6.50003 + number * 0.00137),
        level=level,
        origin=Origin.REPORTED,
    )


def _times(number: int, part: int, salt: int) -> tuple[int, int]:
    """Opening and closing; secret ones (salt above 0) are not round and in another order."""
    place = (7 * number + 5 * salt) % 12 if salt else number % 12
    start = PART_STARTS[part] + 10 * place + salt
    return start, start + 60


def _bus(name: str, salt: int) -> Bus:
    if name == OPEN_BUS:
        return make_bus(name, depot=_depot("open-depot", "Depot", 50.81, 6.41))
    depot = _depot(f"guarded-depot-{salt}", f"SecretDepot{salt}", 50.9111 + salt, 6.1111 + salt)
    return make_bus(name, depot=depot, level=Level.AREA, colour="#aa3366")


def _depot(depot_id: str, name: str, lat: float, lon: float) -> Depot:
    return Depot(id=DepotId(depot_id), name=name, location=Coordinate(lat, lon))


def _tours(
    told: list[tuple[int, Case]], salt: int
) -> tuple[list[Tour], Mapping[VisitId, VisitState]]:
    tours, states = [], {}
    for day, bus in sorted({(case.day, case.bus) for _, case in told}):
        date = MONDAY + timedelta(days=day)
        here = [(n, c) for n, c in told if (c.day, c.bus) == (day, bus)]
        here.sort(key=lambda item: _planned_times(*item, salt))
        visits = []
        for place, (number, case) in enumerate(here, start=1):
            house_id = visit_id(date, BusId(bus), place)
            visits.append(_visit(house_id, number, case, salt))
            states[house_id] = state_of(_events(house_id, number, case, salt))
        tours.append(make_tour(*visits, bus_id=BusId(bus), service_date=date))
    return tours, states


def _planned_times(number: int, case: Case, salt: int) -> tuple[int, int]:
    return _times(number, case.part, salt + 1 if case.first_place_was_secret else 0)


def _visit(house_id: VisitId, number: int, case: Case, salt: int) -> Visit:
    open_min, close_min = _planned_times(number, case, salt)
    return Visit(
        id=house_id,
        demand_id=DemandId(f"d{number}"),
        stop_id=_stops(number, case, salt)[0].id,
        arrival_min=open_min,
        open_min=open_min,
        close_min=close_min,
        departure_min=close_min,
        level=case.visit_level,
    )


def _events(house_id: VisitId, number: int, case: Case, salt: int) -> Iterator[StopEvent]:
    if case.event is None:
        return
    moved = {}
    if case.move:
        times = _times(number, case.move.part, 0 if case.is_shown_in_full else salt + 1)
        stop_id = _stops(number, case, salt)[1].id
        moved = {"to_stop_id": stop_id, "to_open_min": times[0], "to_close_min": times[1]}
    reason = CancelReason.WEATHER if case.event is EventKind.CANCEL else None
    yield StopEvent(visit_id=house_id, kind=case.event, at=NOW - case.ago, reason=reason, **moved)


def _matrix(nodes: list[str], secret: set[str], salt: int) -> TravelMatrix:
    secret = secret | {f"guarded-depot-{salt}"}

    def table(value: int) -> tuple[tuple[int, ...], ...]:
        return tuple(
            tuple(value + 7 * salt * bool({here, there} & secret) for there in nodes)
            for here in nodes
        )

    return TravelMatrix(nodes=tuple(nodes), minutes=table(15), metres=table(10_000))
