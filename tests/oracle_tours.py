"""Every tour of a bus on one day that is lawful by itself, for exhaustive search.

The tours are those a planner would draw up: a bus leaves as late and returns as early as its
visits allow, is set up just before opening and leaves right after being taken down, unless its
crew has to wait for a break; a person has one duty a day, no longer than the tour; breaks are
planned only where the law wants them. Minutes of a problem are best multiples of five, for that
is the grid on which waits and breaks are tried.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, combinations_with_replacement, pairwise, product

from busplan.domain.dates import MINUTES_PER_DAY
from busplan.domain.demand import DemandRecord
from busplan.domain.fleet import Bus, CrewId
from busplan.domain.parameters import Parameters
from busplan.domain.places import Stop
from busplan.domain.plan import Break, Duty, Plan, Tour, Visit, visit_id
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.agreements import check_agreements
from busplan.domain.rules.bans import check_bans
from busplan.domain.rules.check import check_plan
from busplan.domain.rules.closed_days import check_closed_days
from busplan.domain.rules.power import check_power
from busplan.domain.rules.publication import check_publication
from busplan.domain.rules.travel import check_travel
from busplan.domain.rules.vehicle import check_vehicle
from busplan.domain.rules.vehicle_fit import check_vehicle_fit
from busplan.domain.rules.windows import check_windows

GRID_MIN = 5
_BreakPlan = tuple[tuple[Break, ...], ...]
"""The breaks of each person on board."""

_UNSTAFFED_RULES = (
    check_windows,
    check_travel,
    check_vehicle,
    check_vehicle_fit,
    check_power,
    check_agreements,
    check_bans,
    check_closed_days,
    check_publication,
)
"""Rules that look at no crew: a tour they refuse is not worth staffing."""


def tours_of(bus: Bus, day: date, problem: PlanningProblem) -> list[Tour]:
    """Every tour of the bus on the day that is lawful by itself.

    Of tours with the same visits and people one is enough: who of them drives and when breaks
    are costs nothing and changes nothing for others.
    """
    found: list[Tour] = []
    for visits in _visit_sets(bus, day, problem):
        tour = _make_tour(bus, day, visits, problem)
        if tour is not None:
            timed: dict[int, list[tuple[Tour, _BreakPlan]]] = {}
            for crew in _crews(bus, problem):
                adults = len(crew)
                if adults not in timed:
                    timed[adults] = _timed(tour, adults, problem)
                for waiting, breaks in timed[adults]:
                    found += _staffed(waiting, crew, breaks, problem)
    return found


def plan_of(tours: Sequence[Tour], problem: PlanningProblem) -> Plan:
    """The plan of these tours over the problem's horizon."""
    return Plan(
        county=problem.county,
        first_day=problem.first_day,
        weeks=problem.weeks,
        tours=tuple(tours),
    )


def _visit_sets(bus: Bus, day: date, problem: PlanningProblem) -> Iterator[tuple[Visit, ...]]:
    by_demand = [
        [v for v in _visits(demand, bus, day, problem) if _make_tour(bus, day, (v,), problem)]
        for demand in problem.demands
    ]
    for count in range(1, bus.max_visits_per_day + 1):
        for several in combinations(by_demand, count):
            yield from product(*several)


