"""All feasible day tours of every bus, without those that another is at least as good as.

A youth bus makes one to four visits a day, so they can be listed: depth first over the orders of
visits, cut off as soon as the earliest return is too late (``tour_search``). They are kept in
arrays, one row each, because there are hundreds of thousands.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple, overload

import numpy as np

from busplan.domain.fleet import Bus, BusId
from busplan.domain.parameters import Parameters
from busplan.domain.problem import PlanningProblem
from busplan.planning.availability import people_of, rested_from
from busplan.planning.break_search import Ints
from busplan.planning.breaks import break_law, breaks_of
from busplan.planning.candidates import Candidate, by_bus_and_day
from busplan.planning.timeline import (
    Timeline,
    bus_times,
    longest_work,
    visit_table,
    waits_for_breaks,
)
from busplan.planning.timeline_search import NEVER, standing
from busplan.planning.tour_search import DayVisits, TourPoints, Tours, list_day, no_tours


class Ways(NamedTuple):
    """The travel matrix as arrays; row = from, column = to."""

    minutes: Ints
    metres: Ints


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
    drive_min: int
    length_m: int
    adults: int
    cost: int


@dataclass(frozen=True, slots=True)
class TourPool(Sequence[Column]):
    """Candidate tours as arrays, one row each: number of bus and of day, and a row of ``tours``.

    ``tours.visits`` number the candidates. Taking one out makes a ``Column`` of it.
    """

    problem: PlanningProblem
    candidates: Sequence[Candidate]
    buses: Ints
    days: Ints
    tours: Tours

    def __len__(self) -> int:
        return len(self.buses)

    @overload
    def __getitem__(self, number: int) -> Column: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Column]: ...
    def __getitem__(self, number: int | slice) -> Column | Sequence[Column]:
        if isinstance(number, slice):
            return [self[row] for row in range(*number.indices(len(self)))]
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        visits = self.tours.visits[number]
        drive_min, length_m = self.tours.sums[number].tolist()
        return Column(
            bus_id=self.problem.buses[int(self.buses[number])].id,
            service_date=self.problem.first_day + timedelta(days=int(self.days[number])),
            visits=tuple(visits[visits >= 0].tolist()),
            timeline=self._timeline(number),
            drive_min=drive_min,
            length_m=length_m,
            adults=int(self.tours.adults[number]),
            cost=int(self.tours.cost[number]),
        )

    def by_bus_and_day(self) -> dict[tuple[BusId, date], Ints]:
        """Numbers of the tours of each bus on each day it has any, by day and bus."""
        keys = self.days * len(self.problem.buses) + self.buses
        return {
            (self.problem.buses[key % len(self.problem.buses)].id, self._date(key)): tours
            for key, tours in grouped(keys, np.arange(len(keys)))
        }

    def _date(self, key: int) -> date:
        return self.problem.first_day + timedelta(days=key // len(self.problem.buses))

    def visits(self) -> tuple[Ints, Ints]:
        """Tour and candidate of every visit, in order of tours."""
        tours, places = np.nonzero(self.tours.visits != NEVER)
        return tours, self.tours.visits[tours, places]

    def _timeline(self, number: int) -> Timeline:
        """The row's times, with the breaks that the search found lawful."""
        numbers = self.problem.parameters
        bus = self.problem.buses[int(self.buses[number])]
        visits = self.tours.visits[number]
        order = visits[visits >= 0]
        start, end, work = self.tours.span[number].tolist()
        opens, stays = (
            self.tours.opens[number, : len(order)],
            self.tours.stays[number, : len(order)],
        )
        table = visit_table([self.candidates[index] for index in order])
        places, legs = np.arange(len(order)), self._legs(order, bus)
        idle, attended = standing(places, legs, table, bus_times(bus, end), start, opens, stays)
        adults = int(self.tours.adults[number])
        breaks = breaks_of(start, end, idle, attended, adults, numbers)
        assert breaks is not None, "the search that listed the tour found its breaks"
        return Timeline(
            start_min=start,
            end_min=end,
            work_min=work,
            opens=tuple(opens.tolist()),
            breaks=breaks,
            stays=tuple(stays.tolist()),
        )

    def _legs(self, order: Ints, bus: Bus) -> Ints:
        """Driving minutes with buffer, depot to depot."""
        nodes = [bus.depot.id, *(self.candidates[index].stop_id for index in order), bus.depot.id]
        matrix, buffer = self.problem.matrix, self.problem.parameters.leg_buffer_min
        legs = [matrix.travel_min(a, b) + buffer for a, b in pairwise(nodes)]
        return np.array(legs, dtype=np.int64)


