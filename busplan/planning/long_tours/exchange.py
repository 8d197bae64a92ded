"""Two vehicle days exchange all their stops, which strings of stops can hardly do.

Where vehicles have homes or shifts of their own, a whole tour may belong to another. One after the
other, each of its stops would pay for the way there and back before the last has gone. The partner
is drawn by what the first and the last legs would cost (simulated annealing's own noise: Gumbel's).
"""

from math import log

import numpy as np

from busplan.planning.compiled import compiled, draw, draw_below
from busplan.planning.long_tours.chain import LOOKED, REMOVED, TEMPERATURE, Search, touch
from busplan.planning.long_tours.periodic_arrays import Arrays, may_change, pattern_on
from busplan.planning.long_tours.tour_state import measure, occupy

EXCHANGED = 0.3
"""How often tours are exchanged instead of ruined, where that could help."""


@compiled
def exchange(arrays: Arrays, search: Search) -> bool:
    """Let a tour drawn at random and another change vehicles; False where none may."""
    state = search.state
    slot = draw_below(search.random, len(state.length))
    if state.length[slot] == 0:
        return False
    search.figures[LOOKED] += len(state.length)
    partner = _draw_partner(arrays, search, slot)
    if partner < 0:
        return False
    touch(arrays, search, slot)
    touch(arrays, search, partner)
    _leave(arrays, search, slot, partner)
    _leave(arrays, search, partner, slot)
    _take(arrays, search, slot, partner)
    _take(arrays, search, partner, slot)
    return True


@compiled
def _draw_partner(arrays: Arrays, search: Search, slot: int) -> int:
    """A vehicle day of another group, dear ones seldom; -1 if no other may have the stops."""
    state, groups = search.state, arrays.slot_group
    best, chosen = np.inf, -1
    for other in range(len(state.length)):
        if groups[other] == groups[slot]:
            continue
        cost = _ends(arrays, search, slot, other) - _ends(arrays, search, slot, slot)
        cost += _ends(arrays, search, other, slot) - _ends(arrays, search, other, other)
        cost -= search.figures[TEMPERATURE] * log(1.0 - draw(search.random))
        if cost < best and _may(arrays, search, slot, other) and _may(arrays, search, other, slot):
            best, chosen = cost, other
    return chosen


@compiled
def _ends(arrays: Arrays, search: Search, slot: int, other: int) -> float:
    """What the first and the last leg of a slot's tour cost from the depot of another."""
    tour, length = search.state.tours[slot], search.state.length[slot]
    if length == 0:
        return 0.0
    depot = len(arrays.allowed) + arrays.slot_group[other]
    return float(arrays.costs[depot, tour[1]] + arrays.costs[tour[length], depot])


@compiled
def _may(arrays: Arrays, search: Search, slot: int, other: int) -> bool:
    """Whether all stops of a slot may be visited by another."""
    state = search.state
    for place in range(1, state.length[slot] + 1):
        if not may_change(arrays, state.tours[slot, place], slot, other):
            return False
    return True


@compiled
def _leave(arrays: Arrays, search: Search, slot: int, other: int) -> None:
    """Take the stops of a slot out, for the day of another, and note their patterns."""
    state = search.state
    old, new = arrays.slot_day[slot], arrays.slot_day[other]
    for place in range(1, state.length[slot] + 1):
        stop = state.tours[slot, place]
        item = search.counts[REMOVED]
        search.removed[item, 0] = stop
        search.removed[item, 1] = old if old == new else -1
        search.removed[item, 2] = state.pattern[stop]
        search.counts[REMOVED] = item + 1
        state.slot_of[stop, old] = -1
        if old != new:
            state.pattern[stop] = pattern_on(arrays, stop, new)


@compiled
def _take(arrays: Arrays, search: Search, slot: int, other: int) -> None:
    """Give a slot the stops that another had before."""
    state, saved = search.state, search.saved
    length = saved.length[other]
    for place in range(1, length + 1):
        state.tours[slot, place] = saved.tours[other, place]
    state.tours[slot, length + 1] = state.tours[slot, 0]
    state.length[slot] = length
    occupy(arrays, state, slot)
    measure(arrays, state, slot)
