"""Where breaks fit into a duty (ArbZG § 4).

A lone adult takes breaks while the bus stands idle; of two adults one may rest while the other
keeps the bus open, set up or taken down. Nobody rests on the road or at the depot's work.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from busplan.domain.parameters import Parameters

Stretch = tuple[int, int]
"""From, to in minutes after midnight."""
GRID_MIN = 5


def break_lengths(presence_min: int, numbers: Parameters) -> tuple[tuple[int, ...], ...]:
    """Ways to split the break that a presence of so many minutes asks for; () where none is due.

    Empty where no break makes the day lawful. Pieces in order of the day; the usual break first,
    then one just long enough to bring the work down to where less is due.
    """
    if presence_min <= min(numbers.break_after_min, numbers.work_stretch_max_min):
        return ((),)
    piece = numbers.break_piece_min
    shapes: list[tuple[int, ...]] = []
    for due, work_max in (
        (numbers.break_min, numbers.long_break_after_min),
        (numbers.long_break_min, numbers.work_day_max_min),
    ):
        total = max(due, presence_min - min(work_max, numbers.work_day_max_min))
        if total == due:
            shapes += _splits(total, piece)
            break
        if total < numbers.long_break_min:
            shapes.append((total,))
    short = max(piece, presence_min - numbers.break_after_min)
    if short < numbers.break_min:
        shapes.append((short,))
    return tuple(shapes)


@lru_cache
def break_shapes(numbers: Parameters) -> tuple[tuple[int, ...], ...]:
    """Breaks that a bus may have to wait for: one piece, or all that is due, whole or split."""
    shapes: set[tuple[int, ...]] = {(numbers.break_piece_min,)}
    for total in (numbers.break_min, numbers.long_break_min):
        shapes |= set(_splits(total, numbers.break_piece_min))
    return tuple(sorted(shapes))


def place_breaks(
    start_min: int,
    end_min: int,
    idle: tuple[Stretch, ...],
    attended: tuple[Stretch, ...],
    adults: int,
    numbers: Parameters,
) -> tuple[tuple[Stretch, ...], ...] | None:
    """Breaks of each adult on duty from start to end, or ``None`` where none can be lawful.

    ``attended`` stretches need one adult at work; breaks lie as near to the even parts of the
    duty as they can.
    """
    shift = start_min - start_min % GRID_MIN  # so that breaks lie on the grid of the clock
    placed = _place(
        start_min - shift,
        end_min - shift,
        tuple((a - shift, b - shift) for a, b in idle),
        tuple((a - shift, b - shift) for a, b in attended) if adults > 1 else (),
        adults,
        numbers,
    )
    if placed is None:
        return None
    return tuple(tuple((a + shift, b + shift) for a, b in person) for person in placed)


@lru_cache(maxsize=100_000)
def _place(
    start: int,
    end: int,
    idle: tuple[Stretch, ...],
    attended: tuple[Stretch, ...],
    adults: int,
    numbers: Parameters,
) -> tuple[tuple[Stretch, ...], ...] | None:
    lengths = break_lengths(end - start, numbers)
    if lengths == ((),):
        return ((),) * adults
    day = (start, end)
    free = _merged(idle + attended)
    found = _in_turns(adults, idle, lambda taken: _choices(day, lengths, free, taken, numbers))
    if found is not None:
        return found
    return _in_turns(adults, idle, lambda taken: _long_choices(day, idle, attended, taken, numbers))


Choices = Callable[[tuple[Stretch, ...]], Iterator[tuple[Stretch, ...]]]


def _in_turns(
    adults: int, idle: tuple[Stretch, ...], choices: Choices
) -> tuple[tuple[Stretch, ...], ...] | None:
    """Breaks of one adult or of two who never rest at once while the bus needs somebody.

    ``choices`` lists the breaks of one adult beside stretches taken by the other.
    """
    for first in choices(()):
        if adults == 1:
            return (first,)
        taken = tuple(piece for piece in first if not _inside(piece, idle))
        second = next(choices(taken), None)
        if second is not None:
            return (first, second)
    return None


def _long_choices(
    day: Stretch,
    idle: tuple[Stretch, ...],
    attended: tuple[Stretch, ...],
    taken: tuple[Stretch, ...],
    numbers: Parameters,
) -> Iterator[tuple[Stretch, ...]]:
    """Rest whenever the bus stands idle, with up to one more break in turn."""
    piece = numbers.break_piece_min
    rests = tuple(stretch for stretch in _merged(idle) if stretch[1] - stretch[0] >= piece)
    if not rests:
        return
    if _is_lawful(day, rests, numbers):
        yield rests
    for length in sorted({piece, numbers.break_min, numbers.long_break_min}):
        for a, b in attended:
            for start in range(-(-a // GRID_MIN) * GRID_MIN, b - length + 1, GRID_MIN):
                more = tuple(sorted((*rests, (start, start + length))))
                beside = all(start + length <= c or d <= start for c, d in taken)
                if beside and _is_lawful(day, more, numbers):
                    yield more


def _is_lawful(day: Stretch, breaks: tuple[Stretch, ...], numbers: Parameters) -> bool:
    marks = (day[0], *(moment for piece in breaks for moment in piece), day[1])
    work = [marks[i + 1] - marks[i] for i in range(0, len(marks), 2)]
    rested = sum(b - a for a, b in breaks)
    return (
        sum(work) <= numbers.work_day_max_min
        and max(work) <= numbers.work_stretch_max_min
        and (sum(work) <= numbers.break_after_min or rested >= numbers.break_min)
        and (sum(work) <= numbers.long_break_after_min or rested >= numbers.long_break_min)
    )


def _choices(
    day: Stretch,
    lengths: tuple[tuple[int, ...], ...],
    free: tuple[Stretch, ...],
    taken: tuple[Stretch, ...],
    numbers: Parameters,
) -> Iterator[tuple[Stretch, ...]]:
    """Every lawful placing on the grid, fewest pieces first, each near its even part."""
    for pieces in lengths:
        yield from _extend((), pieces, day, free, taken, numbers)


def _extend(
    done: tuple[Stretch, ...],
    pieces: tuple[int, ...],
    day: Stretch,
    free: tuple[Stretch, ...],
    taken: tuple[Stretch, ...],
    numbers: Parameters,
) -> Iterator[tuple[Stretch, ...]]:
    rested = done[-1][1] if done else day[0]
    if not pieces:
        if day[1] - rested <= numbers.work_stretch_max_min:
            yield done
        return
    length = pieces[0]
    ideal = rested + (day[1] - rested - sum(pieces)) // (len(pieces) + 1)
    starts = {
        start
        for a, b in free
        for start in (a, b - length, *range(-(-a // GRID_MIN) * GRID_MIN, b, GRID_MIN))
        if a <= start <= b - length
        and rested < start <= rested + numbers.work_stretch_max_min
        and all(start + length <= c or d <= start for c, d in taken)
    }
    for start in sorted(starts, key=lambda s: (abs(s - ideal), s)):
        piece = (start, start + length)
        yield from _extend((*done, piece), pieces[1:], day, free, taken, numbers)


def _splits(total: int, piece: int) -> Iterator[tuple[int, ...]]:
    """The whole, then ever more pieces, each a multiple of the least piece but for the last."""
    yield (total,)
    for first in range(total - piece, piece - 1, -piece):
        for rest in _splits(total - first, piece):
            yield (first, *rest)


def _inside(piece: Stretch, stretches: Sequence[Stretch]) -> bool:
    return any(a <= piece[0] and piece[1] <= b for a, b in stretches)


def _merged(stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    merged: list[Stretch] = []
    for a, b in sorted(stretches):
        if merged and a <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    return tuple(merged)
