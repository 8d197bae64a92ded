"""All feasible day tours of every bus, without those that another is at least as good as.

A youth bus makes one to four visits a day, so they can be listed: depth first over the orders of
visits, cut off as soon as the earliest return is too late.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from busplan.domain.fleet import Bus, BusId
from busplan.domain.objective import MINUTES_PER_HOUR, kilometre_points, late_points
from busplan.domain.parameters import Parameters
from busplan.domain.problem import PlanningProblem
from busplan.planning.availability import people_of, rested_from
from busplan.planning.candidates import Candidate, by_bus_and_day
from busplan.planning.timeline import (
    Legs,
    Order,
    Timeline,
    earliest_open,
    legs_of,
    longest_work,
    timelines,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One candidate tour: visits in order, its times, crew size and own cost in points.

    The cost holds kilometres, driving, late end, open hours alone and continuity won; what
    depends on other tours is priced by the master.
    """

    bus_id: BusId
    service_date: date
    visits: tuple[int, ...]
    timeline: Timeline
    legs: Legs
    adults: int
    cost: int

    @property
    def presence_min(self) -> int:
        """Minutes from the crew's start to its end."""
        return self.timeline.end_min - self.timeline.start_min

    @property
    def work_min(self) -> int:
        """Working minutes of the adult with the shortest breaks."""
        return self.timeline.work_min


def list_tours(
    problem: PlanningProblem,
    candidates: Sequence[Candidate],
    on_day: Callable[[date, int], None] | None = None,
) -> list[Column]:
    """Every tour worth considering, by date and bus. ``on_day`` hears of progress."""
    groups = by_bus_and_day(candidates)
    columns: list[Column] = []
    known: dict[object, tuple[tuple[int, ...], list[Column]]] = {}
    late_ends: set[int] = set()
    for day in problem.horizon:
        ends = set()
        for bus in problem.buses:
            here = tuple(groups.get((day, bus.id), ()))
            for column in _known_or_listed(problem, candidates, here, bus, day, late_ends, known):
                columns.append(column)
                ends.add(column.timeline.end_min)
        late_ends = ends
        if on_day is not None:
            on_day(day, len(columns))
    return columns


def _known_or_listed(
    problem: PlanningProblem,
    candidates: Sequence[Candidate],
    here: tuple[int, ...],
    bus: Bus,
    day: date,
    late_ends: set[int],
    known: dict[object, tuple[tuple[int, ...], list[Column]]],
) -> Iterable[Column]:
    """The tours of a day, taken over from an earlier day on which all that matters was equal."""
    windows = [window for _, shifts in people_of(day, problem) for window in shifts]
    if not here or not windows:
        return ()
    starts = tuple(_starts([w.from_min for w in windows], late_ends, day, problem.parameters))
    last_end = max(w.to_min for w in windows)
    timeless = tuple(_timeless(candidates[i]) for i in here)
    same = (bus.id, starts, last_end, timeless)
    if same not in known:
        known[same] = (here, list(_day_tours(problem, candidates, here, bus, starts, last_end)))
    first, tours = known[same]
    now = dict(zip(first, here, strict=True))
    return (
        replace(tour, service_date=day, visits=tuple(now[i] for i in tour.visits)) for tour in tours
    )


def _timeless(candidate: Candidate) -> Candidate:
    """The candidate without its date and the number of its pin, which make no tour different."""
    pinned = None if candidate.pin is None else 0
    return replace(candidate, service_date=date.min, pin=pinned)


def _day_tours(
    problem: PlanningProblem,
    candidates: Sequence[Candidate],
    here: Sequence[int],
    bus: Bus,
    starts: Sequence[int],
    last_end: int,
) -> Iterator[Column]:
    numbers = problem.parameters
    day = candidates[here[0]].service_date
    best: dict[tuple[frozenset[tuple[str, str, bool, bool]], int], list[Column]] = {}
    for indices, legs in _orders(problem, candidates, here, bus, starts[0], last_end):
        visits = [candidates[i] for i in indices]
        visited = frozenset(
            (v.demand_id, v.stop_id, v.pin is not None, v.block_id is not None) for v in visits
        )
        order = Order(visits, legs, bus, last_end, numbers)
        for adults in range(bus.min_adults, 3):
            kept = best.setdefault((visited, adults), [])
            for timeline in timelines(order, adults, starts):
                cost = _cost(visits, legs, timeline.end_min, adults, numbers)
                if not any(_as_good(old, cost, timeline) for old in kept):
                    new = Column(bus.id, day, indices, timeline, legs, adults, cost)
                    kept[:] = [old for old in kept if not _as_good(new, old.cost, old.timeline)]
                    kept.append(new)
    for tours in best.values():
        yield from tours


def _starts(
    shift_starts: Sequence[int], late_ends: set[int], day: date, numbers: Parameters
) -> list[int]:
    """Minutes at which somebody's availability may begin: shifts, and rest after late evenings."""
    yesterday = day - timedelta(days=1)
    rested = {rested_from(yesterday, end, day, numbers.rest_min) for end in late_ends}
    first = min(shift_starts)
    return sorted({*shift_starts, *(moment for moment in rested if moment > first)})


def _orders(
    problem: PlanningProblem,
    candidates: Sequence[Candidate],
    here: Sequence[int],
    bus: Bus,
    start: int,
    last_end: int,
) -> Iterator[tuple[tuple[int, ...], Legs]]:
    """Every order of visits that could be back in time, after no more work than a day allows."""
    matrix, numbers = problem.matrix, problem.parameters
    buffer, depot = numbers.leg_buffer_min, bus.depot.id
    at_stop = bus.set_up_min + bus.tear_down_min
    longest = longest_work(2, numbers)

    def extend(
        order: tuple[int, ...], leaves: int, worked: int, node: str
    ) -> Iterator[tuple[int, ...]]:
        demands = {candidates[i].demand_id for i in order}
        for index in here:
            visit = candidates[index]
            if visit.demand_id in demands:
                continue
            drive = matrix.travel_min(node, visit.stop_id) + buffer
            home = matrix.travel_min(visit.stop_id, depot) + buffer + bus.finish_min
            work = worked + drive + at_stop + visit.service_min
            opened = earliest_open(visit, leaves + drive + bus.set_up_min)
            if opened is None or work + home > longest:
                continue
            done = opened + visit.service_min + bus.tear_down_min
            if done + home > last_end:
                continue
            yield (*order, index)
            if len(order) + 1 < bus.max_visits_per_day:
                yield from extend((*order, index), done, work, visit.stop_id)

    for order in extend((), start + bus.prepare_min, bus.prepare_min, depot):
        yield order, legs_of([candidates[i] for i in order], bus, matrix, numbers)


def _cost(
    visits: Sequence[Candidate], legs: Legs, end_min: int, adults: int, numbers: Parameters
) -> int:
    alone = 0
    if adults == 1:
        open_min = sum(visit.service_min for visit in visits)
        alone = numbers.alone_points_per_hour * open_min // MINUTES_PER_HOUR
    return (
        kilometre_points(legs.length_m, numbers)
        + numbers.driving_points_per_min * legs.drive_min
        + adults * late_points(end_min, numbers)
        + alone
        - sum(visit.savings for visit in visits)
    )


def _as_good(a: Column, cost: int, timeline: Timeline) -> bool:
    return (
        a.cost <= cost
        and a.timeline.start_min >= timeline.start_min
        and a.timeline.end_min <= timeline.end_min
        and a.timeline.work_min <= timeline.work_min
    )
