"""Where breaks fit into a duty, compiled: the search that ``breaks`` describes and calls.

Stretches are rows (from, to) of an ``int64`` array. Everything here is plain arithmetic on
arrays made once (``BreakRoom``), because planning asks it for hundreds of thousands of days.
"""

from busplan.planning.compiled import compiled
from busplan.planning.weeks.break_law import GRID_MIN, BreakLaw, BreakRoom, Ints
from busplan.planning.weeks.long_breaks import find_long_breaks

KEY = 100_000
"""Above every minute: a start and its distance from the ideal are packed into one number."""


@compiled
def find_breaks(
    start: int, end: int, idle: Ints, attended: Ints, adults: int, law: BreakLaw, room: BreakRoom
) -> bool:
    """Write lawful breaks of each adult into ``room.found`` (adult, piece, from/to), then zeros.

    Whether there are any. ``attended`` stretches need one adult at work; a lone adult rests in
    ``idle`` ones only. Both come in the order of the day.
    """
    room.found[:] = 0
    here, beyond = law.first[end - start], law.first[end - start + 1]
    if beyond - here == 1 and law.counts[here] == 0:
        return True
    count = _merge(idle, attended[: 0 if adults == 1 else len(attended)], 1, room.free)
    if _usual_breaks(start, end, idle, room.free[:count], adults, here, beyond, law, room):
        return True
    room.found[:] = 0
    count = _merge(idle, attended[:0], law.piece_min, room.rests)
    return count > 0 and find_long_breaks(
        start, end, room.rests[:count], attended, adults, law, room
    )


@compiled
def _usual_breaks(
    start: int,
    end: int,
    idle: Ints,
    free: Ints,
    adults: int,
    here: int,
    beyond: int,
    law: BreakLaw,
    room: BreakRoom,
) -> bool:
    """Breaks of just the length due, fewest pieces first, each near its even part of the duty."""
    nothing = room.taken[:0]
    for split in range(here, beyond):
        count = law.counts[split]
        pieces = law.pieces[split, :count]
        going_on = False
        while _next_placing(going_on, start, end, pieces, free, nothing, law, room.first, room.at):
            going_on = True
            _write(room.found[0], room.at[2], pieces)
            if adults == 1:
                return True
            outside = _put_outside(room.found[0, :count], idle, room.taken)
            for beside in range(here, beyond):
                shape = law.pieces[beside, : law.counts[beside]]
                taken = room.taken[:outside]
                if _next_placing(
                    False, start, end, shape, free, taken, law, room.second, room.other
                ):
                    _write(room.found[1], room.other[2], shape)
                    return True
    return False


@compiled
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
        at[2, level] = _nearest(starts[level], at[1, level], at[0, level])
        at[1, level] += 1
        if level == last:
            if end - at[2, level] - pieces[level] <= law.stretch_max_min:
                return True
            continue
        level += 1
        at[0, level] = _list_starts(level, start, end, pieces, free, taken, law, starts[level], at)
        at[1, level] = 0
    return False


@compiled
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
    """Write where a piece may start, each with its distance from its even part; how many."""
    rested = start if level == 0 else at[2, level - 1] + pieces[level - 1]
    length = pieces[level]
    due = 0
    for piece in range(level, len(pieces)):
        due += pieces[piece]
    left = end - rested - due
    ideal = rested + left // (len(pieces) - level + 1)
    after = len(pieces) - level  # stretches of work from this piece to the end of the day
    earliest = max(rested + 1, end - due - after * law.stretch_max_min)
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
    return count


@compiled
def _nearest(starts: Ints, tried: int, count: int) -> int:
    """The nearest start not tried before, moved to stand behind those that were."""
    best = tried
    for i in range(tried + 1, count):
        if starts[i] < starts[best]:
            best = i
    starts[tried], starts[best] = starts[best], starts[tried]
    return int(starts[tried] % KEY)


@compiled
def _add_start(moment: int, length: int, ideal: int, taken: Ints, starts: Ints, count: int) -> int:
    for j in range(len(taken)):
        if moment < taken[j, 1] and taken[j, 0] < moment + length:
            return count
    starts[count] = abs(moment - ideal) * KEY + moment
    return count + 1


@compiled
def _merge(stretches: Ints, others: Ints, least: int, merged: Ints) -> int:
    """Write both lists in order, those that touch as one, without what is shorter; how many."""
    count, i, j = 0, 0, 0
    while i < len(stretches) or j < len(others):
        from_first = j == len(others) or (i < len(stretches) and stretches[i, 0] <= others[j, 0])
        a, b = (stretches[i, 0], stretches[i, 1]) if from_first else (others[j, 0], others[j, 1])
        if from_first:
            i += 1
        else:
            j += 1
        if count and a <= merged[count - 1, 1]:
            merged[count - 1, 1] = max(merged[count - 1, 1], b)
            continue
        if count and merged[count - 1, 1] - merged[count - 1, 0] < least:
            count -= 1
        merged[count, 0], merged[count, 1] = a, b
        count += 1
    if count and merged[count - 1, 1] - merged[count - 1, 0] < least:
        count -= 1
    return count


@compiled
def _put_outside(pieces: Ints, idle: Ints, outside: Ints) -> int:
    """Write the pieces that do not lie wholly in one idle stretch; how many."""
    count = 0
    for i in range(len(pieces)):
        a, b = pieces[i, 0], pieces[i, 1]
        inside = False
        for j in range(len(idle)):
            inside |= idle[j, 0] <= a and b <= idle[j, 1]
        if not inside:
            outside[count, 0], outside[count, 1] = a, b
            count += 1
    return count


@compiled
def _write(found: Ints, starts: Ints, pieces: Ints) -> None:
    found[:] = 0
    for i in range(len(pieces)):
        found[i, 0], found[i, 1] = starts[i], starts[i] + pieces[i]
