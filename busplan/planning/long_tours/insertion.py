"""Where stops that are out of the plan cost least: the pattern, and a place on each of its days.

Greedy insertion with blinks (Christiaens & Vanden Berghe, Transp. Sci. 54, 2020): a place is
overlooked now and then, which keeps the search from repeating itself. Limits are soft: what
exceeds them is paid for by weights.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from busplan.planning.compiled import Random, compiled, draw
from busplan.planning.long_tours.periodic_arrays import ADDED, TIMED, Arrays, Floats, Ints
from busplan.planning.long_tours.tour_state import (
    DURATION,
    LOAD,
    SPENT,
    WARP,
    WARPED,
    Segment,
    Tours,
    alone,
    join,
    measure,
    segment_at,
)

BLINK = 0.01
"""How often a place is overlooked."""
FEW, NEARBY = 600, 60
"""With more stops than these, only the tours of so many nearest stops are tried."""


Legs = tuple[Floats, Floats, Floats]
"""Costs to a stop from every node and from it to every node; those of the legs of a tour."""


class Places(NamedTuple):
    """The cheapest place found for one stop: row = home, column = day.

    ``near``: (days, slots) the tours by day that visit a near stop, ``nears`` of them, ``tried``:
    the number of the list a slot was last put on. ``slots``: the tours of a day to try.
    """

    cost: Floats
    slot: Ints
    place: Ints
    slots: Ints
    near: Ints
    nears: Ints
    tried: NDArray[np.int64]
    lists: NDArray[np.int64]


def make_places(arrays: Arrays) -> Places:
    """Room for one stop's places."""
    shape = (int(arrays.home.max(initial=0)) + 1, arrays.patterns.shape[1])
    slots = len(arrays.slot_day)
    return Places(
        cost=np.zeros(shape),
        slot=np.zeros(shape, np.int32),
        place=np.zeros(shape, np.int32),
        slots=np.zeros(slots, np.int32),
        near=np.zeros((shape[1], int(np.diff(arrays.first_slot).max(initial=0))), np.int32),
        nears=np.zeros(shape[1], np.int32),
        tried=np.zeros(slots, np.int64),
        lists=np.zeros(1, np.int64),
    )


@compiled
def find_near(arrays: Arrays, state: Tours, stop: int, only: int, places: Places) -> int:
    """List the tours that visit one of a stop's nearest, nearest first, of one day or (-1) of all.

    How many visits were looked at.
    """
    near, nears, tried, slot_of = places.near, places.nears, places.tried, state.slot_of
    nears[:] = 0
    places.lists[0] += 1
    seen = 0
    for other in arrays.neighbours[stop, :NEARBY]:
        pattern = state.pattern[other]
        if pattern < 0:
            continue
        for day in arrays.pattern_days[pattern]:
            if day < 0:
                break
            slot = slot_of[other, day] if only < 0 or day == only else -1
            seen += 1
            if slot >= 0 and tried[slot] != places.lists[0]:
                tried[slot] = places.lists[0]
                near[day, nears[day]] = slot
                nears[day] += 1
    return seen


@compiled
def list_slots(arrays: Arrays, state: Tours, stop: int, home: int, day: int, places: Places) -> int:
    """Which tours of a day and a home to try for a stop, and how many.

    All of them in a small problem, or where no other would do; else the near ones found before,
    and the empty ones.
    """
    slots, near, length = places.slots, places.near, state.length
    first, end = arrays.first_slot[day], arrays.first_slot[day + 1]
    found = 0
    if len(arrays.allowed) > FEW:
        for slot in near[day, : places.nears[day]]:
            if _may_visit(arrays, stop, home, slot):
                slots[found] = slot
                found += 1
        for slot in range(first, end):
            if length[slot] == 0 and _may_visit(arrays, stop, home, slot):
                slots[found] = slot
                found += 1
    if found == 0:
        for slot in range(first, end):
            if _may_visit(arrays, stop, home, slot):
                slots[found] = slot
                found += 1
    return found


@compiled
def _may_visit(arrays: Arrays, stop: int, home: int, slot: int) -> bool:
    group = arrays.slot_group[slot]
    return bool(arrays.home[group] == home and arrays.allowed[stop, group])


@compiled
def _place(legs: Legs, tour: Ints, length: int, limit: float, random: Random) -> tuple[float, int]:
    """The cheapest place in a tour that has no time to keep; -1 if none is below the limit."""
    best, found = limit, -1
    to_stop, from_stop, between = legs
    before = tour[0]
    for place in range(length + 1):
        behind = tour[place + 1]
        cost = to_stop[before] + from_stop[behind] - between[place]
        if cost < best and draw(random) >= BLINK:
            best, found = cost, place
        before = behind
    return best, found


@compiled
def _place_added(
    legs: Legs,
    times: tuple[Floats, Floats],
    travel: Floats,
    tour: Ints,
    length: int,
    limit: float,
    left: float,
    weight: float,
    random: Random,
) -> tuple[float, int]:
    """The same where a longest duration leaves so much; what exceeds it costs by weight."""
    best, found = limit, -1
    paid = weight * max(0.0, -left)
    to_stop, from_stop, between = legs
    time_to, time_from = times
    before = tour[0]
    for place in range(length + 1):
        behind = tour[place + 1]
        cost = to_stop[before] + from_stop[behind] - between[place]
        if cost < best:
            more = time_to[before] + time_from[behind] - travel[before, behind]
            cost += weight * max(0.0, more - left) - paid
            if cost < best and draw(random) >= BLINK:
                best, found = cost, place
        before = behind
    return best, found


