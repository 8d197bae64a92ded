"""Tours while they are searched: order, time and limits of each, kept so that changes are cheap.

Time follows segments (Vidal, Crainic, Gendreau & Prins, Comput. Oper. Res. 40, 2013): a part of a
tour is its least duration, the time warp it needs to keep its windows (0 when lawful), and the
earliest and latest start for that duration. Two parts join in constant time.
"""

from typing import NamedTuple

import numpy as np

from busplan.planning.compiled import compiled
from busplan.planning.periodic_arrays import ADDED, TIMED, Arrays, Floats, Ints

COST, LOAD, DURATION, WARP = 0, 1, 2, 3
"""Columns of ``sums``; of ``totals`` too, with what exceeds the limits instead."""
SPENT, WARPED, EARLIEST, LATEST = 0, 1, 2, 3
"""Columns of a segment."""
Segment = tuple[float, float, float, float]


class Tours(NamedTuple):
    """Every slot's tour, depot to depot: row = slot.

    ``before[slot, i]`` is the segment up to place i, ``after[slot, i]`` from there. ``slot_of``
    and ``place_of``: (stop, day), -1 where it is not visited. ``pattern``: row of
    ``Arrays.patterns`` by stop, -1 for a stop out of the plan.
    """

    tours: Ints
    length: Ints
    sums: Floats
    before: Floats
    after: Floats
    slot_of: Ints
    place_of: Ints
    pattern: Ints


def make_tours(arrays: Arrays) -> Tours:
    """All slots with empty tours."""
    slots, stops, days = len(arrays.slot_day), len(arrays.allowed), arrays.patterns.shape[1]
    wide = arrays.longest + 2
    state = Tours(
        tours=np.zeros((slots, wide), dtype=np.int32),
        length=np.zeros(slots, dtype=np.int32),
        sums=np.zeros((slots, 4)),
        before=np.zeros((slots, wide, 4)),
        after=np.zeros((slots, wide, 4)),
        slot_of=np.full((stops, days), -1, dtype=np.int32),
        place_of=np.full((stops, days), -1, dtype=np.int32),
        pattern=np.full(stops, -1, dtype=np.int32),
    )
    empty_all(arrays, state)
    return state


@compiled
def empty_all(arrays: Arrays, state: Tours) -> None:
    """Take every stop out of the plan."""
    state.slot_of[:] = -1
    state.place_of[:] = -1
    state.pattern[:] = -1
    for slot in range(len(state.length)):
        depot = len(arrays.allowed) + arrays.slot_group[slot]
        state.tours[slot, 0] = depot
        state.tours[slot, 1] = depot
        state.length[slot] = 0
        measure(arrays, state, slot)


@compiled
def join(first: Segment, drive: float, second: Segment) -> Segment:
    """Two parts of a tour, one after the other, so long a drive apart."""
    shift = first[SPENT] - first[WARPED] + drive
    wait = max(second[EARLIEST] - shift - first[LATEST], 0.0)
    warp = max(first[EARLIEST] + shift - second[LATEST], 0.0)
    return (
        first[SPENT] + second[SPENT] + drive + wait,
        first[WARPED] + second[WARPED] + warp,
        max(second[EARLIEST] - shift, first[EARLIEST]) - wait,
        min(second[LATEST] - shift, first[LATEST]) + warp,
    )


@compiled
def segment_at(parts: Floats, slot: int, place: int) -> Segment:
    """A segment kept in ``before`` or ``after``."""
    return (
        parts[slot, place, SPENT],
        parts[slot, place, WARPED],
        parts[slot, place, EARLIEST],
        parts[slot, place, LATEST],
    )


@compiled
def alone(arrays: Arrays, node: int) -> Segment:
    """The segment of one node."""
    return (arrays.service[node], 0.0, arrays.earliest[node], arrays.latest[node])


