"""Every feasible day tour of one bus on one day, compiled: depth first over orders of visits."""

from typing import NamedTuple

import numpy as np

from busplan.planning.compiled import compiled, compiled_allocating
from busplan.planning.weeks.break_law import BreakLaw, Ints
from busplan.planning.weeks.day_times import NEVER, BusTimes, VisitTable, copy_row, earliest_opening
from busplan.planning.weeks.timeline_search import LineRoom, Waits, list_lines, make_line_room
from busplan.planning.weeks.tour_table import Tours, best_tours, grown, no_tours

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


class Search(NamedTuple):
    """Where the search is: the order of visits, its legs, and when the bus leaves each visit.

    ``leaves[i]`` and ``worked[i]`` are the minute it leaves the i-th visit at the earliest, and
    the minutes it was busy till then.
    """

    order: Ints
    legs: Ints
    leaves: Ints
    worked: Ints
    room: LineRoom


@compiled_allocating
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
    most = day.most
    search = Search(
        order=np.zeros(most, np.int64),
        legs=np.zeros(most + 1, np.int64),
        leaves=np.zeros(most + 1, np.int64),
        worked=np.zeros(most + 1, np.int64),
        room=make_line_room(most, day.width, len(starts), law, waits),
    )
    search.leaves[0], search.worked[0] = starts[0] + bus.prepare, bus.prepare
    search.order[0] = NEVER
    at_once = 2 * len(search.room.lines.span)
    tours, count, level = no_tours(max(FIRST_ROOM, at_once), day.width), 0, 0
    while level >= 0:
        if count + at_once > len(tours.cost):
            tours = grown(tours, count + at_once)
        count, level = _fill(
            day,
            bus,
            least_adults,
            work_max,
            starts,
            law,
            waits,
            points,
            search,
            tours,
            count,
            level,
        )
    return best_tours(day.place, tours, count)


@compiled
def _fill(
    day: DayVisits,
    bus: BusTimes,
    least_adults: int,
    work_max: Ints,
    starts: Ints,
    law: BreakLaw,
    waits: Waits,
    points: TourPoints,
    search: Search,
    tours: Tours,
    count: int,
    level: int,
) -> tuple[int, int]:
    """Go on until all orders were tried (level -1) or room gets short; tours, and level, then."""
    order, lines = search.order, search.room.lines
    while level >= 0 and count + 2 * len(lines.span) <= len(tours.cost):
        order[level] += 1
        if order[level] == len(day.demand):
            level -= 1
            continue
        if not _extends(day, bus, work_max[2], order, level, search.leaves, search.worked):
            continue
        size = level + 1
        here, legs = order[:size], search.legs
        drive, metres = _drive(day, here, legs)
        for adults in range(least_adults, 3):
            if search.worked[size] + legs[size] + bus.finish > work_max[adults]:
                continue
            new = list_lines(here, legs, day.table, bus, adults, starts, law, waits, search.room)
            for row in range(new):
                tours.visits[count, size:] = NEVER
                copy_row(here, tours.visits[count])
                tours.adults[count] = adults
                copy_row(lines.span[row], tours.span[count])
                copy_row(lines.opens[row], tours.opens[count])
                copy_row(lines.stays[row], tours.stays[count])
                tours.sums[count, 0], tours.sums[count, 1] = drive, metres
                tours.cost[count] = _cost(
                    day, here, drive, metres, lines.span[row, 1], adults, points
                )
                count += 1
        if size < day.most:
            level += 1
            order[level] = NEVER
    return count, level


@compiled
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


@compiled
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


@compiled
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
