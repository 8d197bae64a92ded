"""Hypothesis strategies for domain types: anything the types allow, references kept whole."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from busplan.domain.blocks import Block, BlockId
from busplan.domain.calendar import CalendarEntry, EntryKind, Scope
from busplan.domain.county import CountyData
from busplan.domain.dates import MINUTES_PER_DAY, DateRange, Window, monday_of
from busplan.domain.demand import DayKind, DemandId, DemandRecord
from busplan.domain.fleet import Bus, BusId, CrewId, CrewMember, Shift
from busplan.domain.objective import CostTerms
from busplan.domain.parameters import Parameters, parameter_fields
from busplan.domain.places import (
    Ags,
    Coordinate,
    County,
    Depot,
    DepotId,
    Municipality,
    Origin,
    Outline,
    Place,
    PlaceId,
    Stop,
    StopId,
)
from busplan.domain.plan import MAX_WEEKS, Break, Duty, Plan, Tour, Visit, VisitId, visit_id
from busplan.domain.programme import Guest, OnBoardFact, Programme, Signpost
from busplan.domain.publication_level import PublicationLevel
from busplan.domain.site_facts import SiteFacts
from busplan.domain.solution import LostBlock, Proof, Quality, Solution, Unserved
from busplan.domain.stop_events import AgeBand, CancelReason, EventKind, StopEvent, Tally

T = TypeVar("T")
FIRST, LAST = date(2020, 1, 1), date(2039, 12, 31)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
"""No NUL, which PostgreSQL cannot keep."""
names = st.text(st.sampled_from("abcdeüß-_ 019'%"), min_size=1, max_size=8)
dates = st.dates(FIRST, LAST)
minutes = st.integers(0, MINUTES_PER_DAY)
small = st.integers(0, 50)
metres = st.floats(0, 30, allow_subnormal=False)
weekdays = st.frozensets(st.integers(0, 6))
levels = st.sampled_from(PublicationLevel)
coordinates = st.builds(Coordinate, st.floats(-90, 90), st.floats(-180, 180))
date_ranges = st.tuples(dates, dates).map(lambda p: DateRange(first=min(p), last=max(p)))
windows = (
    st.tuples(minutes, minutes)
    .filter(lambda p: p[0] != p[1])
    .map(lambda p: Window(from_min=min(p), to_min=max(p)))
)
moments = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001  (Hypothesis adds the zone)
    datetime(2039, 12, 31),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-3))]),
)


def tuples_of(part: SearchStrategy[T], most: int = 3) -> SearchStrategy[tuple[T, ...]]:
    """Tuples of up to ``most`` parts."""
    return st.lists(part, max_size=most).map(tuple)


def counties() -> SearchStrategy[County]:
    """Counties of any name."""
    return st.builds(
        County,
        id=names,
        name=texts,
        holiday_region=texts,
        contact_phone=texts,
        contact_mail=texts,
        contact_note=texts,
        source=texts,
        demo=st.booleans(),
    )


def municipalities() -> SearchStrategy[Municipality]:
    """Towns of any size."""
    return st.builds(
        Municipality,
        ags=names.map(Ags),
        name=texts,
        postcodes=tuples_of(texts),
        residents=st.integers(0, 10**6),
        residents_date=dates,
        young_people=st.none() | st.integers(0, 10**6),
        young_people_date=st.none() | dates,
        youth_office=texts,
        served=st.booleans(),
        main_place=texts,
        location=coordinates,
        source=texts,
    )


def outlines(ags: Ags) -> SearchStrategy[Outline]:
    """Borders of a town."""
    return st.builds(Outline, ags=st.just(ags), rings=tuples_of(tuples_of(coordinates)))


def places(towns: Sequence[Ags]) -> SearchStrategy[Place]:
    """Localities of the towns."""
    return st.builds(
        Place,
        id=names.map(PlaceId),
        name=texts,
        ags=st.sampled_from(towns),
        location=coordinates,
        accuracy_m=small,
        kind=texts,
        source=texts,
        licence=texts,
    )


def stops(towns: Sequence[Ags], localities: Sequence[PlaceId]) -> SearchStrategy[Stop]:
    """Stops in the towns and localities."""
    return st.builds(
        Stop,
        id=names.map(StopId),
        name=texts,
        ags=st.sampled_from(towns),
        place_id=st.sampled_from(localities),
        location=coordinates,
        level=levels,
        power=st.booleans(),
        max_height_m=st.none() | metres,
        max_length_m=st.none() | metres,
        max_weight_t=st.none() | metres,
        agreement=st.none() | date_ranges,
        lit=st.booleans(),
        indoor_place=texts,
        closed=tuples_of(date_ranges),
        nearest_transit_stop=texts,
        note=texts,
        origin=st.sampled_from(Origin),
        source=texts,
    )


def buses() -> SearchStrategy[Bus]:
    """Vehicles with depots."""
    return st.builds(
        Bus,
        id=names.map(BusId),
        name=texts,
        depot=st.builds(Depot, id=names.map(DepotId), name=texts, location=coordinates),
        offers=st.frozensets(texts),
        licence=texts,
        weekdays=weekdays,
        public_holidays=st.booleans(),
        needs_power=st.booleans(),
        height_m=metres,
        length_m=metres,
        weight_t=metres,
        set_up_min=small,
        tear_down_min=small,
        prepare_min=small,
        finish_min=small,
        min_adults=st.integers(1, 2),
        max_visits_per_day=small,
        week_max_min=st.none() | small,
        in_service=date_ranges,
        level=levels,
        colour=texts,
        origin=texts,
    )


def crew_members() -> SearchStrategy[CrewMember]:
    """People by code."""
    return st.builds(
        CrewMember,
        id=names.map(CrewId),
        licences=st.frozensets(texts, max_size=3),
        offers=st.frozensets(texts, max_size=3),
        shifts=tuples_of(st.builds(Shift, weekdays=weekdays, window=windows)),
        employed=date_ranges,
        absent=tuples_of(date_ranges),
        week_max_min=st.none() | small,
    )


def demands(
    towns: Sequence[Ags], halts: Sequence[StopId], vehicles: Sequence[BusId]
) -> SearchStrategy[DemandRecord]:
    """Demand of the towns or stops, for any or one of the buses."""
    asked = st.tuples(small, small, small).map(sorted)
    return asked.flatmap(
        lambda counts: st.builds(
            DemandRecord,
            id=names.map(DemandId),
            ags=st.sampled_from(towns),
            stop_id=st.sampled_from([None, *halts]),
            offer=texts,
            period_weeks=st.integers(1, 8),
            least=st.just(counts[0]),
            wished=st.just(counts[1]),
            most=st.just(counts[2]),
            service_min=st.integers(1, 600),
            weekdays=weekdays.filter(bool),
            windows=tuples_of(windows).filter(bool),
            patterns=tuples_of(weekdays),
            headway_min_days=st.integers(1, 30),
            weight=st.integers(1, 9),
            valid=date_ranges,
            days=st.sampled_from(DayKind),
            bus_id=st.sampled_from([None, *vehicles]),
            joint=st.booleans(),
            level=st.none() | levels,
            asked_by=texts,
            note=texts,
        )
    )


def blocks(
    halts: Sequence[StopId], records: Sequence[DemandId], vehicles: Sequence[BusId]
) -> SearchStrategy[Block]:
    """Blocks of the stops, demand records and buses."""
    return st.builds(
        Block,
        id=names.map(BlockId),
        stop_id=st.sampled_from(halts),
        demand_id=st.sampled_from(records),
        bus_id=st.sampled_from(vehicles),
        weekday=st.integers(0, 6),
        window=windows,
        running=date_ranges,
        reason=texts,
    )


def calendar_entries() -> SearchStrategy[CalendarEntry]:
    """Dated rows of a calendar."""
    return st.builds(
        CalendarEntry,
        dates=date_ranges,
        kind=st.sampled_from(EntryKind),
        scope=st.sampled_from(Scope),
        target=texts,
        name=texts,
        source=texts,
    )


@st.composite
def parameters(draw: st.DrawFn) -> Parameters:
    """Parameters of which some differ from the default."""
    specs = draw(st.lists(st.sampled_from(parameter_fields()), max_size=4, unique=True))
    values = {
        spec.name: draw(_numbers_like(spec.default, spec.metadata["least"])) for spec in specs
    }
    return Parameters(**values)


def _numbers_like(default: float, least: float) -> SearchStrategy[float]:
    if isinstance(default, int):
        return st.integers(int(least), 10**6)
    return st.floats(least, 10**6)


@st.composite
def programmes(
    draw: st.DrawFn, keys: Sequence[Ags], halts: Sequence[StopId], vehicles: Sequence[BusId]
) -> Programme:
    """What is on board, guests and signposts of the towns, stops and buses."""

    def some(thing: type[T], **fields: SearchStrategy[object]) -> tuple[T, ...]:
        said = {"id": names, "source": texts}
        found = st.lists(
            st.builds(thing, **said | fields), max_size=3, unique_by=lambda made: made.id
        )
        return tuple(draw(found))

    bus_ids, words = st.sampled_from(vehicles), {"title": texts, "text": texts, "licence": texts}
    return Programme(
        on_board=some(OnBoardFact, bus_id=bus_ids, **words),
        guests=some(
            Guest,
            name=texts,
            text=texts,
            bus_id=bus_ids,
            stop_id=st.sampled_from([None, *halts]),
            dates=tuples_of(date_ranges),
            public=st.booleans(),
        ),
        signposts=some(
            Signpost,
            ags=st.sampled_from([None, *keys]),
            phone=texts,
            url=texts,
            checked=dates,
            **words,
        ),
    )


def site_facts() -> SearchStrategy[SiteFacts]:
    """Statements whole and partial."""
    said = (
        "leave_url office mail phone form_url law basis enforcement enforcement_mail"
        " enforcement_url source"
    )
    return st.builds(
        SiteFacts,
        statement_date=st.none() | dates,
        limits=tuples_of(texts),
        **dict.fromkeys(said.split(), texts),
    )


@st.composite
def county_data(draw: st.DrawFn) -> CountyData:
    """Whole counties, small, in which every id that is named exists."""

    def some(part: SearchStrategy[T], key: str, least: int = 1) -> tuple[T, ...]:
        parts = st.lists(
            part, min_size=least, max_size=3, unique_by=lambda thing: getattr(thing, key)
        )
        return tuple(draw(parts))

    towns = some(municipalities(), "ags")
    ags = [town.ags for town in towns]
    localities = some(places(ags), "id")
    halts = some(stops(ags, [place.id for place in localities]), "id")
    stop_ids = [stop.id for stop in halts]
    vehicles = some(buses(), "id")
    bus_ids = [bus.id for bus in vehicles]
    records = some(demands(ags, stop_ids, bus_ids), "id")
    sourced = st.sampled_from([spec.name for spec in parameter_fields()])
    return CountyData(
        county=draw(counties()),
        municipalities=towns,
        places=localities,
        outlines=tuple(draw(outlines(key)) for key in draw(st.sets(st.sampled_from(ags)))),
        stops=halts,
        demands=records,
        blocks=some(blocks(stop_ids, [record.id for record in records], bus_ids), "id", least=0),
        buses=vehicles,
        crew=some(crew_members(), "id", least=0),
        calendar_entries=draw(tuples_of(calendar_entries())),
        parameters=draw(parameters()),
        parameter_sources=tuple(
            draw(st.lists(st.tuples(sourced, texts), max_size=3, unique_by=lambda pair: pair[0]))
        ),
        programme=draw(programmes(ags, stop_ids, bus_ids)),
        site=draw(site_facts()),
    )


@st.composite
def visits(draw: st.DrawFn, key: VisitId) -> Visit:
    """Visits with the id, at times in order."""
    arrival, opening, closing, departure = sorted(
        draw(
            st.lists(minutes, min_size=4, max_size=4).filter(lambda m: sorted(m)[1] < sorted(m)[2])
        )
    )
    return Visit(
        id=key,
        demand_id=DemandId(draw(names)),
        stop_id=StopId(draw(names)),
        arrival_min=arrival,
        open_min=opening,
        close_min=closing,
        departure_min=departure,
        block_id=draw(st.none() | names.map(BlockId)),
        level=draw(st.none() | levels),
    )


def duties() -> SearchStrategy[Duty]:
    """Duties with breaks."""
    pauses = windows.map(lambda w: Break(start_min=w.from_min, end_min=w.to_min))
    return st.builds(
        Duty,
        crew_id=names.map(CrewId),
        drives=st.booleans(),
        start_min=minutes,
        end_min=minutes,
        breaks=tuples_of(pauses),
    )


@st.composite
def tours(draw: st.DrawFn, bus_id: BusId, service_date: date) -> Tour:
    """Tours of a bus on a day, with or without visits."""
    count = draw(st.integers(0, 3))
    return Tour(
        bus_id=bus_id,
        service_date=service_date,
        depart_min=draw(minutes),
        return_min=draw(minutes),
        visits=tuple(draw(visits(visit_id(service_date, bus_id, n + 1))) for n in range(count)),
        duties=draw(tuples_of(duties())),
        drive_min=draw(minutes),
        length_m=draw(st.integers(0, 10**6)),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans with at most one tour a day of each bus, in any order."""
    monday = monday_of(draw(dates))
    weeks = draw(st.integers(1, MAX_WEEKS))
    days = st.integers(0, weeks * 7 - 1).map(lambda offset: monday + timedelta(days=offset))
    slots = st.tuples(st.sampled_from(["wilde13", "ninja"]).map(BusId), days)
    return Plan(
        county=draw(texts),
        first_day=monday,
        weeks=weeks,
        tours=tuple(
            draw(tours(bus_id, day))
            for bus_id, day in draw(st.lists(slots, max_size=4, unique=True))
        ),
    )


