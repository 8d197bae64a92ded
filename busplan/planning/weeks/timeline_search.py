"""When a bus is where, compiled: the search that ``timeline`` describes and calls."""

from typing import NamedTuple

import numpy as np

from busplan.planning.compiled import compiled, compiled_allocating
from busplan.planning.weeks.break_law import BreakLaw, BreakRoom, Ints, make_break_room
from busplan.planning.weeks.break_search import find_breaks
from busplan.planning.weeks.day_times import (
    NEVER,
    BusTimes,
    VisitTable,
    copy_row,
    fastest_day,
    write_standing,
)


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


class LineRoom(NamedTuple):
    """What listing timelines writes on: the timelines, stretches of the day, and breaks."""

    lines: Lines
    idle: Ints
    attended: Ints
    no_gaps: Ints
    breaks: BreakRoom


@compiled_allocating
def make_line_room(most: int, width: int, starts: int, law: BreakLaw, waits: Waits) -> LineRoom:
    """Room for days of up to ``most`` visits, a line for every start and layout of waits."""
    rows = starts * (1 + waits.gaps.shape[0])
    return LineRoom(
        lines=Lines(
            np.zeros((rows, 3), np.int64),
            np.zeros((rows, width), np.int64),
            np.zeros((rows, width), np.int64),
        ),
        idle=np.zeros((2 * most, 2), np.int64),
        attended=np.zeros((most, 2), np.int64),
        no_gaps=np.zeros(2 * most, np.int64),
        breaks=make_break_room(most, law),
    )


@compiled
def list_lines(
    order: Ints,
    legs: Ints,
    visits: VisitTable,
    bus: BusTimes,
    adults: int,
    starts: Ints,
    law: BreakLaw,
    waits: Waits,
    room: LineRoom,
) -> int:
    """Write the timelines worth considering for a crew of so many adults; how many.

    ``starts`` are the minutes, rising, at which somebody's availability begins.
    """
    lines, no_gaps = room.lines, room.no_gaps
    no_break = min(law.after_min, law.stretch_max_min)
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
        if _has_breaks(order, legs, visits, bus, begin, end, adults, law, room, count):
            count, seen = count + 1, begin
            continue
        before = count
        count = _wait_for_breaks(order, legs, visits, bus, adults, start, law, waits, room, count)
        if count > before:
            latest = lines.span[before, 0]
            for row in range(before + 1, count):
                latest = max(latest, lines.span[row, 0])
            seen = min(begin, latest)
    return count


@compiled
def _has_breaks(
    order: Ints,
    legs: Ints,
    visits: VisitTable,
    bus: BusTimes,
    begin: int,
    end: int,
    adults: int,
    law: BreakLaw,
    room: LineRoom,
    row: int,
) -> bool:
    """Whether the line's day has lawful breaks; writes its span if so."""
    lines, found = room.lines, room.breaks.found
    opens, stays = lines.opens[row], lines.stays[row]
    count = write_standing(order, legs, visits, bus, begin, opens, stays, room.idle, room.attended)
    idle, attended = room.idle[:count], room.attended[: len(order)]
    if not find_breaks(begin, end, idle, attended, adults, law, room.breaks):
        return False
    least = end - begin
    for adult in range(adults):
        rested = 0
        for piece in range(found.shape[1]):
            rested += found[adult, piece, 1] - found[adult, piece, 0]
        least = min(least, rested)
    _span(lines, row, begin, end, end - begin - least)
    return True


@compiled
def _wait_for_breaks(
    order: Ints,
    legs: Ints,
    visits: VisitTable,
    bus: BusTimes,
    adults: int,
    start: int,
    law: BreakLaw,
    waits: Waits,
    room: LineRoom,
    base: int,
) -> int:
    """Write the timelines that wait for breaks and that no other contains; the rows then used."""
    lines = room.lines
    count = base
    for layout in range(waits.first[len(order)], waits.first[len(order) + 1]):
        gaps = waits.gaps[layout, : 2 * len(order)]
        begin, end = fastest_day(order, legs, visits, bus, start, gaps, lines.opens[count])
        if end == NEVER or _is_contained(lines, base, count, begin, end):
            continue
        for i in range(len(order)):
            lines.stays[count, i] = gaps[2 * i + 1]
        if _has_breaks(order, legs, visits, bus, begin, end, adults, law, room, count):
            count = _drop_containing(lines, base, count)
    return count


@compiled
def _is_contained(lines: Lines, base: int, count: int, begin: int, end: int) -> bool:
    """Whether a line already lies within the same or a shorter stretch."""
    for row in range(base, count):
        if lines.span[row, 0] >= begin and lines.span[row, 1] <= end:
            return True
    return False


@compiled
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
            copy_row(lines.span[row], lines.span[kept])
            copy_row(lines.opens[row], lines.opens[kept])
            copy_row(lines.stays[row], lines.stays[kept])
        kept += 1
    return kept


@compiled
def _span(lines: Lines, row: int, begin: int, end: int, work: int) -> None:
    lines.span[row, 0], lines.span[row, 1], lines.span[row, 2] = begin, end, work
