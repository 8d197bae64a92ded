"""Tours while they are searched: order, time and limits of each, kept so that changes are cheap.

Time follows segments (Vidal, Crainic, Gendreau & Prins, Comput. Oper. Res. 40, 2013): a part of a
tour is its least duration, the time warp it needs to keep its windows (0 when lawful), and the
earliest and latest start for that duration. Two parts join in constant time.
"""

from typing import NamedTuple

import numpy as np

from busplan.planning.compiled import compiled
from busplan.planning.long_tours.periodic_arrays import ADDED, TIMED, Arrays, Floats, Ints

COST, LOAD, DURATION, WARP = 0, 1, 2, 3
"""Columns of ``sums``; of ``totals`` too, with what exceeds the limits instead."""
SPENT, WARPED, EARLIEST, LATEST = 0, 1, 2, 3
"""Columns of a segment."""
Segment = tuple[float, float, float, float]


class Tours(NamedTuple):
    """Every slot's tour, depot to depot: row = slot.

    ``legs[slot, i]`` is the cost from place i to the next. ``before[slot, i]`` is the segment up to
    place i, ``after[slot, i]`` from there. ``slot_of``: (stop, day), -1 where it is not visited.
    ``pattern``: row of ``Arrays.patterns`` by stop, -1 for a stop out of the plan.
    """

    tours: Ints
    length: Ints
    legs: Floats
    sums: Floats
    before: Floats
    after: Floats
    slot_of: Ints
    pattern: Ints


def make_tours(arrays: Arrays) -> Tours:
    """All slots with empty tours."""
    slots, stops, days = len(arrays.slot_day), len(arrays.allowed), arrays.patterns.shape[1]
    wide = arrays.longest + 2
    state = Tours(
        tours=np.zeros((slots, wide), dtype=np.int32),
        length=np.zeros(slots, dtype=np.int32),
        legs=np.zeros((slots, wide)),
        sums=np.zeros((slots, 4)),
        before=np.zeros((slots, wide, 4)),
        after=np.zeros((slots, wide, 4)),
        slot_of=np.full((stops, days), -1, dtype=np.int32),
        pattern=np.full(stops, -1, dtype=np.int32),
    )
    empty_all(arrays, state)
    return state


@compiled
def empty_all(arrays: Arrays, state: Tours) -> None:
    """Take every stop out of the plan."""
    state.slot_of[:] = -1
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
def segment_at(parts: Floats, place: int) -> Segment:
    """A segment kept in one tour's row of ``before`` or ``after``."""
    return (
        parts[place, SPENT],
        parts[place, WARPED],
        parts[place, EARLIEST],
        parts[place, LATEST],
    )


@compiled
def alone(arrays: Arrays, node: int) -> Segment:
    """The segment of one node."""
    return (arrays.service[node], 0.0, arrays.earliest[node], arrays.latest[node])


@compiled
def _keep(parts: Floats, place: int, segment: Segment) -> None:
    parts[place, SPENT] = segment[SPENT]
    parts[place, WARPED] = segment[WARPED]
    parts[place, EARLIEST] = segment[EARLIEST]
    parts[place, LATEST] = segment[LATEST]


@compiled
def measure(arrays: Arrays, state: Tours, slot: int) -> None:
    """Costs, sums and segments of a tour anew, after its order has changed."""
    costs, travel, service, loads = arrays.costs, arrays.travel, arrays.service, arrays.load
    tour, legs = state.tours[slot], state.legs[slot]
    last = state.length[slot] + 1
    cost = load = spent = 0.0
    before = tour[0]
    for place in range(1, last + 1):
        node = tour[place]
        leg = costs[before, node]
        legs[place - 1] = leg
        cost += leg
        spent += travel[before, node] + service[node]
        load += loads[node]
        before = node
    sums = state.sums[slot]
    sums[COST], sums[LOAD], sums[DURATION], sums[WARP] = cost, load, spent, 0.0
    if arrays.timing == TIMED:
        _time(arrays, tour, last, state.before[slot], state.after[slot])
        sums[DURATION] = state.before[slot, last, SPENT]
        sums[WARP] = state.before[slot, last, WARPED]


@compiled
def occupy(arrays: Arrays, state: Tours, slot: int) -> None:
    """Note of the stops of a tour that it visits them."""
    day, tour = arrays.slot_day[slot], state.tours[slot]
    for place in range(1, state.length[slot] + 1):
        state.slot_of[tour[place], day] = slot


@compiled
def _time(arrays: Arrays, tour: Ints, last: int, before: Floats, after: Floats) -> None:
    travel, service = arrays.travel, arrays.service
    earliest, latest = arrays.earliest, arrays.latest
    node = tour[0]
    segment = (service[node], 0.0, earliest[node], latest[node])
    _keep(before, 0, segment)
    for place in range(1, last + 1):
        node = tour[place]
        own = (service[node], 0.0, earliest[node], latest[node])
        segment = join(segment, travel[tour[place - 1], node], own)
        _keep(before, place, segment)
    node = tour[last]
    segment = (service[node], 0.0, earliest[node], latest[node])
    _keep(after, last, segment)
    for place in range(last - 1, -1, -1):
        node = tour[place]
        own = (service[node], 0.0, earliest[node], latest[node])
        segment = join(own, travel[node, tour[place + 1]], segment)
        _keep(after, place, segment)


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
    old, new = source.tours[slot], target.tours[slot]
    old_legs, new_legs = source.legs[slot], target.legs[slot]
    for place in range(length + 2):
        new[place] = old[place]
        new_legs[place] = old_legs[place]
    old_sums, new_sums = source.sums[slot], target.sums[slot]
    for figure in range(4):
        new_sums[figure] = old_sums[figure]
    if timed:
        _copy_parts(source.before[slot], target.before[slot], length + 2)
        _copy_parts(source.after[slot], target.after[slot], length + 2)


@compiled
def _copy_parts(old: Floats, new: Floats, places: int) -> None:
    for place in range(places):
        for figure in range(4):
            new[place, figure] = old[place, figure]


@compiled
def load_tours(arrays: Arrays, state: Tours, given: Ints, length: Ints, chosen: Ints) -> None:
    """Take over tours, depot to depot, and the pattern of every stop."""
    empty_all(arrays, state)
    for slot in range(len(length)):
        state.length[slot] = length[slot]
        for place in range(length[slot] + 2):
            state.tours[slot, place] = given[slot, place]
        occupy(arrays, state, slot)
        measure(arrays, state, slot)
    for stop in range(len(chosen)):
        state.pattern[stop] = chosen[stop]