def grouped(keys: Ints, values: Ints) -> list[tuple[int, Ints]]:
    """The values of each key, keys rising, values in their order."""
    if not len(keys):
        return []
    order = np.argsort(keys, kind="stable")
    sorted_keys = keys[order]
    firsts = np.flatnonzero(np.diff(sorted_keys, prepend=sorted_keys[0] - 1))
    return list(zip(sorted_keys[firsts].tolist(), np.split(values[order], firsts[1:]), strict=True))


def list_tours(
    problem: PlanningProblem,
    candidates: Sequence[Candidate],
    on_day: Callable[[date, int], None] | None = None,
) -> TourPool:
    """Every tour worth considering, by date and bus. ``on_day`` hears of progress."""
    groups = by_bus_and_day(candidates)
    ways = Ways(
        np.array(problem.matrix.minutes, dtype=np.int64),
        np.array(problem.matrix.metres, dtype=np.int64),
    )
    parts = [no_tours(0, _width(problem))]
    buses, days = [0], [0]
    late_ends: set[int] = set()
    for offset, day in enumerate(problem.horizon):
        ends: set[int] = set()
        for number, bus in enumerate(problem.buses):
            here = groups.get((day, bus.id), [])
            visits = [candidates[index] for index in here]
            tours = _day_tours(problem, ways, visits, bus, day, late_ends)
            tours = tours._replace(visits=np.array([*here, NEVER], dtype=np.int64)[tours.visits])
            ends |= set(np.unique(tours.span[:, 1]).tolist())
            parts.append(tours)
            buses.append(number)
            days.append(offset)
        late_ends = ends
        if on_day is not None:
            on_day(day, sum(len(tours.cost) for tours in parts))
    sizes = [len(tours.cost) for tours in parts]
    return TourPool(
        problem=problem,
        candidates=candidates,
        buses=np.repeat(np.array(buses, dtype=np.int64), sizes),
        days=np.repeat(np.array(days, dtype=np.int64), sizes),
        tours=Tours(*(np.concatenate(columns) for columns in zip(*parts, strict=True))),
    )


def _width(problem: PlanningProblem) -> int:
    """The most visits of any tour."""
    return max((bus.max_visits_per_day for bus in problem.buses), default=1)


def _day_tours(
    problem: PlanningProblem,
    ways: Ways,
    visits: Sequence[Candidate],
    bus: Bus,
    day: date,
    late_ends: set[int],
) -> Tours:
    """The tours of one bus on one day, their visits by number in ``visits``."""
    windows = [window for _, shifts in people_of(day, problem) for window in shifts]
    if not visits or not windows:
        return no_tours(0, _width(problem))
    numbers = problem.parameters
    return list_day(
        _day_visits(problem, ways, visits, bus),
        bus_times(bus, max(window.to_min for window in windows)),
        bus.min_adults,
        np.array([longest_work(adults, numbers) for adults in range(3)], dtype=np.int64),
        _starts([window.from_min for window in windows], late_ends, day, numbers),
        break_law(numbers),
        waits_for_breaks(bus.max_visits_per_day, numbers),
        _tour_points(numbers),
    )


def _day_visits(
    problem: PlanningProblem, ways: Ways, visits: Sequence[Candidate], bus: Bus
) -> DayVisits:
    nodes = [problem.matrix.index[node] for node in (*(v.stop_id for v in visits), bus.depot.id)]
    grid = np.ix_(nodes, nodes)
    places = [(v.demand_id, v.stop_id, v.pin is not None, v.block_id is not None) for v in visits]
    return DayVisits(
        table=visit_table(visits),
        demand=_numbered([visit.demand_id for visit in visits]),
        place=_numbered(places),
        savings=np.array([visit.savings for visit in visits], dtype=np.int64),
        minutes=ways.minutes[grid],
        metres=ways.metres[grid],
        buffer=problem.parameters.leg_buffer_min,
        most=bus.max_visits_per_day,
        width=_width(problem),
    )


def _numbered(things: Sequence[Hashable]) -> Ints:
    """Equal numbers for equal things, in the order of their first appearance."""
    seen: dict[Hashable, int] = {}
    return np.array([seen.setdefault(thing, len(seen)) for thing in things], dtype=np.int64)


def _starts(
    shift_starts: Sequence[int], late_ends: set[int], day: date, numbers: Parameters
) -> Ints:
    """Minutes at which somebody's availability may begin: shifts, and rest after late evenings."""
    yesterday = day - timedelta(days=1)
    rested = {rested_from(yesterday, end, day, numbers.rest_min) for end in late_ends}
    first = min(shift_starts)
    starts = sorted({*shift_starts, *(moment for moment in rested if moment > first)})
    return np.array(starts, dtype=np.int64)


def _tour_points(numbers: Parameters) -> TourPoints:
    return TourPoints(
        km=numbers.km_points,
        driving=numbers.driving_points_per_min,
        late_after=numbers.late_after_min,
        late=numbers.late_points_per_min,
        alone_per_hour=numbers.alone_points_per_hour,
    )
