"""Tours as rows of arrays, and which of them another is at least as good as, compiled."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from busplan.planning.compiled import compiled, compiled_allocating
from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.day_times import NEVER


class Tours(NamedTuple):
    """Rows, one per tour: numbers of visits in order (-1 after the last), times and cost.

    ``span`` is start, end and work; ``sums`` driving minutes and metres; all in minutes but for
    the metres and ``cost`` in points. Kept tours have smaller whole numbers than the search's.
    """

    visits: NDArray[Any]
    adults: NDArray[Any]
    span: NDArray[Any]
    opens: NDArray[Any]
    stays: NDArray[Any]
    sums: NDArray[Any]
    cost: Ints


@compiled_allocating
def best_tours(place: Ints, tours: Tours, count: int) -> Tours:
    """The first ``count`` tours without those that another is at least as good as."""
    keys = _sorted_places(place, tours, count)
    order = np.arange(count)
    for column in range(keys.shape[1] - 1, -1, -1):
        order = order[np.argsort(keys[order, column], kind="mergesort")]
    kept = np.zeros(count, np.bool_)
    first = 0
    for i in range(count):
        this = order[i]
        if np.any(keys[this] != keys[order[first]]):
            first = i
        better = True
        for j in range(first, i):
            if kept[order[j]] and _is_as_good(tours, order[j], this):
                better = False
                break
        if better:
            for j in range(first, i):
                kept[order[j]] &= not _is_as_good(tours, this, order[j])
            kept[this] = True
    rows = np.flatnonzero(kept)
    return Tours(
        tours.visits[rows],
        tours.adults[rows],
        tours.span[rows],
        tours.opens[rows],
        tours.stays[rows],
        tours.sums[rows],
        tours.cost[rows],
    )


@compiled_allocating
def _sorted_places(place: Ints, tours: Tours, count: int) -> Ints:
    """One row per tour: crew size, then its places in rising order, -1 first."""
    keys = np.full((count, tours.visits.shape[1] + 1), NEVER, np.int64)
    for row in range(count):
        keys[row, 0] = tours.adults[row]
        for i in range(tours.visits.shape[1]):
            if tours.visits[row, i] != NEVER:
                keys[row, i + 1] = place[tours.visits[row, i]]
        keys[row, 1:].sort()
    return keys


@compiled
def _is_as_good(tours: Tours, a: int, b: int) -> bool:
    return bool(
        tours.cost[a] <= tours.cost[b]
        and tours.span[a, 0] >= tours.span[b, 0]
        and tours.span[a, 1] <= tours.span[b, 1]
        and tours.span[a, 2] <= tours.span[b, 2]
    )


@compiled_allocating
def no_tours(rows: int, width: int) -> Tours:
    """Room for so many tours of up to ``width`` visits, all zeros."""
    return Tours(
        np.zeros((rows, width), np.int64),
        np.zeros(rows, np.int64),
        np.zeros((rows, 3), np.int64),
        np.zeros((rows, width), np.int64),
        np.zeros((rows, width), np.int64),
        np.zeros((rows, 2), np.int64),
        np.zeros(rows, np.int64),
    )


@compiled_allocating
def grown(tours: Tours, least: int) -> Tours:
    """The same rows with at least twice the room."""
    old = len(tours.cost)
    new = no_tours(max(2 * old, least), tours.visits.shape[1])
    new.visits[:old], new.adults[:old], new.span[:old] = tours.visits, tours.adults, tours.span
    new.opens[:old], new.stays[:old] = tours.opens, tours.stays
    new.sums[:old], new.cost[:old] = tours.sums, tours.cost
    return new
