"""The ruin: strings of neighbouring stops leave the tours of one day, or of any days.

String removal of Christiaens & Vanden Berghe, Transp. Sci. 54 (2020), with their parameters.
"""

from busplan.planning.compiled import compiled, draw, draw_below
from busplan.planning.long_tours.chain import REMOVED, TOUCHED, Search, touch
from busplan.planning.long_tours.periodic_arrays import Arrays
from busplan.planning.long_tours.tour_state import Tours, measure

MEAN_REMOVED = 10
"""Stops removed on average, c in the paper."""
LONGEST_STRING = 10
SPLIT = 0.5
"""How often a string keeps a part in its middle, and how that part grows."""
SPLIT_GROWS = 0.01
ONE_DAY = 0.5
"""How often stops leave on one day alone and so keep their pattern, where it has several days."""


@compiled
def ruin(arrays: Arrays, search: Search) -> None:
    """Remove strings of stops from tours near one stop, each tour once."""
    state, random = search.state, search.random
    days = state.slot_of.shape[1]
    visits, used = 0, 0
    for slot in range(len(state.length)):
        visits += state.length[slot]
        used += state.length[slot] > 0
    longest = min(LONGEST_STRING, max(1.0, visits / max(1, used)))
    strings = int(draw(random) * (4.0 * MEAN_REMOVED / (1.0 + longest) - 1.0)) + 1
    seed = arrays.seeds[draw_below(random, len(arrays.seeds))]
    day = -1
    if days > 1 and not arrays.is_single[seed] and draw(random) < ONE_DAY:
        day = visited_day(arrays, search, seed)
    for near in range(arrays.neighbours.shape[1]):
        stop = arrays.neighbours[seed, near]
        here = day if day >= 0 else visited_day(arrays, search, stop)
        if here < 0:
            continue
        slot = state.slot_of[stop, here]
        if slot < 0 or search.is_ruined[slot]:
            continue
        search.is_ruined[slot] = True
        _remove_string(arrays, search, stop, slot, longest, day)
        strings -= 1
        if strings == 0:
            break
    for item in range(search.counts[TOUCHED]):
        measure(arrays, state, search.touched[item])
        search.is_ruined[search.touched[item]] = False


@compiled
def visited_day(arrays: Arrays, search: Search, stop: int) -> int:
    """One of the days on which a stop is now visited, -1 for none."""
    if arrays.is_single[stop]:
        pattern = search.state.pattern[stop]
        return int(arrays.pattern_days[pattern, 0]) if pattern >= 0 else -1
    chosen, seen = -1, 0
    for day in range(search.state.slot_of.shape[1]):
        if search.state.slot_of[stop, day] >= 0:
            seen += 1
            if draw_below(search.random, seen) == 0:
                chosen = day
    return chosen


@compiled
def _remove_string(
    arrays: Arrays, search: Search, stop: int, slot: int, longest: float, day: int
) -> None:
    """Remove a string of a tour that holds a stop, sometimes leaving a part in its middle."""
    state, random = search.state, search.random
    length = state.length[slot]
    size = draw_below(random, int(min(float(length), longest))) + 1
    kept = 0
    if size > 1 and size < length and draw(random) < SPLIT:
        kept = 1
        while size + kept < length and draw(random) < SPLIT_GROWS:
            kept += 1
    place = place_of(state, stop, slot)
    span = size + kept
    first = max(1, place - span + 1)
    last = min(place, length - span + 1)
    start = first + draw_below(random, last - first + 1)
    gap = start + 1 + draw_below(random, size - 1) if kept > 0 else start + size
    members = search.string
    for index in range(span):
        members[index] = state.tours[slot, start + index]
    for index in range(span):
        place = start + index
        if place < gap or place >= gap + kept:
            remove(arrays, search, members[index], day)


@compiled
def remove(arrays: Arrays, search: Search, stop: int, day: int) -> None:
    """Remove a stop's visit of one day, or all its visits for day -1."""
    item = search.counts[REMOVED]
    search.removed[item, 0] = stop
    search.removed[item, 1] = day
    search.removed[item, 2] = search.state.pattern[stop]
    search.counts[REMOVED] = item + 1
    for other in range(arrays.patterns.shape[1]):
        if (day < 0 or other == day) and search.state.slot_of[stop, other] >= 0:
            _take_out(arrays, search, stop, other)


@compiled
def _take_out(arrays: Arrays, search: Search, stop: int, day: int) -> None:
    """Take one visit out of its tour; its segments are measured at the end of the ruin."""
    state = search.state
    slot = state.slot_of[stop, day]
    touch(arrays, search, slot)
    tour = state.tours[slot]
    for moved in range(place_of(state, stop, slot), state.length[slot] + 1):
        tour[moved] = tour[moved + 1]
    state.length[slot] -= 1
    state.slot_of[stop, day] = -1


@compiled
def place_of(state: Tours, stop: int, slot: int) -> int:
    """Where in a tour a stop is that it visits."""
    place = 1
    while state.tours[slot, place] != stop:
        place += 1
    return place
