"""Hypothesis strategy: planning problems small enough for exhaustive search.

One week, up to three usable days, two buses, two stops, three demand records and three people.
All minutes are multiples of five and openings lie half an hour apart. People have week caps only
where no tour is long enough for a break, so that it does not matter how long breaks are.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import TypeVar

from hypothesis import strategies as st

from busplan.domain.blocks import Block, BlockId
from busplan.domain.calendar import Closure, Scope, ServiceCalendar
from busplan.domain.dates import DateRange, Window
from busplan.domain.demand import DayKind, DemandId, DemandRecord
from busplan.domain.fleet import Bus, BusId, CrewId, CrewMember, Shift
from busplan.domain.matrix import TravelMatrix
from busplan.domain.parameters import Parameters
from busplan.domain.places import Ags, Stop, StopId
from busplan.domain.problem import Ban, PastDuty, PastVisit, Pin, PlanningProblem
from busplan.domain.publication_level import PublicationLevel
from tests.factories import (
    LONG,
    MONDAY,
    OPEN_WORK,
    make_bus,
    make_crew,
    make_demand,
    make_municipality,
    make_problem,
    make_stop,
)

T = TypeVar("T")

STEP_MIN = 30
ADVICE = "advice"
TOWNS = (Ags("05358004"), Ags("05358008"))
WEEK = frozenset(range(7))
ALL_OFFERS = frozenset({OPEN_WORK, ADVICE})


TWISTS = (
    "absent",
    "agreement",
    "ban",
    "block",
    "bus_id",
    "cap_bus",
    "cap_crew",
    "closed",
    "closure",
    "headway",
    "height",
    "holidays",
    "joint",
    "late",
    "least",
    "level",
    "licence",
    "max_visits",
    "min_adults",
    "most",
    "offer",
    "past_duty",
    "past_visit",
    "patterns",
    "period",
    "pin",
    "points",
    "power",
    "town_demand",
    "valid",
    "weekdays",
)
"""What can make a problem harder than usual; each problem has a few of them."""


@dataclass(frozen=True)
class _Frame:
    """What the parts of one problem agree on: usable weekdays, towns, demand records, twists."""

    weekdays: tuple[int, ...]
    towns: tuple[Ags, ...]
    demands: range
    twists: frozenset[str]

    @property
    def openings(self) -> int:
        """How many openings each demand record may allow at a stop: fewer where it has company."""
        return 5 - len(self.demands)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(MONDAY + timedelta(days=weekday) for weekday in self.weekdays)

    @property
    def first_day_only(self) -> DateRange:
        return DateRange(first=self.days[0], last=self.days[0])

    @property
    def short_days(self) -> bool:
        """Whether no tour is long enough for a break."""
        return "cap_crew" in self.twists

    def either(self, twist: str, usual: T, *others: T) -> st.SearchStrategy[T]:
        """The usual value, unless the problem has this twist."""
        return st.sampled_from((usual, *others)) if twist in self.twists else st.just(usual)

    def maybe(self, twist: str, some: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
        """One or two of these if the problem has this twist."""
        if twist not in self.twists:
            return st.just(())
        return st.lists(some, min_size=1, max_size=2).map(tuple)


@st.composite
def tiny_problems(draw: st.DrawFn) -> PlanningProblem:
    """A planning problem, feasible or not, that exhaustive search settles quickly."""
    frame = _Frame(
        weekdays=draw(st.sampled_from([(0,), (0, 1), (1, 3), (0, 1, 2), (3, 4)])),
        towns=draw(st.sampled_from([TOWNS[:1], TOWNS])),
        demands=draw(_numbers(3)),
        twists=draw(st.frozensets(st.sampled_from(TWISTS), max_size=5)),
    )
    stops = tuple(draw(_stops(f"s{n}", frame)) for n in draw(_numbers(2)))
    buses = tuple(draw(_buses(f"bus{n}", frame)) for n in draw(_numbers(2)))
    demands = tuple(draw(_demands(f"d{n}", stops, buses, frame)) for n in frame.demands)
    crew = tuple(draw(_crew(f"P{n}", frame)) for n in draw(_numbers(4 - len(buses))))
    return make_problem(
        municipalities=tuple(make_municipality(ags, f"Town {ags}") for ags in frame.towns),
        stops=stops,
        buses=buses,
        demands=demands,
        crew=crew,
        blocks=draw(frame.maybe("block", _blocks(stops, demands, buses, frame)))[:1],
        calendar=draw(_calendars(stops, buses, frame)),
        matrix=draw(_matrices(stops)),
        parameters=draw(_parameters(frame)),
        past_visits=draw(frame.maybe("past_visit", _past_visits(stops, demands, buses))),
        past_duties=draw(frame.maybe("past_duty", _past_duties(crew))),
        pins=draw(frame.maybe("pin", _pins(stops, demands, buses, frame)))[:1],
        bans=draw(frame.maybe("ban", _bans(stops, demands, buses, frame))),
    )


def _numbers(most: int) -> st.SearchStrategy[range]:
    return st.integers(1, most).map(lambda last: range(1, last + 1))


@st.composite
def _stops(draw: st.DrawFn, stop_id: str, frame: _Frame) -> Stop:
    return make_stop(
        stop_id,
        ags=draw(st.sampled_from(frame.towns)),
        power=draw(frame.either("power", True, False)),
        agreement=draw(frame.either("agreement", LONG, None, frame.first_day_only)),
        max_height_m=draw(frame.either("height", None, 3.0)),
        level=draw(frame.either("level", PublicationLevel.FULL, PublicationLevel.AREA)),
        closed=draw(frame.either("closed", (), (frame.first_day_only,))),
    )


@st.composite
def _buses(draw: st.DrawFn, bus_id: str, frame: _Frame) -> Bus:
    return make_bus(
        bus_id,
        weekdays=frozenset(frame.weekdays),
        offers=draw(frame.either("offer", ALL_OFFERS, frozenset({OPEN_WORK}))),
        licence=draw(frame.either("licence", "B", "C")),
        needs_power=draw(frame.either("power", False, True)),
        height_m=draw(frame.either("height", 2.5, 4.0)),
        set_up_min=draw(st.sampled_from([0, 15, 30])),
        tear_down_min=draw(st.sampled_from([0, 15, 30])),
        prepare_min=draw(st.sampled_from([0, 15])),
        finish_min=draw(st.sampled_from([0, 15])),
        min_adults=draw(frame.either("min_adults", 1, 2)),
        max_visits_per_day=draw(frame.either("max_visits", 3, 1, 2)),
        week_max_min=draw(frame.either("cap_bus", None, 300, 600, 900)),
        public_holidays=draw(frame.either("holidays", False, True)),
        level=PublicationLevel.FULL,
    )


@st.composite
def _windows(draw: st.DrawFn, service_min: int, frame: _Frame) -> tuple[Window, ...]:
    """One or two windows with few openings; between 14:00 and 17:00 where days are short."""
    openings = draw(st.integers(1, frame.openings))
    first = draw(st.integers(1, openings))
    shares = [first, openings - first] if openings > first else [first]
    return tuple(draw(_window(service_min, share, frame)) for share in shares)


@st.composite
def _window(draw: st.DrawFn, service_min: int, openings: int, frame: _Frame) -> Window:
    first_min, last_min = (840, 1020) if frame.short_days else (480, 1260)
    length_min = min(service_min + STEP_MIN * (openings - 1), last_min - first_min)
    from_min = draw(st.sampled_from(range(first_min, last_min - length_min + 1, STEP_MIN)))
    return Window(from_min=from_min, to_min=from_min + length_min)


@st.composite
def _demands(
    draw: st.DrawFn,
    demand_id: str,
    stops: tuple[Stop, ...],
    buses: tuple[Bus, ...],
    frame: _Frame,
) -> DemandRecord:
    stop = draw(st.sampled_from(stops))
    service_min = draw(st.sampled_from([30, 60, 90, 120] + [180, 300] * (not frame.short_days)))
    most = draw(frame.either("most", 1, 2))
    wished = draw(frame.either("most", 1, most))
    return make_demand(
        demand_id,
        ags=stop.ags,
        stop_id=draw(frame.either("town_demand", stop.id, None)),
        offer=draw(frame.either("offer", OPEN_WORK, ADVICE)),
        period_weeks=draw(frame.either("period", 1, 2)),
        least=draw(frame.either("least", 0, 1, wished)),
        wished=wished,
        most=most,
        service_min=service_min,
        weekdays=draw(frame.either("weekdays", WEEK, frozenset(frame.weekdays[:1]))),
        windows=draw(_windows(service_min, frame)),
        patterns=draw(frame.either("patterns", (), (frozenset({0, 2}), frozenset({1, 3})))),
        headway_min_days=draw(frame.either("headway", 1, 2, 7)),
        weight=draw(st.integers(1, 3)),
        valid=draw(frame.either("valid", LONG, frame.first_day_only)),
        days=draw(frame.either("holidays", *DayKind)),
        bus_id=draw(frame.either("bus_id", None, *(bus.id for bus in buses))),
        joint=draw(frame.either("joint", False, True)),
        level=draw(frame.either("level", None, PublicationLevel.AREA, PublicationLevel.FULL)),
    )


@st.composite
def _crew(draw: st.DrawFn, crew_id: str, frame: _Frame) -> CrewMember:
    window = frame.either(
        "late", Window(from_min=300, to_min=1440), Window(from_min=720, to_min=1320)
    )
    return make_crew(
        crew_id,
        licences=draw(
            frame.either("licence", frozenset({"B", "C"}), frozenset({"B"}), frozenset())
        ),
        offers=draw(frame.either("offer", ALL_OFFERS, frozenset({OPEN_WORK}))),
        shifts=(Shift(weekdays=WEEK, window=draw(window)),),
        absent=draw(frame.either("absent", (), (frame.first_day_only,))),
        week_max_min=draw(frame.either("cap_crew", None, 240, 480)),
    )


@st.composite
def _blocks(
    draw: st.DrawFn,
    stops: tuple[Stop, ...],
    demands: tuple[DemandRecord, ...],
    buses: tuple[Bus, ...],
    frame: _Frame,
) -> Block:
    """A promise that may be off the timetable's step, and may not be lawful to keep."""
    demand = draw(st.sampled_from(demands))
    in_reach = [stop for stop in stops if demand.stop_id in (None, stop.id)]
    from_min = draw(st.sampled_from([840, 875, 900]))
    length_min = draw(st.sampled_from([60, 100, 120]))
    return Block(
        id=BlockId("block"),
        stop_id=draw(st.sampled_from(in_reach)).id,
        demand_id=demand.id,
        bus_id=draw(st.sampled_from(buses)).id,
        weekday=draw(st.sampled_from(frame.weekdays)),
        window=Window(from_min=from_min, to_min=from_min + length_min),
        running=LONG,
    )


