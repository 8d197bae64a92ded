"""When a bus is where, compiled: the search that ``timeline`` describes and calls."""

from typing import NamedTuple

import numpy as np
from numba import njit

from busplan.planning.weeks.break_search import BreakLaw, Ints, find_breaks

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


class Waits(NamedTuple):
    """Standing minutes to add at the 2n places (before set-up, after tear-down) of n visits.

    The layouts for ``n`` visits are rows ``first[n]:first[n + 1]`` of ``gaps``, shortest first.
    """

    first: Ints
    gaps: Ints


class Lines(NamedTuple):
    """Rows for timelines: start, end and work minutes; openings; minutes stayed per visit."""

    span: Ints
    opens: Ints
    stays: Ints


@njit(cache=True)
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


@njit(cache=True)
def latest_opening(visits: VisitTable, visit: int, latest: int) -> int:
    """The last minute on the step, not after ``latest``, that fits a window, or ``NEVER``."""
    best = NEVER
    for row in range(visits.first[visit], visits.first[visit + 1]):
        opened = min(latest, visits.windows[row, 1] - visits.service[visit])
        opened -= opened % visits.step[visit]
        if opened >= visits.windows[row, 0]:
            best = max(best, opened)
    return best


@njit(cache=True)
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


@njit(cache=True)
def standing(
    order: Ints, legs: Ints, visits: VisitTable, bus: BusTimes, begin: int, opens: Ints, stays: Ints
) -> tuple[Ints, Ints]:
    """Stretches (from, to) in which the bus stands idle, and in which it is attended."""
    idle, attended = np.empty((2 * len(order), 2), np.int64), np.empty((len(order), 2), np.int64)
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
    return idle[:count], attended


@njit(cache=True)
def list_lines(
    order: Ints,
    legs: Ints,
    visits: VisitTable,
    bus: BusTimes,
    adults: int,
    starts: Ints,
    law: BreakLaw,
    waits: Waits,
    lines: Lines,
    found: Ints,
) -> int:
    """Write the timelines worth considering for a crew of so many adults; how many.

    ``starts`` are the minutes, rising, at which somebody's availability begins. ``lines`` has
    room for one row per start and layout of waits; ``found`` is for breaks.
    """
    no_break = min(law.after_min, law.stretch_max_min)
    no_gaps = np.zeros(2 * len(order), np.int64)
    count, seen = 0, NEVER
    for start in starts:
        if start <= seen:
            continue
        begin, end = fastest_day(order, legs, visits, bus, start, no_gaps, lines.opens[count])
        if end == NEVER:
            break
        lines.stays[count] = 0
        if end - begin <= no_break:
            _span(lines, count, begin, end, end - begin)
            count, seen = count + 1, begin
            continue
        if _has_breaks(order, legs, visits, bus, begin, end, adults, law, lines, count, found):
            count, seen = count + 1, begin
            continue
        before = count
        count = _wait_for_breaks(
            order, legs, visits, bus, adults, start, law, waits, lines, found, count
        )
        if count > before:
            seen = min(begin, lines.span[before:count, 0].max())
    return count


@njit(cache=True)
def _has_breaks(
    order: Ints,
    legs: Ints,
    visits: VisitTable,
    bus: BusTimes,
    begin: int,
    end: int,
    adults: int,
    law: BreakLaw,
    lines: Lines,
    row: int,
    found: Ints,
) -> bool:
    """Whether the line's day has lawful breaks; writes its span if so."""
    idle, attended = standing(order, legs, visits, bus, begin, lines.opens[row], lines.stays[row])
    if not find_breaks(begin, end, idle, attended, adults, law, found):
        return False
    least = end - begin
    for adult in range(adults):
        least = min(least, np.sum(found[adult, :, 1] - found[adult, :, 0]))
    _span(lines, row, begin, end, end - begin - least)
    return True


@njit(cache=True)
def _wait_for_breaks(
    order: Ints,
    legs: Ints,
    visits: VisitTable,
    bus: BusTimes,
    adults: int,
    start: int,
    law: BreakLaw,
    waits: Waits,
    lines: Lines,
    found: Ints,
    base: int,
) -> int:
    """Write the timelines that wait for breaks and that no other contains; the rows then used."""
    count = base
    for layout in range(waits.first[len(order)], waits.first[len(order) + 1]):
        gaps = waits.gaps[layout, : 2 * len(order)]
        begin, end = fastest_day(order, legs, visits, bus, start, gaps, lines.opens[count])
        if end == NEVER or _is_contained(lines, base, count, begin, end):
            continue
        for i in range(len(order)):
            lines.stays[count, i] = gaps[2 * i + 1]
        if _has_breaks(order, legs, visits, bus, begin, end, adults, law, lines, count, found):
            count = _drop_containing(lines, base, count)
    return count


@njit(cache=True)
def _is_contained(lines: Lines, base: int, count: int, begin: int, end: int) -> bool:
    """Whether a line already lies within the same or a shorter stretch."""
    for row in range(base, count):
        if lines.span[row, 0] >= begin and lines.span[row, 1] <= end:
            return True
    return False


@njit(cache=True)
def _drop_containing(lines: Lines, base: int, new: int) -> int:
    """Keep the new line, without those before it that contain it; the rows then used."""
    kept = base
    for row in range(base, new + 1):
        contains = (
            lines.span[row, 0] <= lines.span[new, 0] and lines.span[row, 1] >= lines.span[new, 1]
        )
        if row < new and contains:
            continue
        if kept < row:
            lines.span[kept], lines.opens[kept] = lines.span[row], lines.opens[row]
            lines.stays[kept] = lines.stays[row]
        kept += 1
    return kept


@njit(cache=True)
def _span(lines: Lines, row: int, begin: int, end: int, work: int) -> None:
    lines.span[row, 0], lines.span[row, 1], lines.span[row, 2] = begin, end, work
