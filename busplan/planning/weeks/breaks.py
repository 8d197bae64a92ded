"""Where breaks fit into a duty (ArbZG § 4).

A lone adult takes breaks while the bus stands idle; of two adults one may rest while the other
keeps the bus open, set up or taken down. Nobody rests on the road or at the depot's work.
"""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from busplan.domain.dates import MINUTES_PER_DAY
from busplan.domain.parameters import Parameters
from busplan.planning.weeks.break_law import BreakLaw, Ints, make_break_room
from busplan.planning.weeks.break_search import find_breaks

Stretch = tuple[int, int]
"""From, to in minutes after midnight."""
LONGEST_PRESENCE_MIN = 2 * MINUTES_PER_DAY


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


@lru_cache
def break_law(numbers: Parameters) -> BreakLaw:
    """The numbers in the form that the compiled search reads."""
    splits = [break_lengths(presence, numbers) for presence in range(LONGEST_PRESENCE_MIN)]
    flat = [pieces for group in splits for pieces in group]
    pieces = np.zeros((len(flat), max(1, *map(len, flat))), dtype=np.int64)
    for row, lengths in zip(pieces, flat, strict=True):
        row[: len(lengths)] = lengths
    return BreakLaw(
        after_min=numbers.break_after_min,
        break_min=numbers.break_min,
        long_after_min=numbers.long_break_after_min,
        long_break_min=numbers.long_break_min,
        piece_min=numbers.break_piece_min,
        day_max_min=numbers.work_day_max_min,
        stretch_max_min=numbers.work_stretch_max_min,
        first=np.cumsum([0, *map(len, splits)]).astype(np.int64),
        counts=np.array([len(lengths) for lengths in flat], dtype=np.int64),
        pieces=pieces,
    )


def breaks_of(
    start_min: int, end_min: int, idle: Ints, attended: Ints, adults: int, numbers: Parameters
) -> tuple[tuple[Stretch, ...], ...] | None:
    """Breaks of each adult on duty from start to end, or ``None`` where none can be lawful.

    Stretches are rows (from, to). ``attended`` ones need one adult at work; breaks lie as near to
    the even parts of the duty as they can.
    """
    law = break_law(numbers)
    room = make_break_room(len(idle) + len(attended), law)
    if not find_breaks(start_min, end_min, idle, attended, adults, law, room):
        return None
    return tuple(
        tuple((a, b) for a, b in person.tolist() if b > a)  # zeros fill up the rows
        for person in room.found[:adults]
    )


def _splits(total: int, piece: int) -> Iterator[tuple[int, ...]]:
    """The whole, then ever more pieces, each a multiple of the least piece but for the last."""
    yield (total,)
    for first in range(total - piece, piece - 1, -piece):
        for rest in _splits(total - first, piece):
            yield (first, *rest)
