"""Single visits that no rule forbids by themselves, and what forbids the others.

A candidate is a demand record at one stop, by one bus, on one date. Coupling between visits
(travel, crews, spacing within the horizon) is not judged here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from busplan.domain.blocks import Block, BlockId
from busplan.domain.calendar import Scope
from busplan.domain.dates import Window
from busplan.domain.demand import DayKind, DemandId, DemandRecord, rolling_periods
from busplan.domain.fleet import Bus, BusId
from busplan.domain.places import Ags, Stop, StopId
from busplan.domain.problem import PastVisit, Pin, PlanningProblem
from busplan.planning.weeks.availability import people_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A visit that may be planned; it opens so that ``[open, close]`` lies in one window.

    ``savings`` are the continuity points it wins. ``pin`` counts from 0 in the problem's pins.
    """

    demand_id: DemandId
    stop_id: StopId
    ags: Ags
    bus_id: BusId
    service_date: date
    offer: str
    service_min: int
    windows: tuple[Window, ...]
    step_min: int
    joint: bool
    savings: int = 0
    block_id: BlockId | None = None
    pin: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a demand record cannot be served at a stop, by a bus, on a date; each with its remedy."""

    demand_id: DemandId
    stop_id: StopId
    bus_id: BusId
    service_date: date
    grounds: tuple[tuple[str, str, str], ...]
    """Rule, reason and smallest change, one triple per rule that forbids it."""


def list_candidates(problem: PlanningProblem) -> tuple[list[Candidate], list[Refusal]]:
    """Every visit allowed by itself, and every one refused with its grounds."""
    candidates: list[Candidate] = []
    refusals: list[Refusal] = []
    for demand in problem.demands:
        for stop in stops_of(demand, problem):
            for bus in problem.buses:
                standing = tuple(_standing_grounds(demand, stop, bus))
                for day in problem.horizon:
                    grounds = (*standing, *_day_grounds(demand, stop, bus, day, problem))
                    grounds += tuple(_ban_grounds(demand, stop, bus, day, problem))
                    allowed = list(_visits_on(demand, stop, bus, day, problem, grounds))
                    candidates += allowed
                    if grounds and not allowed:
                        refusals.append(
                            Refusal(
                                demand_id=demand.id,
                                stop_id=stop.id,
                                bus_id=bus.id,
                                service_date=day,
                                grounds=grounds,
                            )
                        )
    return candidates, refusals


def stops_of(demand: DemandRecord, problem: PlanningProblem) -> Iterator[Stop]:
    """The stops at which a demand record may be served."""
    for stop in problem.stops:
        if stop.id == demand.stop_id or (demand.stop_id is None and stop.ags == demand.ags):
            yield stop


Ground = tuple[str, str, str]
FREE_RULES_IN_BLOCK = frozenset({"weekday", "window"})
"""A block's own weekday and window replace those of its demand record."""


def _visits_on(
    demand: DemandRecord,
    stop: Stop,
    bus: Bus,
    day: date,
    problem: PlanningProblem,
    grounds: tuple[Ground, ...],
) -> Iterator[Candidate]:
    numbers = problem.parameters
    plain = Candidate(
        demand_id=demand.id,
        stop_id=stop.id,
        ags=stop.ags,
        bus_id=bus.id,
        service_date=day,
        offer=demand.offer,
        service_min=demand.service_min,
        windows=tuple(w for w in demand.windows if w.to_min - w.from_min >= demand.service_min),
        step_min=numbers.timetable_step_min,
        joint=demand.joint,
    )
    block = _block_on(demand, stop, bus, day, problem)
    if block is not None and all(rule in FREE_RULES_IN_BLOCK for rule, _, _ in grounds):
        yield _in_block(plain, block, problem)
    if grounds:
        return
    expected = _expected_open(plain, problem)
    savings = 0 if expected is None else numbers.moved_points - numbers.retimed_points
    yield replace(plain, savings=savings)
    exact: list[tuple[int, int | None]] = [] if expected is None else [(expected, None)]
    exact += [
        (pin.open_min, number)
        for number, pin in enumerate(problem.pins)
        if _is_here(pin, plain) and pin.close_min - pin.open_min == demand.service_min
    ]
    for open_min, pin_number in exact:
        window = _exact_window(open_min, demand, numbers.timetable_step_min)
        if window is not None:
            won = numbers.moved_points if open_min == expected else savings
            yield replace(plain, windows=(window,), savings=won, pin=pin_number)


