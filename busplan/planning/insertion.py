"""Where stops that are out of the plan cost least: the pattern, and a place on each of its days.

Greedy insertion with blinks (Christiaens & Vanden Berghe, Transp. Sci. 54, 2020): a place is
overlooked now and then, which keeps the search from repeating itself. Limits are soft: what
exceeds them is paid for by weights.
"""

from typing import NamedTuple

import numpy as np

from busplan.planning.compiled import Random, compiled, draw
from busplan.planning.periodic_arrays import ADDED, TIMED, Arrays, Floats, Ints
from busplan.planning.tour_state import (
    DURATION,
    LOAD,
    SPENT,
    WARP,
    WARPED,
    Tours,
    alone,
    join,
    measure,
    segment_at,
)

BLINK = 0.01
"""How often a place is overlooked."""


class Places(NamedTuple):
    """The cheapest place found for one stop: row = home, column = day."""

    cost: Floats
    slot: Ints
    place: Ints


def make_places(arrays: Arrays) -> Places:
    """Room for one stop's places."""
    shape = (int(arrays.home.max(initial=0)) + 1, arrays.patterns.shape[1])
    return Places(np.zeros(shape), np.zeros(shape, np.int32), np.zeros(shape, np.int32))


@compiled
def excess(value: float, limit: float) -> float:
    """What exceeds a limit."""
    return max(0.0, value - limit)


@compiled
def place_in_slot(
    arrays: Arrays,
    state: Tours,
    weights: Floats,
    stop: int,
    slot: int,
    limit: float,
    random: Random,
) -> tuple[float, int]:
    """The cheapest place for a stop in a tour, if cheaper than the limit; else place -1."""
    group = arrays.slot_group[slot]
    sums = state.sums[slot]
    longest = arrays.max_duration[group]
    heavier = weights[LOAD] * (
        excess(sums[LOAD] + arrays.load[stop], arrays.capacity[group])
        - excess(sums[LOAD], arrays.capacity[group])
    )
    best, found = limit, -1
    if heavier >= best:
        return best, found
    paid = weights[DURATION] * excess(sums[DURATION], longest) + weights[WARP] * sums[WARP]
    tour = state.tours[slot]
    before = tour[0]
    for place in range(state.length[slot] + 1):
        behind = tour[place + 1]
        cost = (
            arrays.costs[before, stop]
            + arrays.costs[stop, behind]
            - arrays.costs[before, behind]
            + heavier
        )
        if cost < best:
            if arrays.timing == TIMED:
                cost += _timed(arrays, state, weights, stop, slot, place) - paid
            elif arrays.timing == ADDED:
                more = (
                    arrays.travel[before, stop]
                    + arrays.travel[stop, behind]
                    - arrays.travel[before, behind]
                    + arrays.service[stop]
                )
                cost += weights[DURATION] * excess(sums[DURATION] + more, longest) - paid
            if cost < best and draw(random) >= BLINK:
                best, found = cost, place
        before = behind
    return best, found


@compiled
def _timed(
    arrays: Arrays, state: Tours, weights: Floats, stop: int, slot: int, place: int
) -> float:
    """What duration and windows of a tour would cost with the stop behind that place."""
    tour = state.tours[slot]
    left = join(
        segment_at(state.before, slot, place),
        arrays.travel[tour[place], stop],
        alone(arrays, stop),
    )
    whole = join(
        left, arrays.travel[stop, tour[place + 1]], segment_at(state.after, slot, place + 1)
    )
    longest = arrays.max_duration[arrays.slot_group[slot]]
    return float(weights[DURATION] * excess(whole[SPENT], longest) + weights[WARP] * whole[WARPED])


@compiled
def place_on_day(
    arrays: Arrays,
    state: Tours,
    weights: Floats,
    stop: int,
    home: int,
    day: int,
    places: Places,
    random: Random,
) -> int:
    """Find the cheapest place of a day with groups of a home; how many places were looked at."""
    best, looked = np.inf, 0
    places.slot[home, day] = -1
    tried = -1
    for slot in range(arrays.first_slot[day], arrays.first_slot[day + 1]):
        group = arrays.slot_group[slot]
        length = state.length[slot]
        if arrays.home[group] != home or not arrays.allowed[stop, group]:
            continue
        if length >= arrays.longest:
            continue
        if length == 0:
            if tried == group:  # empty tours of a group are alike
                continue
            tried = group
        looked += 2 + length
        cost, place = place_in_slot(arrays, state, weights, stop, slot, best, random)
        if place >= 0:
            best = cost
            places.slot[home, day] = slot
            places.place[home, day] = place
    places.cost[home, day] = best
    return looked


@compiled
def choose_pattern(
    arrays: Arrays, state: Tours, weights: Floats, stop: int, places: Places, random: Random
) -> tuple[int, int, int]:
    """Home and pattern that cost least, -1 for none, and how many places were looked at."""
    looked = 0
    homes, days = places.cost.shape
    first, end = arrays.first_pattern[stop], arrays.first_pattern[stop + 1]
    for day in range(days):
        used = False
        for pattern in range(first, end):
            used = used or arrays.patterns[pattern, day]
        for home in range(homes if used else 0):
            looked += place_on_day(arrays, state, weights, stop, home, day, places, random)
    best, base, chosen = np.inf, -1, -1
    for home in range(homes):
        for pattern in range(first, end):
            cost = 0.0
            for day in range(days):
                if arrays.patterns[pattern, day]:
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
