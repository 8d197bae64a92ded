"""All feasible day tours of every bus, without those that another is at least as good as.

A youth bus makes one to four visits a day, so they can be listed: depth first over the orders of
visits, cut off as soon as the earliest return is too late (``tour_search``). They are kept in
arrays, one row each, because there are hundreds of thousands.
"""

import os
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial
from itertools import pairwise
from typing import Any, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from busplan.domain.dates import DAYS_PER_WEEK
from busplan.domain.fleet import Bus, BusId
from busplan.domain.parameters import Parameters
from busplan.domain.places import Ags
from busplan.domain.problem import PlanningProblem
from busplan.planning.weeks.availability import people_of, rested_from
from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.breaks import break_law, breaks_of
from busplan.planning.weeks.candidates import Candidate, by_bus_and_day
from busplan.planning.weeks.day_times import NEVER, standing
from busplan.planning.weeks.manning import manned
from busplan.planning.weeks.timeline import (
    Timeline,
    bus_times,
    longest_work,
    visit_table,
    waits_for_breaks,
)
from busplan.planning.weeks.tour_search import DayVisits, TourPoints, list_day
from busplan.planning.weeks.tour_table import Tours, no_tours


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


@dataclass(frozen=True)
class TourPool(Sequence[Column]):
    """Candidate tours as arrays, one row each: number of bus and of day, and a row of ``tours``.

    ``tours.visits`` number the candidates. Taking one out makes a ``Column`` of it. A *slot* is a
    bus on a day, numbered day by day; towns and offers are numbered in the order of their names.
    """

    problem: PlanningProblem
    candidates: Sequence[Candidate]
    buses: NDArray[np.int16]
    days: NDArray[np.int16]
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
            visits=tuple(visits[visits != NEVER].tolist()),
            timeline=self._timeline(number),
            drive_min=drive_min,
            length_m=length_m,
            adults=int(self.tours.adults[number]),
            cost=int(self.tours.cost[number]),
        )

    @cached_property
    def slots(self) -> NDArray[np.int32]:
        """Slot of every tour."""
        return self.days.astype(np.int32) * len(self.problem.buses) + self.buses

    @property
    def slot_count(self) -> int:
        """How many slots there are."""
        return self.problem.weeks * DAYS_PER_WEEK * len(self.problem.buses)

    @cached_property
    def by_slot(self) -> dict[int, Ints]:
        """Numbers of the tours of every slot that has any, slots rising."""
        return dict(grouped(self.slots, np.arange(len(self.slots))))

    def slot_at(self, slot: int) -> tuple[BusId, date]:
        """Bus and day of a slot."""
        day, bus = divmod(slot, len(self.problem.buses))
        return self.problem.buses[bus].id, self.problem.first_day + timedelta(days=day)

    @cached_property
    def town_names(self) -> tuple[Ags, ...]:
        """Towns by number."""
        return tuple(sorted({candidate.ags for candidate in self.candidates}))

    @cached_property
    def offer_names(self) -> tuple[str, ...]:
        """Offers by number."""
        return tuple(sorted({candidate.offer for candidate in self.candidates}))

    @property
    def towns(self) -> int:
        """How many towns there are."""
        return len(self.town_names)

    @property
    def offers(self) -> int:
        """How many offers there are."""
        return len(self.offer_names)

    @cached_property
    def town_of(self) -> Ints:
        """Town of every candidate."""
        number = {name: place for place, name in enumerate(self.town_names)}
        return np.array([number[c.ags] for c in self.candidates], dtype=np.int64)

    @cached_property
    def offer_of(self) -> Ints:
        """Offer of every candidate."""
        number = {name: place for place, name in enumerate(self.offer_names)}
        return np.array([number[c.offer] for c in self.candidates], dtype=np.int64)

    @cached_property
    def joint(self) -> NDArray[np.bool_]:
        """Whether each candidate is a joint visit."""
        return np.array([c.joint for c in self.candidates], dtype=np.bool_)

    @cached_property
    def visited(self) -> Ints:
        """Candidates that some tour visits, rising."""
        seen = np.zeros(len(self.candidates) + 1, dtype=np.bool_)
        seen[self.tours.visits] = True  # -1, no visit, marks the last
        return np.flatnonzero(seen[:-1])

    def visits(self) -> tuple[Ints, Ints]:
        """Tour and candidate of every visit, in order of tours."""
        tours, places = np.nonzero(self.tours.visits != NEVER)
        return tours, self.tours.visits[tours, places]

    def _timeline(self, number: int) -> Timeline:
        """The row's times, with the breaks that the search found lawful."""
        numbers = self.problem.parameters
        bus = self.problem.buses[int(self.buses[number])]
        visits = self.tours.visits[number]
        order = visits[visits != NEVER]
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


def grouped(keys: NDArray[Any], values: Ints) -> list[tuple[int, Ints]]:
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
    parts = [_packed(no_tours(0, _width(problem)), (), np.ones(0, dtype=np.bool_))]
    buses, days = [0], [0]
    late_ends: set[int] = set()

    def list_bus(day: date, bus: Bus) -> Tours:
        here = groups.get((day, bus.id), [])
        visits = [candidates[index] for index in here]
        tours = _day_tours(problem, ways, visits, bus, day, late_ends)
        return _packed(tours, here, manned(problem, visits, bus, day, tours))

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:  # compiled, side by side
        for offset, day in enumerate(problem.horizon):
            found = list(threads.map(partial(list_bus, day), problem.buses))
            parts += found
            buses += range(len(problem.buses))
            days += [offset] * len(problem.buses)
            late_ends = {end for tours in found for end in np.unique(tours.span[:, 1]).tolist()}
            if on_day is not None:
                on_day(day, sum(len(tours.cost) for tours in parts))
    sizes = [len(tours.cost) for tours in parts]
    return TourPool(
        problem=problem,
        candidates=candidates,
        buses=np.repeat(np.array(buses, dtype=np.int16), sizes),
        days=np.repeat(np.array(days, dtype=np.int16), sizes),
        tours=Tours(*(np.concatenate(columns) for columns in zip(*parts, strict=True))),
    )


def _packed(tours: Tours, here: Sequence[int], kept: NDArray[np.bool_]) -> Tours:
    """The tours kept, visits by number of all candidates, in as little memory as they need."""
    numbers = np.array([*here, NEVER], dtype=np.int32)  # -1, no visit, finds the last
    return Tours(
        visits=numbers[tours.visits[kept]],
        adults=tours.adults[kept].astype(np.int8),
        span=tours.span[kept].astype(np.int16),
        opens=tours.opens[kept].astype(np.int16),
        stays=tours.stays[kept].astype(np.int16),
        sums=tours.sums[kept].astype(np.int32),
        cost=tours.cost[kept],
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
