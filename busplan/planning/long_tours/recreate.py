"""The recreate: removed stops come back where they cost least, one after the other."""

import numpy as np

from busplan.planning.compiled import compiled, draw, draw_below
from busplan.planning.long_tours.chain import (
    BEST,
    LOOKED,
    REMOVED,
    Search,
    is_lawful,
    keep_best,
    touch,
)
from busplan.planning.long_tours.insertion import (
    LOOKED_EACH,
    choose_pattern,
    choose_slot,
    find_near,
    insert,
    place_on_day,
)
from busplan.planning.long_tours.periodic_arrays import TIMED, Arrays, pattern_on
from busplan.planning.long_tours.tour_state import COST, total_of


@compiled
def recreate(arrays: Arrays, search: Search) -> bool:
    """Put every removed stop back where it costs least; False if one finds no place at all."""
    _order(arrays, search)
    for item in search.order[: search.counts[REMOVED]]:
        stop, day = search.removed[item, 0], search.removed[item, 1]
        if day >= 0:
            placed = _return_on_day(arrays, search, stop, day)
        elif arrays.is_single[stop]:
            placed = _return_once(arrays, search, stop)
        else:
            placed = _return_on_pattern(arrays, search, stop)
        if not placed:
            return False
    return True


@compiled
def complete(arrays: Arrays, search: Search) -> bool:
    """Insert every stop that is out of the plan; False if one finds no place."""
    search.counts[:] = 0
    missing = 0
    for stop in range(len(arrays.allowed)):
        if search.state.pattern[stop] < 0:
            search.removed[missing, 0] = stop
            search.removed[missing, 1] = -1
            missing += 1
    search.counts[REMOVED] = missing
    placed = recreate(arrays, search)
    search.is_touched[:] = False
    total_of(arrays, search.state, search.totals)
    if placed and is_lawful(search.totals) and search.totals[COST] < search.figures[BEST]:
        keep_best(search)
    return placed


FIRST_TRIES = 50
"""How often a plan is completed: insertion overlooks a place now and then, by design."""


def complete_all(arrays: Arrays, search: Search) -> bool:
    """Insert every stop that is out of the plan, in several tries; False if one finds no place."""
    return any(complete(arrays, search) for _ in range(FIRST_TRIES))


@compiled
def _order(arrays: Arrays, search: Search) -> None:
    """In which order the removed stops come back: at random, by load, or far or near first."""
    items = search.counts[REMOVED]
    keys, order = search.keys, search.order
    kind = draw_below(search.random, 14 if arrays.timing == TIMED else 11)
    for item in range(items):
        stop = search.removed[item, 0]
        depot = len(arrays.allowed)
        if kind < 4:
            keys[item] = draw(search.random)
        elif kind < 8:
            keys[item] = -arrays.load[stop]
        elif kind < 10:
            keys[item] = -arrays.costs[depot, stop]
        elif kind < 11:
            keys[item] = arrays.costs[depot, stop]
        elif kind < 12:
            keys[item] = arrays.latest[stop] - arrays.earliest[stop]
        elif kind < 13:
            keys[item] = arrays.earliest[stop]
        else:
            keys[item] = -arrays.latest[stop]
        place = item
        while place > 0 and keys[order[place - 1]] > keys[item]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = item


@compiled
def _return_on_day(arrays: Arrays, search: Search, stop: int, day: int) -> bool:
    """Put a stop back into one day, with vehicles of the home that visits it on other days."""
    state, places = search.state, search.places
    bound = -1
    for other in range(arrays.patterns.shape[1]):
        if state.slot_of[stop, other] >= 0:
            bound = arrays.home[arrays.slot_group[state.slot_of[stop, other]]]
    near = find_near(arrays, state, stop, day, places)
    search.figures[LOOKED] += LOOKED_EACH * arrays.near
    best, chosen = np.inf, -1
    for home in range(places.cost.shape[0]):
        if bound < 0 or home == bound:
            search.figures[LOOKED] += place_on_day(
                arrays, state, search.weights, stop, home, day, near, places, search.random
            )
            if places.cost[home, day] < best:
                best, chosen = places.cost[home, day], home
    if chosen < 0:
        return False
    _put(arrays, search, stop, places.slot[chosen, day], places.place[chosen, day])
    return True


@compiled
def _return_on_pattern(arrays: Arrays, search: Search, stop: int) -> bool:
    """Put a stop back on all days of its best pattern."""
    state, places = search.state, search.places
    home, pattern, looked = choose_pattern(
        arrays, state, search.weights, stop, places, search.random
    )
    search.figures[LOOKED] += looked
    if pattern < 0:
        return False
    state.pattern[stop] = pattern
    for day in arrays.pattern_days[pattern]:
        if day >= 0:
            _put(arrays, search, stop, places.slot[home, day], places.place[home, day])
    return True


@compiled
def _return_once(arrays: Arrays, search: Search, stop: int) -> bool:
    """Put a stop visited once back into the tour where it costs least."""
    state = search.state
    slot, place, looked = choose_slot(
        arrays, state, search.weights, stop, search.places, search.random
    )
    search.figures[LOOKED] += looked
    if slot < 0:
        return False
    state.pattern[stop] = pattern_on(arrays, stop, arrays.slot_day[slot])
    _put(arrays, search, stop, slot, place)
    return True


@compiled
def _put(arrays: Arrays, search: Search, stop: int, slot: int, place: int) -> None:
    touch(arrays, search, slot)
    insert(arrays, search.state, stop, slot, place)
