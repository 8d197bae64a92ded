"""Where stops that are out of the plan cost least: the pattern, and a place on each of its days.

Greedy insertion with blinks (Christiaens & Vanden Berghe, Transp. Sci. 54, 2020): a place is
overlooked now and then, which keeps the search from repeating itself. Limits are soft: what
exceeds them is paid for by weights.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from busplan.planning.compiled import Random, compiled, draw
from busplan.planning.long_tours.periodic_arrays import ADDED, TIMED, UNTIMED, Arrays, Floats, Ints
from busplan.planning.long_tours.tour_state import (
    COST,
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
LOOKED_EACH = 4
"""Finding the tour of a near stop takes as long as looking at so many places."""


Legs = tuple[Floats, Floats, Floats]
"""Costs to a stop from every node and from it to every node; those of the legs of a tour."""


class Places(NamedTuple):
    """The cheapest place found for one stop: row = home, column = day.

    ``near``: the tours that visit a near stop, ``tried``: the number of the list a slot was last
    put on, ``lists`` so far. ``slots``: the tours of a day to try.
    """

    cost: Floats
    slot: Ints
    place: Ints
    slots: Ints
    near: Ints
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
        near=np.zeros(slots, np.int32),
        tried=np.zeros(slots, np.int64),
        lists=np.zeros(1, np.int64),
    )


@compiled
def find_near(arrays: Arrays, state: Tours, stop: int, only: int, places: Places) -> int:
    """List the tours a stop may join that visit one of its nearest, nearest first; how many.

    Those of one day, or (-1) of all.
    """
    near, tried, slot_of = places.near, places.tried, state.slot_of
    may_visit = arrays.may_visit[stop]
    places.lists[0] += 1
    found = 0
    for other in arrays.neighbours[stop, : arrays.near]:
        pattern = state.pattern[other]
        if pattern < 0:
            continue
        for day in arrays.pattern_days[pattern]:
            if day < 0:
                break
            slot = slot_of[other, day] if only < 0 or day == only else -1
            if slot >= 0 and may_visit[slot] and tried[slot] != places.lists[0]:
                tried[slot] = places.lists[0]
                near[found] = slot
                found += 1
    return found


@compiled
def list_slots(
    arrays: Arrays, state: Tours, stop: int, home: int, day: int, near: int, places: Places
) -> int:
    """Which tours of a day and a home to try for a stop, and how many.

    All of them in a small problem, or where no other would do; else the near ones found before,
    and the empty ones.
    """
    slots, may_visit, length = places.slots, arrays.may_visit[stop], state.length
    first, end = arrays.first_slot[day], arrays.first_slot[day + 1]
    found = 0
    if arrays.near > 0:
        for slot in places.near[:near]:
            if first <= slot < end and arrays.home[arrays.slot_group[slot]] == home:
                slots[found] = slot
                found += 1
        for slot in range(first, end):
            at_home = arrays.home[arrays.slot_group[slot]] == home
            if length[slot] == 0 and may_visit[slot] and at_home:
                slots[found] = slot
                found += 1
    if found == 0:
        for slot in range(first, end):
            if may_visit[slot] and arrays.home[arrays.slot_group[slot]] == home:
                slots[found] = slot
                found += 1
    return found


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
def place_in(
    arrays: Arrays,
    state: Tours,
    weights: Floats,
    stop: int,
    slot: int,
    bar: float,
    random: Random,
) -> tuple[float, int]:
    """What the cheapest place of a tour costs a stop, and where; -1 if none is below the bar."""
    group, length = arrays.slot_group[slot], state.length[slot]
    sums = state.sums[slot]
    over = sums[LOAD] - arrays.capacity[group]
    heavier = weights[LOAD] * (max(0.0, over + arrays.load[stop]) - max(0.0, over))
    limit = bar - heavier
    if length >= arrays.longest or limit <= 0.0:
        return bar, -1
    tour, longest = state.tours[slot], arrays.max_duration[group]
    legs = (arrays.costs_to[stop], arrays.costs[stop], state.legs[slot])
    if arrays.timing == UNTIMED:
        cost, place = _place(legs, tour, length, limit, random)
        return cost + heavier, place
    times = (arrays.travel_to[stop], arrays.travel[stop])
    if arrays.timing == ADDED:
        left = longest - sums[DURATION] - arrays.service[stop]
        cost, place = _place_added(
            legs, times, arrays.travel, tour, length, limit, left, weights[DURATION], random
        )
        return cost + heavier, place
    cost, place = _place_timed(
        legs,
        times,
        tour,
        (state.before[slot], state.after[slot]),
        alone(arrays, stop),
        length,
        limit,
        longest,
        (weights[DURATION], weights[WARP]),
        random,
    )
    return cost + heavier, place


@compiled
def place_on_day(
    arrays: Arrays,
    state: Tours,
    weights: Floats,
    stop: int,
    home: int,
    day: int,
    near: int,
    places: Places,
    random: Random,
) -> int:
    """Find the cheapest place of a day with groups of a home; how many places were looked at.

    Without one the cost is infinite.
    """
    best, best_slot, best_place, looked, tried = np.inf, -1, -1, 0, -1
    for slot in places.slots[: list_slots(arrays, state, stop, home, day, near, places)]:
        if state.length[slot] == 0:
            if tried == arrays.slot_group[slot]:  # empty tours of a group are alike
                continue
            tried = arrays.slot_group[slot]
        looked += 2 + state.length[slot]
        cost, place = place_in(arrays, state, weights, stop, slot, best, random)
        if place >= 0:
            best, best_slot, best_place = cost, slot, place
    places.cost[home, day] = best
    places.slot[home, day] = best_slot
    places.place[home, day] = best_place
    return looked


@compiled
def choose_slot(
    arrays: Arrays, state: Tours, weights: Floats, stop: int, places: Places, random: Random
) -> tuple[int, int, int]:
    """Where a stop visited once costs least: slot, -1 for none, place; how many were looked at."""
    best, chosen, found, looked = np.inf, -1, -1, LOOKED_EACH * arrays.near
    may_visit, length = arrays.may_visit[stop], state.length
    for slot in places.near[: find_near(arrays, state, stop, -1, places)]:
        looked += 2 + length[slot]
        cost, place = place_in(arrays, state, weights, stop, slot, best, random)
        if place >= 0:
            best, chosen, found = cost, slot, place
    everywhere = chosen < 0
    for slot in range(len(length)):
        if may_visit[slot] and (everywhere or length[slot] == 0):
            looked += 2 + length[slot]
            cost, place = place_in(arrays, state, weights, stop, slot, best, random)
            if place >= 0:
                best, chosen, found = cost, slot, place
    return chosen, found, looked


@compiled
def choose_pattern(
    arrays: Arrays, state: Tours, weights: Floats, stop: int, places: Places, random: Random
) -> tuple[int, int, int]:
    """Home and pattern that cost least, -1 for none, and how many places were looked at."""
    near, looked = find_near(arrays, state, stop, -1, places), LOOKED_EACH * arrays.near
    homes = len(places.cost)
    for day in arrays.stop_days[stop]:
        if day < 0:
            break
        for home in range(homes):
            looked += place_on_day(arrays, state, weights, stop, home, day, near, places, random)
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
    tour, legs, sums = state.tours[slot], state.legs[slot], state.sums[slot]
    before, behind, length = tour[place], tour[place + 1], state.length[slot]
    for moved in range(length + 1, place, -1):
        tour[moved + 1] = tour[moved]
        legs[moved] = legs[moved - 1]
    tour[place + 1] = stop
    state.length[slot] = length + 1
    state.slot_of[stop, arrays.slot_day[slot]] = slot
    if arrays.timing == TIMED:
        measure(arrays, state, slot)
        return
    legs[place], legs[place + 1] = arrays.costs[before, stop], arrays.costs[stop, behind]
    cost = 0.0
    for leg in legs[: length + 2]:  # added anew, so that no rounding gathers in what is told
        cost += leg
    sums[COST] = cost
    sums[LOAD] += arrays.load[stop]
    travel = arrays.travel
    sums[DURATION] += travel[before, stop] + travel[stop, behind] - travel[before, behind]
    sums[DURATION] += arrays.service[stop]
