"""Ruin and recreate over patterns and the tours of all days, under simulated annealing.

Slack induction by string removals (Christiaens & Vanden Berghe, Transp. Sci. 54, 2020), carried
over to several days: strings of neighbouring stops leave tours of one day, or of any days, and
come back by ``insertion``. A stop that leaves on all its days may come back in another pattern.
"""

from math import exp, log
from typing import NamedTuple

import numpy as np

from busplan.planning.compiled import Random, compiled, draw, draw_below
from busplan.planning.insertion import Places, choose_pattern, insert, make_places, place_on_day
from busplan.planning.periodic_arrays import TIMED, Arrays, Bools, Floats, Ints
from busplan.planning.tour_pool import Pool, remember
from busplan.planning.tour_state import (
    COST,
    DURATION,
    LOAD,
    WARP,
    Tours,
    add_slot,
    copy_tour,
    make_tours,
    measure,
    total_of,
)

MEAN_REMOVED = 10
"""Stops removed on average, c in the paper."""
LONGEST_STRING = 10
SPLIT = 0.5
"""How often a string keeps a part in its middle, and how that part grows."""
SPLIT_GROWS = 0.01
ONE_DAY = 0.5
"""How often stops leave on one day alone and so keep their pattern."""
LAWFUL = 1e-7
"""Excess taken for rounding."""
ADAPT_EVERY = 100
HARDER, SOFTER = 1.04, 0.97
"""Weights grow while a limit is exceeded at the check and shrink while it is kept."""
REMEMBERED = 1.05
"""Tours are kept while the plan costs at most this many times the best."""

TEMPERATURE, BEST, ITERATIONS, LOOKED = 0, 1, 2, 3
"""Places of ``figures``."""


class Search(NamedTuple):
    """One chain of the search: the present plan, the best lawful one, and what changes meanwhile.

    ``removed``: (stop, day) pairs, day -1 for all days. ``touched``: slots changed in this step,
    their tours before in ``saved``.
    """

    state: Tours
    saved: Tours
    best_tours: Ints
    best_length: Ints
    best_pattern: Ints
    totals: Floats
    weights: Floats
    figures: Floats
    places: Places
    removed: Ints
    touched: Ints
    is_touched: Bools
    is_ruined: Bools
    counts: Ints
    random: Random


def make_search(arrays: Arrays, random: Random) -> Search:
    """A chain with an empty plan, weights of about one leg for one stop too many."""
    stops, days = len(arrays.allowed), arrays.patterns.shape[1]
    slots = len(arrays.slot_day)
    leg = mean_leg(arrays)
    load = max(float(arrays.load[:stops].mean()), 1e-9)
    spent = max(float(arrays.travel.mean() + arrays.service[:stops].mean()), 1e-9)
    state = make_tours(arrays)
    return Search(
        state=state,
        saved=make_tours(arrays),
        best_tours=state.tours.copy(),
        best_length=state.length.copy(),
        best_pattern=state.pattern.copy(),
        totals=np.zeros(4),
        weights=np.array([0.0, leg / load, leg / spent, leg / spent]),
        figures=np.array([leg, np.inf, 0.0, 0.0]),
        places=make_places(arrays),
        removed=np.zeros((stops * days + 1, 2), dtype=np.int32),
        touched=np.zeros(slots, dtype=np.int32),
        is_touched=np.zeros(slots, dtype=bool),
        is_ruined=np.zeros(slots, dtype=bool),
        counts=np.zeros(2, dtype=np.int32),
        random=random,
    )


def mean_leg(arrays: Arrays) -> float:
    """What a short leg costs: the mean over every stop's ten nearest."""
    near = arrays.neighbours[:, 1:11]
    if near.size == 0:
        return 1.0
    rows = np.arange(len(near))[:, None]
    return max(float(arrays.costs[rows, near].mean()), 1e-9)


@compiled
def penalised(totals: Floats, weights: Floats) -> float:
    """Cost with what exceeds the limits, weighted."""
    return float(
        totals[COST]
        + weights[LOAD] * totals[LOAD]
        + weights[DURATION] * totals[DURATION]
        + weights[WARP] * totals[WARP]
    )


@compiled
def is_lawful(totals: Floats) -> bool:
    """Whether all limits are kept."""
    return bool(max(totals[LOAD], totals[DURATION], totals[WARP]) < LAWFUL)


REMOVED, TOUCHED = 0, 1
"""Places of ``counts``."""