@compiled
def _place_timed(
    legs: Legs,
    times: tuple[Floats, Floats],
    tour: Ints,
    parts: tuple[Floats, Floats],
    own: Segment,
    length: int,
    limit: float,
    longest: float,
    weights: tuple[float, float],
    random: Random,
) -> tuple[float, int]:
    """The same with windows; ``parts`` are the segments before and after every place."""
    before_parts, after_parts = parts
    best, found = limit, -1
    whole = segment_at(after_parts, 0)
    paid = weights[0] * max(0.0, whole[SPENT] - longest) + weights[1] * whole[WARPED]
    to_stop, from_stop, between = legs
    time_to, time_from = times
    before = tour[0]
    for place in range(length + 1):
        behind = tour[place + 1]
        cost = to_stop[before] + from_stop[behind] - between[place]
        if cost < best:
            left = join(segment_at(before_parts, place), time_to[before], own)
            whole = join(left, time_from[behind], segment_at(after_parts, place + 1))
            cost += weights[0] * max(0.0, whole[SPENT] - longest) + weights[1] * whole[WARPED]
            cost -= paid
            if cost < best and draw(random) >= BLINK:
                best, found = cost, place
        before = behind
    return best, found


@compiled
def place_on_day(
    arrays: Arrays,
    state: Tours,
    weights: Floats,
    stop: int,
    home: int,
    day: int,
    bar: float,
    places: Places,
    random: Random,
) -> int:
    """Find the cheapest place of a day with groups of a home; how many places were looked at.

    Only places below the bar are found; without one the cost is infinite.
    """
    slot_group = arrays.slot_group
    capacity, longest, sums, lengths = (
        arrays.capacity,
        arrays.max_duration,
        state.sums,
        state.length,
    )
    travel, tours = arrays.travel, state.tours
    to_stop, from_stop = arrays.costs_to[stop], arrays.costs[stop]
    times = (arrays.travel_to[stop], travel[stop])
    before, after = state.before, state.after
    own = alone(arrays, stop)
    load, timing = arrays.load[stop], arrays.timing
    best, tried = bar, -1
    looked = 0
    best_slot, best_place = -1, -1
    for slot in places.slots[: list_slots(arrays, state, stop, home, day, places)]:
        group, length = slot_group[slot], lengths[slot]
        if length >= arrays.longest:
            continue
        if length == 0:
            if tried == group:  # empty tours of a group are alike
                continue
            tried = group
        looked += 2 + length
        over = sums[slot, LOAD] - capacity[group]
        heavier = weights[LOAD] * (max(0.0, over + load) - max(0.0, over))
        if heavier >= best:
            continue
        limit = best - heavier
        legs = (to_stop, from_stop, state.legs[slot])
        if timing == TIMED:
            cost, place = _place_timed(
                legs,
                times,
                tours[slot],
                (before[slot], after[slot]),
                own,
                length,
                limit,
                longest[group],
                (weights[DURATION], weights[WARP]),
                random,
            )
        elif timing == ADDED:
            left = longest[group] - sums[slot, DURATION] - own[SPENT]
            cost, place = _place_added(
                legs, times, travel, tours[slot], length, limit, left, weights[DURATION], random
            )
        else:
            cost, place = _place(legs, tours[slot], length, limit, random)
        if place >= 0:
            best, best_slot, best_place = cost + heavier, slot, place
    places.cost[home, day] = best if best_slot >= 0 else np.inf
    places.slot[home, day] = best_slot
    places.place[home, day] = best_place
    return looked


@compiled
def choose_pattern(
    arrays: Arrays, state: Tours, weights: Floats, stop: int, places: Places, random: Random
) -> tuple[int, int, int]:
    """Home and pattern that cost least, -1 for none, and how many places were looked at."""
    looked = find_near(arrays, state, stop, -1, places) if len(arrays.allowed) > FEW else 0
    homes = len(places.cost)
    bar = np.inf
    for day in arrays.stop_days[stop]:
        if day < 0:
            break
        for home in range(homes):
            looked += place_on_day(arrays, state, weights, stop, home, day, bar, places, random)
            if arrays.is_single[stop]:
                bar = min(bar, places.cost[home, day])
    best, base, chosen = np.inf, -1, -1
    for home in range(homes):
        for pattern in range(arrays.first_pattern[stop], arrays.first_pattern[stop + 1]):
            cost = 0.0
            for day in arrays.pattern_days[pattern]:
                if day < 0:
                    break
                cost += places.cost[home, day]
            if cost < best and (chosen < 0 or draw(random) >= BLINK):
                best, base, chosen = cost, home, pattern
    return base, chosen, looked


@compiled
def insert(arrays: Arrays, state: Tours, stop: int, slot: int, place: int) -> None:
    """Put a stop behind a place of a tour."""
    tour = state.tours[slot]
    for moved in range(state.length[slot] + 1, place, -1):
        tour[moved + 1] = tour[moved]
    tour[place + 1] = stop
    state.length[slot] += 1
    measure(arrays, state, slot)