@st.composite
def _calendars(
    draw: st.DrawFn, stops: tuple[Stop, ...], buses: tuple[Bus, ...], frame: _Frame
) -> ServiceCalendar:
    day = draw(st.sampled_from(frame.days))
    target = draw(
        st.sampled_from(
            [
                (Scope.ALL, ""),
                *((Scope.STOP, stop.id) for stop in stops),
                *((Scope.BUS, bus.id) for bus in buses),
                *((Scope.MUNICIPALITY, ags) for ags in frame.towns),
            ]
        )
    )
    closure = Closure(
        dates=DateRange(first=day, last=day), scope=target[0], target=target[1], reason="Kirmes"
    )
    return ServiceCalendar(
        public_holidays=draw(frame.either("holidays", {}, {day: "Feiertag"})),
        school_holidays=draw(frame.either("holidays", frozenset(), frozenset(frame.days[1:]))),
        closures=draw(frame.either("closure", (), (closure,))),
    )


@st.composite
def _matrices(draw: st.DrawFn, stops: tuple[Stop, ...]) -> TravelMatrix:
    """Driving times of 5 to 40 minutes that differ by direction; no detour is ever quicker."""
    nodes = ("depot", *(stop.id for stop in stops))
    size = len(nodes)
    minutes = [
        [0 if a == b else 5 * draw(st.integers(1, 8)) for b in range(size)] for a in range(size)
    ]
    for via, a, b in product(range(size), repeat=3):
        minutes[a][b] = min(minutes[a][b], minutes[a][via] + minutes[via][b])
    metres = [[730 * value for value in row] for row in minutes]
    return TravelMatrix(
        nodes=nodes, minutes=tuple(map(tuple, minutes)), metres=tuple(map(tuple, metres))
    )


