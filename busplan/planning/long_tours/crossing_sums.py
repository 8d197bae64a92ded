"""What a plan costs after taking over tours of another, added up in compiled code.

A stop that is met goes on as in the other plan if all its vehicle days there are taken over; else
it stays, and if one of its own vehicle days is taken over, it is lost.
"""

from typing import NamedTuple

from busplan.planning.compiled import compiled
from busplan.planning.long_tours.periodic_arrays import Bools, Floats, Ints

LOST = 3.0
"""What a stop costs that must find a new place, in legs that leaving it out of its tours saves."""
LEAST_GAIN = 1e-6
OWN, OTHER = 0, 1
"""The plan that takes over, and the one that is taken from."""
UNMET, TAKEN, STAYS, GONE = 0, 1, 2, 3
"""What becomes of a stop: ``TAKEN`` as in the other plan, ``GONE`` out of the plan."""


class Pair(NamedTuple):
    """Two plans. Rows are vehicle days, places their stops in order.

    ``tours``: (2, slots, wide). ``length``: (2, slots). ``depot``: (slots), a row of ``legs``.
    ``days``: (2, stops, most), the vehicle days of every stop, -1 behind the last. ``costs`` of own
    tours; ``saved`` by leaving a stop out of them. ``chosen``: (slots), taken over. The others are
    room for sums, empty between them.
    """

    tours: Ints
    length: Ints
    depot: Ints
    days: Ints
    legs: Floats
    costs: Floats
    saved: Floats
    chosen: Bools
    fates: Ints
    met: Ints
    marked: Bools
    joining: Bools


@compiled
def measure_own(pair: Pair) -> None:
    """Fill in what own tours cost and what stops save."""
    for slot in range(len(pair.depot)):
        before = depot = pair.depot[slot]
        pair.costs[slot] = _cost(pair, slot)
        for place in range(pair.length[OWN, slot]):
            stop = pair.tours[OWN, slot, place]
            last = place + 1 == pair.length[OWN, slot]
            after = depot if last else pair.tours[OWN, slot, place + 1]
            pair.saved[stop] += pair.legs[before, stop] + pair.legs[stop, after]
            pair.saved[stop] -= pair.legs[before, after]
            before = stop


@compiled
def find_fates(pair: Pair) -> int:
    """Fill in what becomes of the stops that are met; how many these are."""
    count = 0
    for slot in range(len(pair.depot)):
        for plan in range(2 if pair.chosen[slot] else 0):
            for place in range(pair.length[plan, slot]):
                stop = pair.tours[plan, slot, place]
                if pair.fates[stop] == UNMET:
                    pair.fates[stop] = _fate_of(pair, stop)
                    pair.met[count] = stop
                    count += 1
    return count


@compiled
def forget_fates(pair: Pair, count: int) -> None:
    """Make room for other sums."""
    for stop in pair.met[:count]:
        pair.fates[stop] = UNMET


@compiled
def _fate_of(pair: Pair, stop: int) -> int:
    is_taken, is_touched = True, False
    for slot in pair.days[OTHER, stop]:
        is_taken &= slot < 0 or pair.chosen[slot]
    for slot in pair.days[OWN, stop]:
        is_touched |= slot >= 0 and pair.chosen[slot]
    if is_taken:
        return TAKEN
    return GONE if is_touched else STAYS


@compiled
def _cost(pair: Pair, slot: int) -> float:
    """What the tour of a vehicle day costs afterwards, depot to depot."""
    plan = OTHER if pair.chosen[slot] else OWN
    before = depot = pair.depot[slot]
    cost, visits = 0.0, 0
    for place in range(pair.length[plan, slot]):
        stop = pair.tours[plan, slot, place]
        fate = pair.fates[stop]
        if fate == TAKEN if plan == OTHER else fate in (UNMET, STAYS):
            cost += pair.legs[before, stop]
            before = stop
            visits += 1
    return cost + pair.legs[before, depot] if visits > 0 else 0.0


@compiled
def dearer(pair: Pair) -> float:
    """How much dearer the plan gets by what is chosen, lost stops at their price."""
    cost, met = 0.0, find_fates(pair)
    for stop in pair.met[:met]:
        if pair.fates[stop] == GONE:
            cost += LOST * pair.saved[stop]
        for slot in pair.days[OWN, stop]:
            if slot >= 0 and pair.fates[stop] != STAYS:
                pair.marked[slot] = True
    for slot in range(len(pair.depot)):
        if pair.marked[slot] or pair.chosen[slot]:
            cost += _cost(pair, slot) - pair.costs[slot]
        pair.marked[slot] = False
    forget_fates(pair, met)
    return cost


@compiled
def grow(pair: Pair, first: int) -> tuple[float, int]:
    """Choose a vehicle day and others that make it cheaper; how much dearer, and sums made."""
    pair.chosen[:] = False
    pair.chosen[first] = True
    cost, sums, size = dearer(pair), 1, 1
    while True:
        _find_joining(pair)
        best, moved = cost - LEAST_GAIN, -1
        for slot in range(len(pair.depot)):
            if pair.joining[slot] or (pair.chosen[slot] and size > 1):
                pair.chosen[slot] = not pair.chosen[slot]
                now = dearer(pair)
                pair.chosen[slot] = not pair.chosen[slot]
                sums += 1
                if now < best:
                    best, moved = now, slot
        if moved < 0:
            return cost, sums
        pair.chosen[moved] = not pair.chosen[moved]
        size += 1 if pair.chosen[moved] else -1
        cost = best


@compiled
def _find_joining(pair: Pair) -> None:
    """Mark vehicle days with a stop that would be gone, or is taken from them."""
    pair.joining[:] = False
    met = find_fates(pair)
    for stop in pair.met[:met]:
        plan = OTHER if pair.fates[stop] == GONE else OWN
        for slot in pair.days[plan, stop]:
            if slot >= 0 and not pair.chosen[slot] and pair.fates[stop] != STAYS:
                pair.joining[slot] = True
    forget_fates(pair, met)
