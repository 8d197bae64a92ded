"""The law of breaks as arrays, and the arrays that the search for breaks writes on."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from busplan.planning.compiled import compiled_allocating

Ints = NDArray[np.int64]
GRID_MIN = 5


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


class BreakRoom(NamedTuple):
    """What the search writes on: stretches, starts by piece (row), and where it is in them."""

    found: Ints
    free: Ints
    rests: Ints
    taken: Ints
    more: Ints
    beside: Ints
    lengths: Ints
    first: Ints
    second: Ints
    at: Ints
    other: Ints


@compiled_allocating
def make_break_room(most_visits: int, law: BreakLaw) -> BreakRoom:
    """Room for days of up to so many visits; breaks found stand in ``found``."""
    stretches, depth = 3 * most_visits, law.pieces.shape[1]
    starts = law.first.shape[0] // GRID_MIN + 2 * stretches + 2
    return BreakRoom(
        found=np.zeros((2, max(depth, 2 * most_visits + 1), 2), np.int64),
        free=np.zeros((stretches, 2), np.int64),
        rests=np.zeros((stretches, 2), np.int64),
        taken=np.zeros((depth, 2), np.int64),
        more=np.zeros(2, np.int64),
        beside=np.zeros(2, np.int64),
        lengths=np.unique(np.array([law.piece_min, law.break_min, law.long_break_min])),
        first=np.zeros((depth, starts), np.int64),
        second=np.zeros((depth, starts), np.int64),
        at=np.zeros((3, depth), np.int64),
        other=np.zeros((3, depth), np.int64),
    )
