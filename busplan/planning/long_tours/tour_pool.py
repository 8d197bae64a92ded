"""Every lawful tour that a search has met, once for each set of stops, in its cheapest order.

A hash table in arrays, so that compiled code fills it. Tours are found again by a sum of random
numbers (Zobrist 1970): two sets of stops share one with probability 2**-64 each.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from busplan.planning.compiled import compiled, compiled_allocating
from busplan.planning.long_tours.periodic_arrays import Arrays, Floats, Ints

ROOM = 1 << 18
"""Places of the table; half of them are used."""
STOPS_EACH = 12
"""Stops kept per tour, on average."""
TOLERANCE = 1e-9


class Pool(NamedTuple):
    """Tours by key: cost, the best total cost of a plan it was seen in, and its stops."""

    marks: NDArray[np.uint64]
    keys: NDArray[np.uint64]
    cost: Floats
    score: Floats
    group: Ints
    first: NDArray[np.int64]
    size: Ints
    stops: Ints
    used: NDArray[np.int64]


def make_pool(arrays: Arrays) -> Pool:
    """An empty pool; its random numbers are the same for every search."""
    nodes = len(arrays.costs)
    marks = np.random.default_rng(1970).integers(1, 2**64, nodes, dtype=np.uint64)
    return Pool(
        marks=marks,
        keys=np.zeros(ROOM, np.uint64),
        cost=np.zeros(ROOM),
        score=np.zeros(ROOM),
        group=np.zeros(ROOM, np.int32),
        first=np.zeros(ROOM, np.int64),
        size=np.zeros(ROOM, np.int32),
        stops=np.zeros(ROOM * STOPS_EACH // 2, np.int32),
        used=np.zeros(2, np.int64),
    )


@compiled
def key_of(pool: Pool, tour: Ints, length: int) -> Any:
    """The key of a tour: depot and stops, in any order."""
    key = pool.marks[tour[0]]
    for place in range(1, length + 1):
        key += pool.marks[tour[place]]
    return key


@compiled
def remember(pool: Pool, tour: Ints, length: int, group: int, cost: float, score: float) -> None:
    """Keep a tour; without room for it, only better orders of known tours are kept."""
    key = key_of(pool, tour, length)
    row = np.int64(key & np.uint64(ROOM - 1))
    while pool.keys[row] != 0 and pool.keys[row] != key:
        row = (row + 1) % ROOM
    if pool.keys[row] == 0:
        if 2 * pool.used[0] >= ROOM or pool.used[1] + length > len(pool.stops):
            return
        pool.keys[row] = key
        pool.group[row] = group
        pool.first[row] = pool.used[1]
        pool.size[row] = length
        pool.cost[row] = np.inf
        pool.score[row] = np.inf
        pool.used[0] += 1
        pool.used[1] += length
    pool.score[row] = min(pool.score[row], score)
    if cost < pool.cost[row] - TOLERANCE:
        pool.cost[row] = cost
        for place in range(length):
            pool.stops[pool.first[row] + place] = tour[place + 1]


def is_full(pool: Pool) -> bool:
    """Whether new tours are no longer kept, or soon not."""
    return bool(pool.used[0] > 0.45 * ROOM or pool.used[1] > 0.9 * len(pool.stops))


def best_rows(pool: Pool, most: int) -> NDArray[np.int64]:
    """The tours seen in the best plans, at most so many, best first."""
    rows = np.flatnonzero(pool.keys)
    order = np.lexsort((pool.keys[rows], pool.score[rows]))
    return rows[order][:most]


def stops_of(pool: Pool, row: int) -> tuple[int, ...]:
    """The stops of a kept tour in their order."""
    first = int(pool.first[row])
    return tuple(pool.stops[first : first + int(pool.size[row])].tolist())


def shrink(pool: Pool, arrays: Arrays) -> Pool:
    """The pool's better half, with room for new tours."""
    rows = best_rows(pool, int(pool.used[0]) // 2)
    kept = pool._replace(
        keys=np.zeros_like(pool.keys),
        score=np.zeros_like(pool.score),
        cost=np.zeros_like(pool.cost),
        group=np.zeros_like(pool.group),
        first=np.zeros_like(pool.first),
        size=np.zeros_like(pool.size),
        stops=np.zeros_like(pool.stops),
        used=np.zeros_like(pool.used),
    )
    _copy_rows(pool, kept, rows, len(arrays.allowed))
    return kept


@compiled_allocating
def _copy_rows(source: Pool, target: Pool, rows: NDArray[np.int64], depots: int) -> None:
    tour = np.zeros(depots + 1, np.int32)
    for row in rows:
        length = source.size[row]
        tour[0] = depots + source.group[row]
        for place in range(length):
            tour[place + 1] = source.stops[source.first[row] + place]
        remember(target, tour, length, source.group[row], source.cost[row], source.score[row])
