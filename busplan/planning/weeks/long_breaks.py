"""Breaks as long as the bus stands idle, compiled: for days that the usual breaks do not fit."""

from busplan.planning.compiled import compiled
from busplan.planning.weeks.break_law import GRID_MIN, BreakLaw, BreakRoom, Ints


@compiled
def find_long_breaks(
    start: int, end: int, rests: Ints, attended: Ints, adults: int, law: BreakLaw, room: BreakRoom
) -> bool:
    """Rest whenever the bus stands idle, with up to one more break in turn."""
    found, more = room.found, room.more
    if _last_long_enough(start, end, rests, 0, law):
        first, last = _moments(start, end, rests, 0, law)
        if first <= last:
            for adult in range(adults):
                _write_rests(found[adult], rests, len(rests), 0)
            return True
    if adults == 1:
        return False
    for length in room.lengths:
        if not _last_long_enough(start, end, rests, length, law):
            continue
        first, last = _moments(start, end, rests, length, law)
        for i in range(len(attended)):
            a, b = max(attended[i, 0], first), min(attended[i, 1] - length, last)
            for moment in range(-(-a // GRID_MIN) * GRID_MIN, b + 1, GRID_MIN):
                more[0], more[1] = moment, moment + length
                if _one_more(start, end, rests, attended, room.lengths, more, law, room.beside):
                    _write_all(found[0], rests, more)
                    _write_all(found[1], rests, room.beside)
                    return True
    return False


@compiled
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
        if not _last_long_enough(start, end, rests, length, law):
            continue
        first, last = _moments(start, end, rests, length, law)
        for i in range(len(attended)):
            a, b = max(attended[i, 0], first), min(attended[i, 1] - length, last)
            for moment in range(-(-a // GRID_MIN) * GRID_MIN, b + 1, GRID_MIN):
                if moment >= taken[1] or taken[0] >= moment + length:
                    more[0], more[1] = moment, moment + length
                    return True
    return False


@compiled
def _last_long_enough(start: int, end: int, rests: Ints, length: int, law: BreakLaw) -> bool:
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


@compiled
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


@compiled
def _write_rests(found: Ints, rests: Ints, count: int, later: int) -> None:
    """Write the rests, so much room after the first ``count`` of them."""
    for i in range(len(rests)):
        place = i if i < count else i + later
        found[place, 0], found[place, 1] = rests[i, 0], rests[i, 1]


@compiled
def _write_all(found: Ints, rests: Ints, more: Ints) -> None:
    """Write the rests and one more break in the order of the day."""
    count = 0
    while count < len(rests) and rests[count, 0] < more[0]:
        count += 1
    _write_rests(found, rests, count, 1)
    found[count, 0], found[count, 1] = more[0], more[1]