@compiled
def _touch(arrays: Arrays, search: Search, slot: int) -> None:
    if not search.is_touched[slot]:
        search.is_touched[slot] = True
        search.touched[search.counts[TOUCHED]] = slot
        search.counts[TOUCHED] += 1
        copy_tour(search.state, search.saved, slot, arrays.timing == TIMED)
        add_slot(arrays, search.state, slot, search.totals, -1.0)


@compiled
def _take_out(arrays: Arrays, search: Search, stop: int, day: int) -> None:
    """Take one visit out of its tour; its segments are measured at the end of the ruin."""
    state = search.state
    slot, place = state.slot_of[stop, day], state.place_of[stop, day]
    _touch(arrays, search, slot)
    tour = state.tours[slot]
    for moved in range(place, state.length[slot] + 1):
        tour[moved] = tour[moved + 1]
        if moved <= state.length[slot] - 1:
            state.place_of[tour[moved], day] = moved
    state.length[slot] -= 1
    state.slot_of[stop, day] = -1
    state.place_of[stop, day] = -1


@compiled
def _remove(arrays: Arrays, search: Search, stop: int, day: int) -> None:
    """Remove a stop's visit of one day, or all its visits for day -1."""
    item = search.counts[REMOVED]
    search.removed[item, 0] = stop
    search.removed[item, 1] = day
    search.counts[REMOVED] = item + 1
    for other in range(arrays.patterns.shape[1]):
        if (day < 0 or other == day) and search.state.slot_of[stop, other] >= 0:
            _take_out(arrays, search, stop, other)


@compiled
def _ruin(arrays: Arrays, search: Search) -> None:
    """Remove strings of stops from tours near one stop, each tour once."""
    state, random = search.state, search.random
    stops, days = state.slot_of.shape
    visits, used = 0, 0
    for slot in range(len(state.length)):
        visits += state.length[slot]
        used += state.length[slot] > 0
    longest = min(LONGEST_STRING, max(1.0, visits / max(1, used)))
    strings = int(draw(random) * (4.0 * MEAN_REMOVED / (1.0 + longest) - 1.0)) + 1
    seed = draw_below(random, stops)
    day = -1
    if days > 1 and draw(random) < ONE_DAY:
        day = _visited_day(search, seed)
    for near in range(arrays.neighbours.shape[1]):
        stop = arrays.neighbours[seed, near]
        here = day if day >= 0 else _visited_day(search, stop)
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
def _visited_day(search: Search, stop: int) -> int:
    """One of the days on which a stop is now visited, -1 for none."""
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
    place = state.place_of[stop, arrays.slot_day[slot]]
    span = size + kept
    first = max(1, place - span + 1)
    last = min(place, length - span + 1)
    start = first + draw_below(random, last - first + 1)
    gap = start + 1 + draw_below(random, size - 1) if kept > 0 else start + size
    members = state.tours[slot, start : start + span].copy()
    for index in range(span):
        place = start + index
        if place < gap or place >= gap + kept:
            _remove(arrays, search, members[index], day)


@compiled
def _order(arrays: Arrays, search: Search) -> Ints:
    """In which order the removed stops come back: at random, by load, or far or near first."""
    items = search.counts[REMOVED]
    keys = np.zeros(items)
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
    return np.argsort(keys).astype(np.int32)


@compiled
def _recreate(arrays: Arrays, search: Search) -> bool:
    """Put every removed stop back where it costs least; False if one finds no place at all."""
    for item in _order(arrays, search):
        stop, day = search.removed[item]
        if day >= 0:
            placed = _return_on_day(arrays, search, stop, day)
        else:
            placed = _return_on_pattern(arrays, search, stop)
        if not placed:
            return False
    return True