def _visits(demand: DemandRecord, bus: Bus, day: date, problem: PlanningProblem) -> list[Visit]:
    """Visits at every stop and opening the demand allows, and those its blocks promise."""
    step_min = problem.parameters.timetable_step_min
    found = {}
    for stop in problem.stops:
        if stop.id == demand.stop_id or (demand.stop_id is None and stop.ags == demand.ags):
            for window in demand.windows:
                first_min = -(-window.from_min // step_min) * step_min
                for open_min in range(first_min, window.to_min - demand.service_min + 1, step_min):
                    close_min = open_min + demand.service_min
                    visit = _make_visit(demand, stop, bus, open_min, close_min)
                    found[stop.id, open_min, close_min] = visit
    for block in problem.blocks:
        if (block.demand_id, block.bus_id) == (demand.id, bus.id) and block.falls_on(day):
            stop = problem.stop_by_id[block.stop_id]
            open_min, close_min = block.window.from_min, block.window.to_min
            visit = _make_visit(demand, stop, bus, open_min, close_min)
            found[stop.id, open_min, close_min] = replace(visit, block_id=block.id)
    return list(found.values())


def _make_visit(demand: DemandRecord, stop: Stop, bus: Bus, open_min: int, close_min: int) -> Visit:
    return Visit(
        id=visit_id(date.min, bus.id, 1),
        demand_id=demand.id,
        stop_id=stop.id,
        arrival_min=open_min - bus.set_up_min,
        open_min=open_min,
        close_min=close_min,
        departure_min=close_min + bus.tear_down_min,
        level=demand.level,
    )


def _make_tour(
    bus: Bus, day: date, visits: tuple[Visit, ...], problem: PlanningProblem
) -> Tour | None:
    """The tour of these visits in order of time, nobody on board; ``None`` if it breaks a rule."""
    ordered = sorted(visits, key=lambda visit: visit.open_min)
    numbered = tuple(
        replace(visit, id=visit_id(day, bus.id, number))
        for number, visit in enumerate(ordered, start=1)
    )
    nodes = [bus.depot.id, *(visit.stop_id for visit in numbered), bus.depot.id]
    drives = [problem.matrix.travel_min(a, b) for a, b in pairwise(nodes)]
    metres = [problem.matrix.length_m(a, b) for a, b in pairwise(nodes)]
    buffer_min = problem.parameters.leg_buffer_min
    tour = Tour(
        bus_id=bus.id,
        service_date=day,
        depart_min=numbered[0].arrival_min - drives[0] - buffer_min,
        return_min=numbered[-1].departure_min + drives[-1] + buffer_min,
        visits=numbered,
        duties=(),
        drive_min=sum(drives),
        length_m=sum(metres),
    )
    start_min, end_min = _presence(tour, bus)
    if start_min < 0 or end_min > MINUTES_PER_DAY:
        return None
    plan = plan_of((tour,), problem)
    return None if any(any(rule(plan, problem)) for rule in _UNSTAFFED_RULES) else tour


def _presence(tour: Tour, bus: Bus) -> tuple[int, int]:
    return tour.depart_min - bus.prepare_min, tour.return_min + bus.finish_min


def _crews(bus: Bus, problem: PlanningProblem) -> Iterator[tuple[CrewId, ...]]:
    people = [member.id for member in problem.crew]
    if bus.min_adults == 1:
        yield from ((one,) for one in people)
    yield from combinations(people, 2)


def _timed(tour: Tour, adults: int, problem: PlanningProblem) -> list[tuple[Tour, _BreakPlan]]:
    """The tour with lawful breaks for so many adults.

    If its own times leave no room for them, the bus leaves earlier and returns later: every way
    is listed that is lawful while neither wait could be shorter.
    """
    numbers = problem.parameters
    longest_min = max(numbers.break_min, numbers.long_break_min)
    waits = (0, *range(max(GRID_MIN, numbers.break_piece_min), longest_min + 1, GRID_MIN))
    found: list[tuple[int, int, Tour, _BreakPlan]] = []
    for before, after in sorted(product(waits, waits), key=lambda both: (sum(both), both)):
        if not any(b <= before and a <= after for b, a, _, _ in found):
            timed = _with_breaks(tour, before, after, adults, problem)
            if timed is not None:
                found.append((before, after, *timed))
    return [(timed, breaks) for _, _, timed, breaks in found]


def _with_breaks(
    tour: Tour, before: int, after: int, adults: int, problem: PlanningProblem
) -> tuple[Tour, _BreakPlan] | None:
    """The tour that leaves and returns so many minutes earlier and later, with lawful breaks."""
    start_min, end_min = _presence(tour, problem.bus_by_id[tour.bus_id])
    if start_min - before < 0 or end_min + after > MINUTES_PER_DAY:
        return None
    for waiting in _waiting(tour, before, after, problem):
        breaks = _find_breaks(waiting, adults, problem)
        if breaks is not None:
            return waiting, breaks
    return None


def _waiting(tour: Tour, before: int, after: int, problem: PlanningProblem) -> Iterator[Tour]:
    """The tour with these waits, and every useful share of idle time before and after a drive.

    Time between two visits is spent at the second stop, or at the first, or a piece there and
    the rest here: that is all that matters for how long work lasts between breaks.
    """
    piece_min = problem.parameters.break_piece_min
    gaps = [
        visit.arrival_min - reached_min for reached_min, visit in list(_reached(tour, problem))[1:]
    ]
    *earlier, last = tour.visits
    for stays in product(*(sorted({0, min(piece_min, gap), gap}) for gap in gaps)):
        stayed = [
            replace(visit, departure_min=visit.departure_min + stay)
            for visit, stay in zip(earlier, stays, strict=True)
        ]
        stayed.append(replace(last, departure_min=last.departure_min + after))
        yield replace(
            tour,
            depart_min=tour.depart_min - before,
            return_min=tour.return_min + after,
            visits=tuple(stayed),
        )


def _find_breaks(tour: Tour, adults: int, problem: PlanningProblem) -> _BreakPlan | None:
    """Lawful breaks for each adult: none where none is due.

    One adult alone rests whenever the bus stands idle: more rest cannot break a rule. Two take
    turns, with the shortest lawful breaks, or else rest in all idle time and once more in turn.
    """
    numbers = problem.parameters
    presence = _presence(tour, problem.bus_by_id[tour.bus_id])
    if _lawful(presence, (), numbers):
        return ((),) * adults
    idle = tuple(_idle(tour, problem))
    if _lawful(presence, idle, numbers):
        return (idle,) * adults
    if adults == 1:
        return None
    lawful: list[tuple[Break, ...]] = []
    if presence[1] - presence[0] <= numbers.work_day_max_min + numbers.long_break_min:
        for lengths in _lengths(numbers):
            lawful += (p for p in _pauses(tour, lengths, problem) if _lawful(presence, p, numbers))
            pair = next(_taking_turns(lawful, tour, problem), None)
            if pair is not None:
                return pair
    once_more = [
        tuple(sorted((*idle, pause), key=lambda p: p.start_min))
        for length_min in sorted(
            {numbers.break_piece_min, numbers.break_min, numbers.long_break_min}
        )
        for (pause,) in _pauses(tour, (length_min,), problem)
        if all(pause.end_min <= p.start_min or p.end_min <= pause.start_min for p in idle)
    ]
    lawful = [pauses for pauses in once_more if idle and _lawful(presence, pauses, numbers)]
    return next(_taking_turns(lawful, tour, problem), None)


def _staffed(
    tour: Tour, crew: tuple[CrewId, ...], breaks: _BreakPlan, problem: PlanningProblem
) -> list[Tour]:
    """The tour with these people and a driver of theirs who makes it lawful, or nothing."""
    for driver in crew:
        staffed = replace(tour, duties=_duties(tour, crew, driver, breaks, problem))
        if not any(check_plan(plan_of((staffed,), problem), problem)):
            return [staffed]
    return []


def _duties(
    tour: Tour,
    crew: tuple[CrewId, ...],
    driver: CrewId,
    breaks: _BreakPlan,
    problem: PlanningProblem,
) -> tuple[Duty, ...]:
    start_min, end_min = _presence(tour, problem.bus_by_id[tour.bus_id])
    duties = [
        Duty(
            crew_id=person,
            drives=person == driver,
            start_min=start_min,
            end_min=end_min,
            breaks=pauses,
        )
        for person, pauses in zip(crew, breaks, strict=True)
    ]
    return tuple(sorted(duties, key=lambda duty: not duty.drives))


def _idle(tour: Tour, problem: PlanningProblem) -> Iterator[Break]:
    """The times the bus stands still at a stop and nobody need attend it, if long enough."""
    bus = problem.bus_by_id[tour.bus_id]
    for reached_min, visit in _reached(tour, problem):
        done_min = visit.close_min + bus.tear_down_min
        for start_min, end_min in (
            (reached_min, visit.arrival_min),
            (done_min, visit.departure_min),
        ):
            if end_min - start_min >= max(1, problem.parameters.break_piece_min):
                yield Break(start_min=start_min, end_min=end_min)


def _reached(tour: Tour, problem: PlanningProblem) -> Iterator[tuple[int, Visit]]:
    """When the bus gets to each visit, drive and buffer done."""
    node: str = problem.bus_by_id[tour.bus_id].depot.id
    left_min = tour.depart_min
    for visit in tour.visits:
        drive_min = problem.matrix.travel_min(node, visit.stop_id)
        yield left_min + drive_min + problem.parameters.leg_buffer_min, visit
        node, left_min = visit.stop_id, visit.departure_min


def _pauses(
    tour: Tour, lengths: tuple[int, ...], problem: PlanningProblem
) -> Iterator[tuple[Break, ...]]:
    """Every way to take breaks of these lengths, one after another, off the road."""
    off_road = [
        (reached_min, visit.departure_min) for reached_min, visit in _reached(tour, problem)
    ]
    singles = [
        [
            Break(start_min=start_min, end_min=start_min + length_min)
            for first_min, last_min in off_road
            for start_min in range(first_min, last_min - length_min + 1, GRID_MIN)
        ]
        for length_min in lengths
    ]
    for pauses in product(*singles):
        if all(a.end_min <= b.start_min for a, b in pairwise(pauses)):
            yield pauses


def _lengths(numbers: Parameters) -> Iterator[tuple[int, ...]]:
    """The breaks due by law, shortest first: each in one, or in two pieces, one the least."""
    piece_min = numbers.break_piece_min
    for total_min in sorted({numbers.break_min, numbers.long_break_min}):
        yield (total_min,)
        if total_min >= 2 * piece_min:
            yield from sorted(
                {(piece_min, total_min - piece_min), (total_min - piece_min, piece_min)}
            )


def _lawful(presence: tuple[int, int], pauses: tuple[Break, ...], numbers: Parameters) -> bool:
    """Whether one person's day keeps ArbZG § 3 and § 4; the breaks are in order, off the ends."""
    marks = [presence[0], *(m for p in pauses for m in (p.start_min, p.end_min)), presence[1]]
    stretches = [end - start for start, end in zip(marks[::2], marks[1::2], strict=True)]
    work_min, rest_min = sum(stretches), sum(pause.length_min for pause in pauses)
    return (
        work_min <= numbers.work_day_max_min
        and max(stretches) <= numbers.work_stretch_max_min
        and (work_min <= numbers.break_after_min or rest_min >= numbers.break_min)
        and (work_min <= numbers.long_break_after_min or rest_min >= numbers.long_break_min)
    )


def _taking_turns(
    lawful: list[tuple[Break, ...]], tour: Tour, problem: PlanningProblem
) -> Iterator[_BreakPlan]:
    """Pairs of break plans that never leave the bus alone at a stop."""
    tear_down_min = problem.bus_by_id[tour.bus_id].tear_down_min
    for one, other in combinations_with_replacement(lawful, 2):
        if not any(
            max(a.start_min, b.start_min, visit.arrival_min)
            < min(a.end_min, b.end_min, visit.close_min + tear_down_min)
            for a in one
            for b in other
            for visit in tour.visits
        ):
            yield one, other
