"""Every feasible day tour of one bus on one day, compiled: depth first over orders of visits."""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from busplan.planning.weeks.break_search import BreakLaw, Ints
from busplan.planning.weeks.timeline_search import (
    NEVER,
    BusTimes,
    Lines,
    VisitTable,
    Waits,
    earliest_opening,
    list_lines,
)

FIRST_ROOM = 1024


class DayVisits(NamedTuple):
    """The visits a bus may make on a day, by number, and the way between them.

    ``demand`` and ``place`` are numbers that are equal for equal ones: at most one visit of a
    demand in a tour; tours with the same places replace one another. ``minutes`` (without
    buffer) and ``metres`` are square, row = from, column = to, the depot last. A tour has at most
    ``most`` visits; rows of tours have ``width`` places for them.
    """

    table: VisitTable
    demand: Ints
    place: Ints
    savings: Ints
    minutes: Ints
    metres: Ints
    buffer: int
    most: int
    width: int


class TourPoints(NamedTuple):
    """What a tour costs: points per km, driving minute, minute after ``late_after``, hour alone."""

    km: int
    driving: int
    late_after: int
    late: int
    alone_per_hour: int


class Tours(NamedTuple):
    """Rows, one per tour: numbers of visits in order (-1 after the last), times and cost.

    ``span`` is start, end and work; ``sums`` driving minutes and metres; all in minutes but for
    the metres and ``cost`` in points. Kept tours have smaller whole numbers than the search's.
    """

    visits: NDArray[Any]
    adults: NDArray[Any]
    span: NDArray[Any]
    opens: NDArray[Any]
    stays: NDArray[Any]
    sums: NDArray[Any]
    cost: Ints


@njit(cache=True)
def list_day(
    day: DayVisits,
    bus: BusTimes,
    least_adults: int,
    work_max: Ints,
    starts: Ints,
    law: BreakLaw,
    waits: Waits,
    points: TourPoints,
) -> Tours:
    """All tours, without those that another with the same places is at least as good as.

    ``work_max[adults]`` is the most minutes a bus can be busy with so many adults, ``starts`` the
    minutes, rising, at which somebody's availability begins.
    """
    depot, most = len(day.demand), day.most
    tours, count = no_tours(FIRST_ROOM, day.width), 0
    rows = len(starts) * (1 + waits.gaps.shape[0])
    lines = Lines(
        np.zeros((rows, 3), np.int64),
        np.zeros((rows, day.width), np.int64),
        np.zeros((rows, day.width), np.int64),
    )
    found = np.zeros((2, max(law.pieces.shape[1], 2 * most + 1), 2), np.int64)
    order, legs = np.zeros(most, np.int64), np.zeros(most + 1, np.int64)
    leaves, worked = np.zeros(most + 1, np.int64), np.zeros(most + 1, np.int64)
    leaves[0], worked[0] = starts[0] + bus.prepare, bus.prepare
    order[0] = NEVER
    level = 0
    while level >= 0:
        order[level] += 1
        if order[level] == depot:
            level -= 1
            continue
        if not _extends(day, bus, work_max[2], order, level, leaves, worked):
            continue
        size = level + 1
        drive, metres = _drive(day, order[:size], legs)
        for adults in range(least_adults, 3):
            if worked[size] + legs[size] + bus.finish > work_max[adults]:
                continue
            new = list_lines(
                order[:size], legs, day.table, bus, adults, starts, law, waits, lines, found
            )
            if count + new > len(tours.cost):
                tours = _grown(tours, count + new)
            for row in range(new):
                tours.visits[count, :size] = order[:size]
                tours.visits[count, size:] = NEVER
                tours.adults[count] = adults
                tours.span[count] = lines.span[row]
                tours.opens[count], tours.stays[count] = lines.opens[row], lines.stays[row]
                tours.sums[count, 0], tours.sums[count, 1] = drive, metres
                tours.cost[count] = _cost(
                    day, order[:size], drive, metres, lines.span[row, 1], adults, points
                )
                count += 1
        if size < most:
            level += 1
            order[level] = NEVER
    return _best(day, tours, count)