@compiled
def _return_on_day(arrays: Arrays, search: Search, stop: int, day: int) -> bool:
    """Put a stop back into one day, with vehicles of the home that visits it on other days."""
    state, places = search.state, search.places
    bound = -1
    for other in range(arrays.patterns.shape[1]):
        if state.slot_of[stop, other] >= 0:
            bound = arrays.home[arrays.slot_group[state.slot_of[stop, other]]]
    best, chosen = np.inf, -1
    for home in range(places.cost.shape[0]):
        if bound < 0 or home == bound:
            search.figures[LOOKED] += place_on_day(
                arrays, state, search.weights, stop, home, day, places, search.random
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
    for day in range(arrays.patterns.shape[1]):
        if arrays.patterns[pattern, day]:
            _put(arrays, search, stop, places.slot[home, day], places.place[home, day])
    return True


@compiled
def _put(arrays: Arrays, search: Search, stop: int, slot: int, place: int) -> None:
    _touch(arrays, search, slot)
    insert(arrays, search.state, stop, slot, place)


@compiled
def _undo(arrays: Arrays, search: Search, patterns: Ints) -> None:
    """Bring back the tours and patterns from before this step."""
    state = search.state
    for item in range(search.counts[REMOVED]):
        stop, day = search.removed[item]
        state.pattern[stop] = patterns[item]
        for other in range(arrays.patterns.shape[1]):
            if day < 0 or other == day:
                state.slot_of[stop, other] = -1
                state.place_of[stop, other] = -1
    for item in range(search.counts[TOUCHED]):
        slot = search.touched[item]
        copy_tour(search.saved, state, slot, arrays.timing == TIMED)
        day = arrays.slot_day[slot]
        for place in range(1, state.length[slot] + 1):
            state.slot_of[state.tours[slot, place], day] = slot
            state.place_of[state.tours[slot, place], day] = place


@compiled
def _keep_best(search: Search) -> None:
    state = search.state
    search.figures[BEST] = search.totals[COST]
    for slot in range(len(state.length)):
        search.best_length[slot] = state.length[slot]
        for place in range(state.length[slot] + 2):
            search.best_tours[slot, place] = state.tours[slot, place]
    search.best_pattern[:] = state.pattern


@compiled
def _remember_touched(arrays: Arrays, search: Search, pool: Pool) -> None:
    """Keep the lawful ones among the tours just changed."""
    state = search.state
    for item in range(search.counts[TOUCHED]):
        slot = search.touched[item]
        group = arrays.slot_group[slot]
        sums = state.sums[slot]
        if (
            state.length[slot] > 0
            and sums[LOAD] <= arrays.capacity[group] + LAWFUL
            and sums[DURATION] <= arrays.max_duration[group] + LAWFUL
            and sums[WARP] < LAWFUL
        ):
            score = penalised(search.totals, search.weights)
            remember(pool, state.tours[slot], state.length[slot], group, sums[COST], score)


@compiled
def _adapt(search: Search) -> None:
    for limit in (LOAD, DURATION, WARP):
        exceeded = search.totals[limit] >= LAWFUL
        search.weights[limit] *= HARDER if exceeded else SOFTER


@compiled
def _step(arrays: Arrays, search: Search, pool: Pool) -> None:
    """Ruin, recreate, and keep or undo."""
    search.counts[:] = 0
    before = penalised(search.totals, search.weights)
    old = search.totals.copy()
    _ruin(arrays, search)
    patterns = np.empty(search.counts[REMOVED], np.int32)
    for item in range(search.counts[REMOVED]):
        patterns[item] = search.state.pattern[search.removed[item, 0]]
    placed = _recreate(arrays, search)
    for item in range(search.counts[TOUCHED]):
        add_slot(arrays, search.state, search.touched[item], search.totals, 1.0)
        search.is_touched[search.touched[item]] = False
    after = penalised(search.totals, search.weights)
    threshold = before - search.figures[TEMPERATURE] * log(1.0 - draw(search.random))
    if not placed or after >= threshold:
        _undo(arrays, search, patterns)
        search.totals[:] = old
        return
    if search.totals[COST] < search.figures[BEST] - LAWFUL and is_lawful(search.totals):
        _keep_best(search)
    if after < REMEMBERED * search.figures[BEST]:
        _remember_touched(arrays, search, pool)


@compiled
def anneal(arrays: Arrays, search: Search, pool: Pool, budget: float) -> None:
    """Search at one temperature until so many places have been looked at."""
    total_of(arrays, search.state, search.totals)
    end = search.figures[LOOKED] + budget
    while search.figures[LOOKED] < end:
        _step(arrays, search, pool)
        search.figures[LOOKED] += 20.0  # the ruin's own share
        search.figures[ITERATIONS] += 1.0
        if search.figures[ITERATIONS] % ADAPT_EVERY == 0.0:
            _adapt(search)


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
    placed = _recreate(arrays, search)
    search.is_touched[:] = False
    total_of(arrays, search.state, search.totals)
    if placed and is_lawful(search.totals) and search.totals[COST] < search.figures[BEST]:
        _keep_best(search)
    return placed


@compiled
def cool(start: float, end: float, share: float) -> float:
    """The temperature after a share of the search."""
    return start * exp(log(end / start) * share)
