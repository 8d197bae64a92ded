"""Simulated annealing of whole tours, compiled: some slots are emptied and filled again.

A step takes the tours of a few slots (a bus on a day) away and gives each, in any order, one of
the first few tours of its list that fit what is left: ruin and recreate (Schrimpf et al., J.
Comput. Phys. 159, 2000). What comes out is kept if it is cheaper, or, ever more rarely, a little
dearer (Kirkpatrick et al., Science 220, 1983).
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from busplan.planning.compiled import Random, compiled, draw, draw_below
from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.day_times import copy_row
from busplan.planning.weeks.tour_rows import Floats

MOST_SLOTS = 6
"""Most slots that a step empties."""
MOST_TRIED = 7
"""Most tours that fit and are compared for a slot."""
NO_TOUR = -1


class Lists(NamedTuple):
    """Tours by slot, most promising first: those of slot ``s`` in ``first[s]:first[s + 1]``.

    ``visits`` are candidates, filled up with the number after the last; ``cost`` is without what
    the visits win; ``minutes`` count for the cap ``cap_of[s]``.
    """

    first: Ints
    visits: NDArray[np.int32]
    minutes: NDArray[np.int32]
    cost: Floats
    cap_of: Ints


class Rules(NamedTuple):
    """What visits count for, candidate by candidate.

    Candidate ``v`` counts once for each row of ``limits`` in ``limit_first[v]:limit_first[v + 1]``,
    of which ``most`` tells how often in all, and ``limited`` which candidates, likewise from
    ``limited_first``; and for each row of ``wins``, of which ``won[row, n]`` is what the first
    ``n`` visits win; further visits than there are columns win nothing.
    """

    limit_first: Ints
    limits: Ints
    most: Ints
    limited_first: Ints
    limited: Ints
    win_first: Ints
    wins: Ints
    won: Floats


class State(NamedTuple):
    """What is chosen, by slot a place in the lists or ``NO_TOUR``, and what follows from it.

    ``best`` is the cheapest choice met, ``costs`` how much dearer than the first this one is, and
    that one.
    ``left``: minutes of each cap. ``counts`` and ``win_counts`` of the rows. ``full``: by
    candidate, how many of its rows are full. ``before`` and ``order`` are room for a step.
    """

    chosen: Ints
    best: Ints
    costs: Floats
    left: Ints
    counts: Ints
    win_counts: Ints
    full: Ints
    before: Ints
    order: Ints


@compiled
def anneal(
    lists: Lists,
    rules: Rules,
    state: State,
    steps: int,
    hot: float,
    cooling: float,
    random: Random,
) -> None:
    """Take so many steps from what is chosen.

    Costs of up to ``hot`` more are often accepted at first, and ``cooling`` times as much after
    every step.
    """
    now, least = state.costs[0], state.costs[1]
    temperature = hot
    for _ in range(steps):
        count = _draw_slots(state.order, random)
        change = 0.0
        for slot in state.order[:count]:
            state.before[slot] = state.chosen[slot]
            change += take(slot, lists, rules, state)
        for slot in state.order[:count]:
            item = _pick(slot, lists, rules, state, 1 + draw_below(random, MOST_TRIED))
            change += put(slot, item, lists, rules, state)
        if change < -temperature * math.log(draw(random)):
            now += change
            if now < least:
                least = now
                copy_row(state.chosen, state.best)
        else:
            for slot in state.order[:count]:
                take(slot, lists, rules, state)
            for slot in state.order[:count]:
                put(slot, state.before[slot], lists, rules, state)
        temperature *= cooling
    state.costs[0], state.costs[1] = now, least


@compiled
def _draw_slots(order: Ints, random: Random) -> int:
    """Bring some slots, drawn by chance, to the front; how many."""
    count = min(len(order), 1 + draw_below(random, MOST_SLOTS))
    for place in range(count):
        other = place + draw_below(random, len(order) - place)
        order[place], order[other] = order[other], order[place]
    return count


@compiled
def _pick(slot: int, lists: Lists, rules: Rules, state: State, tried: int) -> int:
    """The cheapest of the first tours that fit, if it is cheaper than none."""
    room = state.left[lists.cap_of[slot]]
    found, least = NO_TOUR, 0.0
    for item in range(lists.first[slot], lists.first[slot + 1]):
        if lists.minutes[item] > room or _is_blocked(item, lists, state):
            continue
        cost = lists.cost[item] - _won(item, lists, rules, state, 1)
        _won(item, lists, rules, state, -1)
        if cost < least:
            found, least = item, cost
        tried -= 1
        if tried == 0:
            break
    return found


@compiled
def _is_blocked(item: int, lists: Lists, state: State) -> bool:
    """Whether a visit of the tour counts for a row that is full."""
    full = 0
    for place in range(lists.visits.shape[1]):
        full += state.full[lists.visits[item, place]]
    return full > 0


@compiled
def put(slot: int, item: int, lists: Lists, rules: Rules, state: State) -> float:
    """Give an empty slot a tour, or none; what that adds to the cost."""
    state.chosen[slot] = item
    if item == NO_TOUR:
        return 0.0
    state.left[lists.cap_of[slot]] -= lists.minutes[item]
    _count(item, lists, rules, state, 1)
    return float(lists.cost[item]) - _won(item, lists, rules, state, 1)


@compiled
def take(slot: int, lists: Lists, rules: Rules, state: State) -> float:
    """Empty a slot; what that adds to the cost."""
    item = state.chosen[slot]
    state.chosen[slot] = NO_TOUR
    if item == NO_TOUR:
        return 0.0
    state.left[lists.cap_of[slot]] += lists.minutes[item]
    _count(item, lists, rules, state, -1)
    return -_won(item, lists, rules, state, -1) - float(lists.cost[item])


@compiled
def _count(item: int, lists: Lists, rules: Rules, state: State, sign: int) -> None:
    """Count the tour's visits for their rows, or no more."""
    for place in range(lists.visits.shape[1]):
        visit = lists.visits[item, place]
        for i in range(rules.limit_first[visit], rules.limit_first[visit + 1]):
            row = rules.limits[i]
            was_full = state.counts[row] >= rules.most[row]
            state.counts[row] += sign
            if was_full != (state.counts[row] >= rules.most[row]):
                for j in range(rules.limited_first[row], rules.limited_first[row + 1]):
                    state.full[rules.limited[j]] += sign


@compiled
def _won(item: int, lists: Lists, rules: Rules, state: State, sign: int) -> float:
    """Count the tour's visits for what they win, or no more; what is won by that."""
    won, last = 0.0, rules.won.shape[1] - 1
    for place in range(lists.visits.shape[1]):
        visit = lists.visits[item, place]
        for i in range(rules.win_first[visit], rules.win_first[visit + 1]):
            row = rules.wins[i]
            before = rules.won[row, min(state.win_counts[row], last)]
            state.win_counts[row] += sign
            won += rules.won[row, min(state.win_counts[row], last)] - before
    return won
