"""When a bus is where on a day with given waits, compiled: openings, and where it stands."""

from typing import NamedTuple

import numpy as np

from busplan.planning.compiled import compiled, compiled_allocating
from busplan.planning.weeks.break_law import Ints

NEVER = -1


class VisitTable(NamedTuple):
    """Candidates as arrays: minutes of service, timetable step, and windows (from, to).

    The windows of candidate ``c`` are rows ``first[c]:first[c + 1]`` of ``windows``.
    """

    service: Ints
    step: Ints
    first: Ints
    windows: Ints


class BusTimes(NamedTuple):
    """Minutes a bus takes at each stop and at the depot, and when its crew must end."""

    set_up: int
    tear_down: int
    prepare: int
    finish: int
    last_end: int


@compiled
def copy_row(source: Ints, target: Ints) -> None:
    """Write all of one row over the beginning of another."""
    for i in range(len(source)):
        target[i] = source[i]


@compiled
def earliest_opening(visits: VisitTable, visit: int, earliest: int) -> int:
    """The first minute on the step, not before ``earliest``, that fits a window, or ``NEVER``."""
    best = NEVER
    for row in range(visits.first[visit], visits.first[visit + 1]):
        opened = max(earliest, visits.windows[row, 0])
        opened += -opened % visits.step[visit]
        fits = opened + visits.service[visit] <= visits.windows[row, 1]
        if fits and (best == NEVER or opened < best):
            best = opened
    return best


@compiled
def latest_opening(visits: VisitTable, visit: int, latest: int) -> int:
    """The last minute on the step, not after ``latest``, that fits a window, or ``NEVER``."""
    best = NEVER
    for row in range(visits.first[visit], visits.first[visit + 1]):
        opened = min(latest, visits.windows[row, 1] - visits.service[visit])
        opened -= opened % visits.step[visit]
        if opened >= visits.windows[row, 0]:
            best = max(best, opened)
    return best


@compiled
def fastest_day(
    order: Ints, legs: Ints, visits: VisitTable, bus: BusTimes, start: int, gaps: Ints, opens: Ints
) -> tuple[int, int]:
    """Start and end of the day, and openings: forwards early, then backwards as late as can be.

    ``gaps`` are minutes to stand before each set-up and after each tear-down. ``NEVER`` twice
    where the visits fit no windows or the crew would end too late.
    """
    moment = start + bus.prepare
    for i in range(len(order)):
        visit = order[i]
        reached = moment + legs[i] + gaps[2 * i] + bus.set_up
        opens[i] = earliest_opening(visits, visit, reached)
        if opens[i] == NEVER:
            return NEVER, NEVER
        moment = opens[i] + visits.service[visit] + bus.tear_down + gaps[2 * i + 1]
    end = moment + legs[len(order)] + bus.finish
    if end > bus.last_end:
        return NEVER, NEVER
    for i in range(len(order) - 2, -1, -1):
        leave = opens[i + 1] - bus.set_up - gaps[2 * i + 2] - legs[i + 1]
        latest = leave - gaps[2 * i + 1] - bus.tear_down - visits.service[order[i]]
        opens[i] = latest_opening(visits, order[i], latest)
    return opens[0] - bus.set_up - gaps[0] - legs[0] - bus.prepare, end


@compiled
def write_standing(
    order: Ints,
    legs: Ints,
    visits: VisitTable,
    bus: BusTimes,
    begin: int,
    opens: Ints,
    stays: Ints,
    idle: Ints,
    attended: Ints,
) -> int:
    """Write stretches (from, to) in which the bus stands idle, and attended ones, one per visit.

    How many idle ones there are.
    """
    count = 0
    leaves = begin + bus.prepare
    for i in range(len(order)):
        reached, arrival = leaves + legs[i], opens[i] - bus.set_up
        done = opens[i] + visits.service[order[i]] + bus.tear_down
        leaves = done + stays[i]
        attended[i, 0], attended[i, 1] = arrival, done
        for a, b in ((reached, arrival), (done, leaves)):
            if b > a:
                idle[count, 0], idle[count, 1] = a, b
                count += 1
    return count


@compiled_allocating
def standing(
    order: Ints, legs: Ints, visits: VisitTable, bus: BusTimes, begin: int, opens: Ints, stays: Ints
) -> tuple[Ints, Ints]:
    """Stretches (from, to) in which the bus stands idle, and in which it is attended."""
    idle, attended = np.zeros((2 * len(order), 2), np.int64), np.zeros((len(order), 2), np.int64)
    count = write_standing(order, legs, visits, bus, begin, opens, stays, idle, attended)
    return idle[:count], attended