def solutions() -> SearchStrategy[Solution]:
    """Plans with and without a proven quality, and what they leave out."""
    points = st.integers(0, 2**40)
    terms = st.builds(CostTerms, **dict.fromkeys(CostTerms().as_dict(), points))
    unserved = st.builds(
        Unserved,
        demand_id=names.map(DemandId),
        missing=small,
        least_missed=st.booleans(),
        rule=texts,
        reason=texts,
        remedy=texts,
    )
    lost = st.builds(
        LostBlock, block_id=names.map(BlockId), service_date=dates, rule=texts, reason=texts
    )
    return st.builds(
        Solution,
        plan=plans(),
        quality=st.none()
        | st.builds(Quality, terms=terms, bound=points, proof=st.sampled_from(Proof)),
        unserved=tuples_of(unserved),
        lost_blocks=tuples_of(lost),
        lost_pins=tuples_of(texts),
    )


def tallies() -> SearchStrategy[Tally]:
    """Counts of some age bands, in any order."""
    counts = st.tuples(st.sampled_from(AgeBand), small)
    return st.lists(counts, unique_by=lambda pair: pair[0]).map(
        lambda pairs: Tally(counts=tuple(pairs))
    )


@st.composite
def event_logs(draw: st.DrawFn, key: VisitId) -> tuple[StopEvent, ...]:
    """What may happen at one visit, from nothing to its end, in order."""
    kinds = [EventKind.MOVE] * draw(st.integers(0, 2)) + draw(
        st.sampled_from(
            [[], [EventKind.CANCEL], [EventKind.ARRIVE], [EventKind.ARRIVE, EventKind.LEAVE]]
        )
    )
    times = sorted(draw(st.lists(moments, min_size=len(kinds), max_size=len(kinds))))
    return tuple(draw(_events(key, kind, at)) for kind, at in zip(kinds, times, strict=True))


def _events(key: VisitId, kind: EventKind, at: datetime) -> SearchStrategy[StopEvent]:
    details: dict[str, SearchStrategy[object]] = {}
    if kind is EventKind.CANCEL:
        details = {"reason": st.sampled_from(CancelReason)}
    elif kind is EventKind.MOVE:
        details = {"to_stop_id": names, "to_open_min": minutes, "to_close_min": minutes}
    elif kind is EventKind.LEAVE:
        details = {"tally": st.none() | tallies()}
    return st.builds(
        StopEvent, visit_id=st.just(key), kind=st.just(kind), at=st.just(at), **details
    )