@njit(cache=True)
def _extends(
    day: DayVisits,
    bus: BusTimes,
    longest: int,
    order: Ints,
    level: int,
    leaves: Ints,
    worked: Ints,
) -> bool:
    """Whether the visit at ``level`` can follow those before it; writes when the bus leaves it."""
    visit = order[level]
    for i in range(level):
        if day.demand[order[i]] == day.demand[visit]:
            return False
    depot = len(day.demand)
    drive = day.minutes[order[level - 1] if level else depot, visit] + day.buffer
    home = day.minutes[visit, depot] + day.buffer + bus.finish
    at_stop = bus.set_up + day.table.service[visit] + bus.tear_down
    work = worked[level] + drive + at_stop
    if work + home > longest:
        return False
    opened = earliest_opening(day.table, visit, leaves[level] + drive + bus.set_up)
    if opened == NEVER:
        return False
    done = opened + day.table.service[visit] + bus.tear_down
    if done + home > bus.last_end:
        return False
    leaves[level + 1], worked[level + 1] = done, work
    return True


@njit(cache=True)
def _drive(day: DayVisits, order: Ints, legs: Ints) -> tuple[int, int]:
    """Driving minutes and metres of the tour; writes its legs with buffer."""
    here = len(day.demand)
    drive, metres = 0, 0
    for i in range(len(order) + 1):
        there = order[i] if i < len(order) else len(day.demand)
        legs[i] = day.minutes[here, there] + day.buffer
        drive += day.minutes[here, there]
        metres += day.metres[here, there]
        here = there
    return drive, metres


@njit(cache=True)
def _cost(
    day: DayVisits, order: Ints, drive: int, metres: int, end: int, adults: int, points: TourPoints
) -> int:
    """Points as ``domain.objective`` counts them for one tour, less the continuity won."""
    open_min, savings = 0, 0
    for visit in order:
        open_min += day.table.service[visit]
        savings += day.savings[visit]
    alone = points.alone_per_hour * open_min // 60 if adults == 1 else 0
    late = adults * points.late * max(0, end - points.late_after)
    return points.km * metres // 1000 + points.driving * drive + late + alone - savings


@njit(cache=True)
def _best(day: DayVisits, tours: Tours, count: int) -> Tours:
    """The first ``count`` tours without those that another is at least as good as."""
    keys = _sorted_places(day, tours, count)
    order = np.arange(count)
    for column in range(keys.shape[1] - 1, -1, -1):
        order = order[np.argsort(keys[order, column], kind="mergesort")]
    kept = np.zeros(count, np.bool_)
    first = 0
    for i in range(count):
        this = order[i]
        if np.any(keys[this] != keys[order[first]]):
            first = i
        better = True
        for j in range(first, i):
            if kept[order[j]] and _is_as_good(tours, order[j], this):
                better = False
                break
        if better:
            for j in range(first, i):
                kept[order[j]] &= not _is_as_good(tours, this, order[j])
            kept[this] = True
    rows = np.flatnonzero(kept)
    return Tours(
        tours.visits[rows],
        tours.adults[rows],
        tours.span[rows],
        tours.opens[rows],
        tours.stays[rows],
        tours.sums[rows],
        tours.cost[rows],
    )


@njit(cache=True)
def _sorted_places(day: DayVisits, tours: Tours, count: int) -> Ints:
    """One row per tour: crew size, then its places in rising order, -1 first."""
    keys = np.full((count, day.width + 1), NEVER, np.int64)
    for row in range(count):
        keys[row, 0] = tours.adults[row]
        for i in range(day.width):
            if tours.visits[row, i] != NEVER:
                keys[row, i + 1] = day.place[tours.visits[row, i]]
        keys[row, 1:].sort()
    return keys


@njit(cache=True)
def _is_as_good(tours: Tours, a: int, b: int) -> bool:
    return bool(
        tours.cost[a] <= tours.cost[b]
        and tours.span[a, 0] >= tours.span[b, 0]
        and tours.span[a, 1] <= tours.span[b, 1]
        and tours.span[a, 2] <= tours.span[b, 2]
    )


@njit(cache=True)
def no_tours(rows: int, width: int) -> Tours:
    """Room for so many tours of up to ``width`` visits, all zeros."""
    return Tours(
        np.zeros((rows, width), np.int64),
        np.zeros(rows, np.int64),
        np.zeros((rows, 3), np.int64),
        np.zeros((rows, width), np.int64),
        np.zeros((rows, width), np.int64),
        np.zeros((rows, 2), np.int64),
        np.zeros(rows, np.int64),
    )


@njit(cache=True)
def _grown(tours: Tours, least: int) -> Tours:
    """The same rows with at least twice the room."""
    old = len(tours.cost)
    new = no_tours(max(2 * old, least), tours.visits.shape[1])
    new.visits[:old], new.adults[:old], new.span[:old] = tours.visits, tours.adults, tours.span
    new.opens[:old], new.stays[:old] = tours.opens, tours.stays
    new.sums[:old], new.cost[:old] = tours.sums, tours.cost
    return new