def _is_here(thing: Pin | PastVisit, candidate: Candidate) -> bool:
    return (thing.demand_id, thing.stop_id, thing.bus_id, thing.service_date) == (
        candidate.demand_id,
        candidate.stop_id,
        candidate.bus_id,
        candidate.service_date,
    )


def _block_on(
    demand: DemandRecord, stop: Stop, bus: Bus, day: date, problem: PlanningProblem
) -> Block | None:
    here = (demand.id, stop.id, bus.id)
    for block in problem.blocks:
        if (block.demand_id, block.stop_id, block.bus_id) == here and block.falls_on(day):
            return block
    return None


def _in_block(plain: Candidate, block: Block, problem: PlanningProblem) -> Candidate:
    window = block.window
    pins = (
        number
        for number, pin in enumerate(problem.pins)
        if _is_here(pin, plain)
        and (pin.open_min, pin.close_min) == (window.from_min, window.to_min)
    )
    return replace(
        plain,
        service_min=window.to_min - window.from_min,
        windows=(window,),
        step_min=1,
        block_id=block.id,
        pin=next(pins, None),
    )


def _expected_open(candidate: Candidate, problem: PlanningProblem) -> int | None:
    """When the public expects this very visit to open, if it does."""
    expected = (past for past in problem.expected_visits if _is_here(past, candidate))
    return next((past.open_min for past in expected), None)


def _exact_window(open_min: int, demand: DemandRecord, step_min: int) -> Window | None:
    close_min = open_min + demand.service_min
    if open_min % step_min or not any(w.holds(open_min, close_min) for w in demand.windows):
        return None
    return Window(from_min=open_min, to_min=close_min)


def _standing_grounds(demand: DemandRecord, stop: Stop, bus: Bus) -> Iterator[Ground]:
    """What forbids the visit on every day."""
    if demand.bus_id is not None and demand.bus_id != bus.id:
        yield ("bus", f"{demand.id} asks for {demand.bus_id}", f"allow {bus.name} to serve it")
    if demand.offer not in bus.offers:
        yield ("offers", f"{bus.name} does not offer {demand.offer}", f"offer it on {bus.name}")
    if bus.needs_power and not stop.power:
        yield (
            "power",
            f"{bus.name} needs power, {stop.name} has none",
            f"a checked socket at {stop.name}",
        )
    yield from _fit_grounds(stop, bus)
    if demand.level is not None and demand.level.openness > stop.level.openness:
        yield (
            "publication",
            f"{demand.id} asks to publish {demand.level.value}, {stop.name} allows"
            f" {stop.level.value}",
            f"publish {stop.level.value} only",
        )
    longest = max((w.to_min - w.from_min for w in demand.windows), default=0)
    if longest < demand.service_min:
        yield (
            "window",
            f"its longest window has {longest} min, the visit takes {demand.service_min} min",
            f"a window {demand.service_min - longest} min longer",
        )


def _fit_grounds(stop: Stop, bus: Bus) -> Iterator[Ground]:
    for word, limit, size, unit in (
        ("height", stop.max_height_m, bus.height_m, "m"),
        ("length", stop.max_length_m, bus.length_m, "m"),
        ("weight", stop.max_weight_t, bus.weight_t, "t"),
    ):
        if limit is not None and size > limit:
            yield (
                "vehicle_fit",
                f"{bus.name} has a {word} of {size} {unit}, {stop.name} allows {limit} {unit}",
                f"a place with {size} {unit} of {word} near {stop.name}",
            )


def _day_grounds(
    demand: DemandRecord, stop: Stop, bus: Bus, day: date, problem: PlanningProblem
) -> Iterator[Ground]:
    """What forbids the visit on this day."""
    if day not in demand.valid:
        yield ("validity", f"{demand.id} is asked for {demand.valid} only", "a longer validity")
    if day.weekday() not in demand.weekdays:
        yield ("weekday", f"{demand.id} does not want {day:%A}s", f"allow {day:%A}s")
    if not _day_kind_fits(demand, day, problem):
        yield ("day_kind", f"{demand.id} is for {demand.days.value} days only", "allow every day")
    yield from _bus_day_grounds(bus, day, problem)
    yield from _stop_day_grounds(stop, day, problem)
    yield from _crew_grounds(demand, bus, day, problem)
    yield from _past_grounds(demand, day, problem)