@compiled
def _keep(parts: Floats, slot: int, place: int, segment: Segment) -> None:
    parts[slot, place, SPENT] = segment[SPENT]
    parts[slot, place, WARPED] = segment[WARPED]
    parts[slot, place, EARLIEST] = segment[EARLIEST]
    parts[slot, place, LATEST] = segment[LATEST]


@compiled
def measure(arrays: Arrays, state: Tours, slot: int) -> None:
    """Everything about a tour anew, after its order has changed."""
    tour = state.tours[slot]
    day = arrays.slot_day[slot]
    last = state.length[slot] + 1
    cost = load = spent = 0.0
    for place in range(1, last + 1):
        node = tour[place]
        cost += arrays.costs[tour[place - 1], node]
        spent += arrays.travel[tour[place - 1], node] + arrays.service[node]
        load += arrays.load[node]
        if place < last:
            state.place_of[node, day] = place
            state.slot_of[node, day] = slot
    sums = state.sums[slot]
    sums[COST], sums[LOAD], sums[DURATION], sums[WARP] = cost, load, spent, 0.0
    if arrays.timing == TIMED:
        _time(arrays, state, slot)
        sums[DURATION] = state.before[slot, last, SPENT]
        sums[WARP] = state.before[slot, last, WARPED]


@compiled
def _time(arrays: Arrays, state: Tours, slot: int) -> None:
    tour = state.tours[slot]
    last = state.length[slot] + 1
    segment = alone(arrays, tour[0])
    _keep(state.before, slot, 0, segment)
    for place in range(1, last + 1):
        drive = arrays.travel[tour[place - 1], tour[place]]
        segment = join(segment, drive, alone(arrays, tour[place]))
        _keep(state.before, slot, place, segment)
    segment = alone(arrays, tour[last])
    _keep(state.after, slot, last, segment)
    for place in range(last - 1, -1, -1):
        drive = arrays.travel[tour[place], tour[place + 1]]
        segment = join(alone(arrays, tour[place]), drive, segment)
        _keep(state.after, slot, place, segment)


@compiled
def add_slot(arrays: Arrays, state: Tours, slot: int, totals: Floats, sign: float) -> None:
    """Count a tour's cost and what exceeds its limits into totals, or out with sign -1."""
    group = arrays.slot_group[slot]
    sums = state.sums[slot]
    totals[COST] += sign * sums[COST]
    totals[LOAD] += sign * max(0.0, sums[LOAD] - arrays.capacity[group])
    if arrays.timing >= ADDED:
        totals[DURATION] += sign * max(0.0, sums[DURATION] - arrays.max_duration[group])
        totals[WARP] += sign * sums[WARP]


@compiled
def total_of(arrays: Arrays, state: Tours, totals: Floats) -> None:
    """Cost and excess of all tours, added anew."""
    totals[:] = 0.0
    for slot in range(len(state.length)):
        add_slot(arrays, state, slot, totals, 1.0)


@compiled
def copy_tour(source: Tours, target: Tours, slot: int, timed: bool) -> None:
    """Copy one tour, with its segments where they are in use."""
    length = source.length[slot]
    target.length[slot] = length
    for place in range(length + 2):
        target.tours[slot, place] = source.tours[slot, place]
    for figure in range(4):
        target.sums[slot, figure] = source.sums[slot, figure]
    if timed:
        for place in range(length + 2):
            for figure in range(4):
                target.before[slot, place, figure] = source.before[slot, place, figure]
                target.after[slot, place, figure] = source.after[slot, place, figure]


@compiled
def load_tours(arrays: Arrays, state: Tours, given: Ints, length: Ints, chosen: Ints) -> None:
    """Take over tours, depot to depot, and the pattern of every stop."""
    empty_all(arrays, state)
    for slot in range(len(length)):
        state.length[slot] = length[slot]
        for place in range(length[slot] + 2):
            state.tours[slot, place] = given[slot, place]
        measure(arrays, state, slot)
    state.pattern[:] = chosen