@st.composite
def _parameters(draw: st.DrawFn, frame: _Frame) -> Parameters:
    return Parameters(
        timetable_step_min=STEP_MIN,
        need_points=draw(frame.either("points", 1000, 100)),
        floor_points=draw(frame.either("points", 3000, 0)),
        floor_weeks=draw(frame.either("points", 4, 1)),
        block_points=draw(frame.either("points", 1_000_000, 500)),
        alone_points_per_hour=draw(frame.either("points", 120, 0, 600)),
        balance_points=draw(frame.either("points", 40, 0, 300)),
        late_after_min=draw(frame.either("late", 1260, 1020)),
    )


@st.composite
def _past_visits(
    draw: st.DrawFn,
    stops: tuple[Stop, ...],
    demands: tuple[DemandRecord, ...],
    buses: tuple[Bus, ...],
) -> PastVisit:
    demand = draw(st.sampled_from(demands))
    return PastVisit(
        demand_id=DemandId(demand.id),
        stop_id=StopId(draw(st.sampled_from(stops)).id),
        bus_id=BusId(draw(st.sampled_from(buses)).id),
        service_date=MONDAY - timedelta(days=draw(st.sampled_from([3, 4, 6, 7, 14]))),
        open_min=demand.windows[0].from_min,
    )


