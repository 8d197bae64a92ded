"""A few stops change tours with a few near ones: small steps where tours are full.

A ruin of ten stops seldom finds room for all of them again where vehicles have little time or load
to spare. Strings of up to three stops of two tours (CROSS exchanges: Taillard et al., Transp. Sci.
31, 1997) each go to the cheapest places of the other tour instead.
"""

import numpy as np

from busplan.planning.compiled import compiled, draw_below
from busplan.planning.long_tours.chain import LOOKED, REMOVED, TOUCHED, Search, touch
from busplan.planning.long_tours.insertion import insert, place_in
from busplan.planning.long_tours.periodic_arrays import Arrays, may_change, pattern_on
from busplan.planning.long_tours.ruin import place_of, remove, visited_day
from busplan.planning.long_tours.tour_state import measure

NEAREST = 20
"""Of so many stops nearest to the first, one is where the other string begins."""
LONGEST = 3
"""Most stops of a string; the second may be empty: then stops only move."""
LOOKED_BESIDES = 200.0
"""A swap takes as long as looking at so many places more than it looks at."""


@compiled
def swap(arrays: Arrays, search: Search) -> bool:
    """Let strings of two tours change places; False where one may not go there."""
    state, random = search.state, search.random
    one = arrays.seeds[draw_below(random, len(arrays.seeds))]
    other = arrays.neighbours[one, draw_below(random, min(NEAREST + 1, len(state.pattern)))]
    day = other_day = visited_day(arrays, search, one)
    if arrays.is_single[one] and arrays.is_single[other]:
        other_day = visited_day(arrays, search, other)
    if day < 0 or other_day < 0:
        return False
    slot, other_slot = state.slot_of[one, day], state.slot_of[other, other_day]
    if other_slot < 0 or other_slot == slot:
        return False
    search.figures[LOOKED] += LOOKED_BESIDES
    if not _take_string(arrays, search, one, day, other_slot, 1 + draw_below(random, LONGEST)):
        return False
    first = search.counts[REMOVED]
    if not _take_string(arrays, search, other, other_day, slot, draw_below(random, LONGEST + 1)):
        return False
    for item in range(search.counts[TOUCHED]):
        measure(arrays, state, search.touched[item])
    for item in range(search.counts[REMOVED]):
        if not _put(arrays, search, search.removed[item, 0], other_slot if item < first else slot):
            return False
    return True


@compiled
def _take_string(
    arrays: Arrays, search: Search, stop: int, day: int, target: int, size: int
) -> bool:
    """Take a stop and those behind it, so many in all, out of a day's tour.

    False if one may not be visited by the target instead.
    """
    state = search.state
    slot = state.slot_of[stop, day]
    place = place_of(state, stop, slot)
    for _ in range(min(size, state.length[slot] - place + 1)):
        moved = state.tours[slot, place]
        if not may_change(arrays, moved, slot, target):
            return False
        remove(arrays, search, moved, -1 if arrays.is_single[moved] else day)
    return True


@compiled
def _put(arrays: Arrays, search: Search, stop: int, slot: int) -> bool:
    """Put a stop where it costs least in a tour; False if there is no place."""
    state = search.state
    search.figures[LOOKED] += 2 + state.length[slot]
    _, place = place_in(arrays, state, search.weights, stop, slot, np.inf, search.random)
    if place < 0:
        return False
    if arrays.is_single[stop]:
        state.pattern[stop] = pattern_on(arrays, stop, arrays.slot_day[slot])
    touch(arrays, search, slot)
    insert(arrays, state, stop, slot, place)
    return True
