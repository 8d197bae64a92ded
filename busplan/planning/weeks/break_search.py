"""Where breaks fit into a duty, compiled: the search that ``breaks`` describes and calls.

Stretches are rows (from, to) of an ``int64`` array. Everything here is plain arithmetic on
arrays, because planning asks it for hundreds of thousands of days.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
GRID_MIN = 5
KEY = 100_000
"""Above every minute: a start and its distance from the ideal are packed into one number."""


class BreakLaw(NamedTuple):
    """The numbers of ArbZG §§ 3, 4 in minutes, and the ways to split a break that is due.

    The splits for a presence of ``p`` minutes are rows ``first[p]:first[p + 1]`` of ``pieces``,
    each of ``counts`` pieces; a split of no pieces says that no break is due.
    """

    after_min: int
    break_min: int
    long_after_min: int
    long_break_min: int
    piece_min: int
    day_max_min: int
    stretch_max_min: int
    first: Ints
    counts: Ints
    pieces: Ints


@njit(cache=True)
def find_breaks(
    start: int, end: int, idle: Ints, attended: Ints, adults: int, law: BreakLaw, found: Ints
) -> bool:
    """Write lawful breaks of each adult into ``found`` (adult, piece, from/to), zeros after them.

    Whether there are any. ``attended`` stretches need one adult at work; a lone adult rests in
    ``idle`` ones only.
    """
    found[:] = 0
    splits = (law.first[end - start], law.first[end - start + 1])
    if splits[1] - splits[0] == 1 and law.counts[splits[0]] == 0:
        return True
    open_to_rest = idle if adults == 1 else np.concatenate((idle, attended))
    free = _merged(open_to_rest)
    if _usual_breaks(start, end, idle, free, adults, splits, law, found):
        return True
    found[:] = 0
    rests = _merged(idle)
    rests = rests[rests[:, 1] - rests[:, 0] >= law.piece_min]
    return len(rests) > 0 and _long_breaks(start, end, rests, attended, adults, law, found)


@njit(cache=True)
def _usual_breaks(
    start: int,
    end: int,
    idle: Ints,
    free: Ints,
    adults: int,
    splits: tuple[int, int],
    law: BreakLaw,
    found: Ints,
) -> bool:
    """Breaks of just the length due, fewest pieces first, each near its even part of the duty."""
    room, depth = (law.first.shape[0] // GRID_MIN + 2 * len(free) + 2, law.pieces.shape[1])
    first, second = np.empty((depth, room), np.int64), np.empty((depth, room), np.int64)
    at, other = np.empty((3, depth), np.int64), np.empty((3, depth), np.int64)
    nothing = np.empty((0, 2), np.int64)
    for split in range(splits[0], splits[1]):
        count = law.counts[split]
        pieces = law.pieces[split, :count]
        going_on = False
        while _next_placing(going_on, start, end, pieces, free, nothing, law, first, at):
            going_on = True
            _write(found[0], at[2], pieces)
            if adults == 1:
                return True
            taken = _outside(found[0, :count], idle)
            for beside in range(splits[0], splits[1]):
                shape = law.pieces[beside, : law.counts[beside]]
                if _next_placing(False, start, end, shape, free, taken, law, second, other):
                    _write(found[1], other[2], shape)
                    return True
    return False


@njit(cache=True)
def _next_placing(
    going_on: bool,
    start: int,
    end: int,
    pieces: Ints,
    free: Ints,
    taken: Ints,
    law: BreakLaw,
    starts: Ints,
    at: Ints,
) -> bool:
    """Move on to the next lawful placing of the pieces, depth first; whether there is one.

    ``at`` holds, for each piece, how many starts it has, how many were tried, and the present one.
    """
    last = len(pieces) - 1
    level = last
    if not going_on:
        level = 0
        at[0, 0] = _list_starts(0, start, end, pieces, free, taken, law, starts[0], at)
        at[1, 0] = 0
    while level >= 0:
        if at[1, level] == at[0, level]:
            level -= 1
            continue
        at[2, level] = starts[level, at[1, level]]
        at[1, level] += 1
        if level == last:
            if end - at[2, level] - pieces[level] <= law.stretch_max_min:
                return True
            continue
        level += 1
        at[0, level] = _list_starts(level, start, end, pieces, free, taken, law, starts[level], at)
        at[1, level] = 0
    return False


@njit(cache=True)
def _list_starts(
    level: int,
    start: int,
    end: int,
    pieces: Ints,
    free: Ints,
    taken: Ints,
    law: BreakLaw,
    starts: Ints,
    at: Ints,
) -> int:
    """Write where a piece may start, nearest to its even part of the rest first; how many."""
    rested = start if level == 0 else at[2, level - 1] + pieces[level - 1]
    length = pieces[level]
    left = end - rested - pieces[level:].sum()
    ideal = rested + left // (len(pieces) - level + 1)
    after = len(pieces) - level  # stretches of work from this piece to the end of the day
    earliest = max(rested + 1, end - pieces[level:].sum() - after * law.stretch_max_min)
    latest = rested + law.stretch_max_min
    count = 0
    for i in range(len(free)):
        a, b = max(free[i, 0], earliest), min(free[i, 1] - length, latest)
        if a > b:
            continue
        for moment in range(-(-a // GRID_MIN) * GRID_MIN, b + 1, GRID_MIN):
            count = _add_start(moment, length, ideal, taken, starts, count)
        for moment in (free[i, 0], free[i, 1] - length):
            if moment % GRID_MIN and a <= moment <= b:
                count = _add_start(moment, length, ideal, taken, starts, count)
    starts[:count] = np.sort(starts[:count]) % KEY
    return count


@njit(cache=True)
def _add_start(moment: int, length: int, ideal: int, taken: Ints, starts: Ints, count: int) -> int:
    for j in range(len(taken)):
        if moment < taken[j, 1] and taken[j, 0] < moment + length:
            return count
    starts[count] = abs(moment - ideal) * KEY + moment
    return count + 1


@njit(cache=True)
def _long_breaks(
    start: int, end: int, rests: Ints, attended: Ints, adults: int, law: BreakLaw, found: Ints
) -> bool:
    """Rest whenever the bus stands idle, with up to one more break in turn."""
    if _lasting_long_enough(start, end, rests, 0, law):
        first, last = _moments(start, end, rests, 0, law)
        if first <= last:
            for adult in range(adults):
                found[adult, : len(rests)] = rests
            return True
    if adults == 1:
        return False
    more, beside = np.zeros(2, np.int64), np.zeros(2, np.int64)
    lengths = np.unique(np.array([law.piece_min, law.break_min, law.long_break_min]))
    for length in lengths:
        if not _lasting_long_enough(start, end, rests, length, law):
            continue
        first, last = _moments(start, end, rests, length, law)
        for i in range(len(attended)):
            a, b = max(attended[i, 0], first), min(attended[i, 1] - length, last)
            for moment in range(-(-a // GRID_MIN) * GRID_MIN, b + 1, GRID_MIN):
                more[0], more[1] = moment, moment + length
                if _one_more(start, end, rests, attended, lengths, more, law, beside):
                    _write_rests(found[0], rests, more)
                    _write_rests(found[1], rests, beside)
                    return True
    return False


@njit(cache=True)
def _one_more(
    start: int,
    end: int,
    rests: Ints,
    attended: Ints,
    lengths: Ints,
    taken: Ints,
    law: BreakLaw,
    more: Ints,
) -> bool:
    """Write the first break that, with the rests, is lawful beside the stretch taken."""
    for length in lengths:
        if not _lasting_long_enough(start, end, rests, length, law):
            continue
        first, last = _moments(start, end, rests, length, law)
        for i in range(len(attended)):
            a, b = max(attended[i, 0], first), min(attended[i, 1] - length, last)
            for moment in range(-(-a // GRID_MIN) * GRID_MIN, b + 1, GRID_MIN):
                if moment >= taken[1] or taken[0] >= moment + length:
                    more[0], more[1] = moment, moment + length
                    return True
    return False


@njit(cache=True)
def _lasting_long_enough(start: int, end: int, rests: Ints, length: int, law: BreakLaw) -> bool:
    """Whether the rests and one more break of that length last as long as the law asks."""
    rested = length
    for i in range(len(rests)):
        rested += rests[i, 1] - rests[i, 0]
    work = end - start - rested
    return (
        work <= law.day_max_min
        and (work <= law.after_min or rested >= law.break_min)
        and (work <= law.long_after_min or rested >= law.long_break_min)
    )


@njit(cache=True)
def _moments(start: int, end: int, rests: Ints, length: int, law: BreakLaw) -> tuple[int, int]:
    """First and last minute, apart from the rests, at which one more break of that length leaves
    no stretch of work too long; the first after the last where there is none.
    """
    first, last, since = start, end, start
    for i in range(len(rests) + 1):
        until = rests[i, 0] if i < len(rests) else end
        if until - since > law.stretch_max_min:
            if not length:
                return end, start
            first = max(first, since, until - length - law.stretch_max_min)
            last = min(last, until - length, since + law.stretch_max_min)
        since = rests[i, 1] if i < len(rests) else end
    return first, last


@njit(cache=True)
def _merged(stretches: Ints) -> Ints:
    """The stretches in order, those that touch as one."""
    order = np.argsort(stretches[:, 0])
    merged = np.empty_like(stretches)
    count = 0
    for i in order:
        a, b = stretches[i, 0], stretches[i, 1]
        if count and a <= merged[count - 1, 1]:
            merged[count - 1, 1] = max(merged[count - 1, 1], b)
        else:
            merged[count, 0], merged[count, 1] = a, b
            count += 1
    return merged[:count]


@njit(cache=True)
def _outside(pieces: Ints, idle: Ints) -> Ints:
    """The pieces that do not lie wholly in one idle stretch."""
    kept = np.empty_like(pieces)
    count = 0
    for i in range(len(pieces)):
        a, b = pieces[i, 0], pieces[i, 1]
        inside = False
        for j in range(len(idle)):
            inside |= idle[j, 0] <= a and b <= idle[j, 1]
        if not inside:
            kept[count, 0], kept[count, 1] = a, b
            count += 1
    return kept[:count]


@njit(cache=True)
def _write(found: Ints, starts: Ints, pieces: Ints) -> None:
    found[:] = 0
    for i in range(len(pieces)):
        found[i, 0], found[i, 1] = starts[i], starts[i] + pieces[i]


@njit(cache=True)
def _write_rests(found: Ints, rests: Ints, more: Ints) -> None:
    count = np.sum(rests[:, 0] < more[0])
    found[:count] = rests[:count]
    found[count] = more
    found[count + 1 : len(rests) + 1] = rests[count:]