@st.composite
def _past_duties(draw: st.DrawFn, crew: tuple[CrewMember, ...]) -> PastDuty:
    return PastDuty(
        crew_id=CrewId(draw(st.sampled_from(crew)).id),
        service_date=MONDAY - timedelta(days=1),
        start_min=900,
        end_min=draw(st.sampled_from([1200, 1320, 1440])),
    )


@st.composite
def _pins(
    draw: st.DrawFn,
    stops: tuple[Stop, ...],
    demands: tuple[DemandRecord, ...],
    buses: tuple[Bus, ...],
    frame: _Frame,
) -> Pin:
    """A visit held fast, which other rules may forbid all the same."""
    demand = draw(st.sampled_from(demands))
    open_min = draw(st.sampled_from(demand.windows)).from_min
    return Pin(
        demand_id=demand.id,
        stop_id=demand.stop_id or draw(st.sampled_from(stops)).id,
        bus_id=draw(st.sampled_from(buses)).id,
        service_date=draw(st.sampled_from(frame.days)),
        open_min=open_min,
        close_min=open_min + demand.service_min,
    )


def _bans(
    stops: tuple[Stop, ...],
    demands: tuple[DemandRecord, ...],
    buses: tuple[Bus, ...],
    frame: _Frame,
) -> st.SearchStrategy[Ban]:
    """Forbidden at one stop, by one bus and on one day, or at, by and on any."""
    return st.builds(
        Ban,
        demand_id=st.sampled_from([demand.id for demand in demands]),
        stop_id=st.none() | st.sampled_from([stop.id for stop in stops]),
        bus_id=st.none() | st.sampled_from([bus.id for bus in buses]),
        service_date=st.none() | st.sampled_from(frame.days),
    )