def _ban_grounds(
    demand: DemandRecord, stop: Stop, bus: Bus, day: date, problem: PlanningProblem
) -> Iterator[Ground]:
    for ban in problem.bans:
        if ban.hits(demand.id, stop.id, bus.id, day):
            yield ("bans", f"the planner forbids {ban}", f"lift the ban of {ban}")


def _bus_day_grounds(bus: Bus, day: date, problem: PlanningProblem) -> Iterator[Ground]:
    holiday = problem.calendar.public_holidays.get(day)
    closure = problem.calendar.closure_of(Scope.BUS, bus.id, day)
    if day.weekday() not in bus.weekdays:
        yield ("closed_days", f"{bus.name} does not run on {day:%A}s", f"run on {day:%A}s")
    if holiday is not None and not bus.public_holidays:
        yield ("closed_days", f"{day} is a public holiday ({holiday})", "another day")
    if day not in bus.in_service:
        yield ("vehicle", f"{bus.name} is not in service on {day}", "another day")
    if closure is not None and closure.scope is Scope.BUS:  # the county's are told by its stops
        yield ("vehicle", f"{bus.name} is off on {day}: {closure.reason}", "another day")


def _stop_day_grounds(stop: Stop, day: date, problem: PlanningProblem) -> Iterator[Ground]:
    if any(day in closed for closed in stop.closed):
        yield ("closed_days", f"{stop.name} is closed on {day}", "another day")
    here = ((Scope.STOP, stop.id), (Scope.MUNICIPALITY, stop.ags))
    closures = (problem.calendar.closure_of(scope, target, day) for scope, target in here)
    for closure in dict.fromkeys(closures):  # one of the whole county is both, and told once
        if closure is not None:
            yield ("closed_days", f"closed on {day}: {closure.reason}", "another day")
    if stop.agreement is None or day not in stop.agreement:
        until = "there is none" if stop.agreement is None else f"it covers {stop.agreement}"
        yield (
            "agreements",
            f"no site agreement for {stop.name} on {day}: {until}",
            f"a site agreement for {stop.name} that covers {day}",
        )


def _day_kind_fits(demand: DemandRecord, day: date, problem: PlanningProblem) -> bool:
    if demand.days is DayKind.SCHOOL:
        return problem.calendar.is_school_day(day)
    return demand.days is DayKind.ALL or day in problem.calendar.school_holidays


def _crew_grounds(
    demand: DemandRecord, bus: Bus, day: date, problem: PlanningProblem
) -> Iterator[Ground]:
    people = [person for person, _ in people_of(day, problem)]
    if not any(bus.licence in person.licences for person in people):
        yield ("licence", f"nobody with licence {bus.licence} is there on {day}", "a driver")
    if len(people) < bus.min_adults:
        yield ("crew_size", f"{bus.name} needs {bus.min_adults} adults", "one more adult")
    if not any(demand.offer in person.offers for person in people):
        yield ("offers", f"nobody there on {day} can give {demand.offer}", "somebody who can")


def _past_grounds(demand: DemandRecord, day: date, problem: PlanningProblem) -> Iterator[Ground]:
    past = [v.service_date for v in problem.past_visits if v.demand_id == demand.id]
    near = [before for before in past if (day - before).days < demand.headway_min_days]
    if near:
        yield (
            "patterns",
            f"visited on {max(near)}, less than {demand.headway_min_days} days before",
            "a shorter spacing",
        )
    for period in rolling_periods(demand.period_weeks, problem.first_day, problem.weeks):
        done = sum(before in period for before in past)
        if day in period and done >= demand.most:
            yield (
                "patterns",
                f"already visited {done} times in {demand.period_weeks} weeks",
                "more visits in a period",
            )
            return


def by_bus_and_day(candidates: Iterable[Candidate]) -> dict[tuple[date, BusId], list[int]]:
    """Indices of candidates by date and bus, in their order."""
    groups: dict[tuple[date, BusId], list[int]] = {}
    for index, candidate in enumerate(candidates):
        groups.setdefault((candidate.service_date, candidate.bus_id), []).append(index)
    return groups
