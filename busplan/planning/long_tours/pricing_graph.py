"""One vehicle group's stops as pricing sees them: those it can reach within its limits."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from busplan.planning.long_tours.periodic_arrays import ADDED, TIMED, Arrays, Floats, Ints
from busplan.planning.long_tours.subset_cuts import Cut, Memory

NEAR = 8
"""Near stops remembered, the stop itself among them."""
BUCKETS = 256
"""Of time, or of load where tours take no time."""
STEPS = 256
"""Of time, in completion bounds."""
CLOSE = 60
"""Stops by cost to which inexact pricing goes on from each."""
WORDS, BYTES = 6, 7
"""Most words by whose bits cuts are told apart; bytes of each, without that of the sign."""
BITS = 8 * BYTES
IN_BYTE = ((np.arange(256)[:, None] >> np.arange(8)) & 1).astype(np.float64)
"""Row = byte, column = bit."""
SLACK = 1e-9
"""Difference taken for rounding; on the side of keeping labels."""


class Cuts(NamedTuple):
    """The cuts (``subset_cuts``) that are told apart, each by a bit of a word.

    ``of``: (n, words), those that a stop belongs to; ``kept``: those that remember visits there. A
    cut costs a fine for every two of its stops in a tour; ``fines``: (words, BYTES, 256), what
    those with the bits of a byte fine together.
    """

    of: NDArray[np.int64]
    kept: NDArray[np.int64]
    fines: Floats


class Graph(NamedTuple):
    """The stops that one group can reach, and the bits by which near ones are known.

    ``members`` are their numbers; everything else is by place among them.
    ``times``: (n+1, n+1), from the start of one service to that of the next, the depot last.
    ``homeward``: (n), least time home, by other stops if that is shorter (rounding can make it so).
    ``moves``: whether the next service always starts in a later step of time.
    ``bit``: (n, n), place of the column's stop among those near the row's stop, -1 if not near.
    ``near``: (n, NEAR); ``close``: (n, CLOSE), without the stop itself.
    """

    members: Ints
    costs: Floats
    times: Floats
    load: Floats
    earliest: Floats
    latest: Floats
    homeward: Floats
    home_by: float
    moves: bool
    capacity: float
    bit: Ints
    near: Ints
    close: Ints
    cuts: Cuts


def number_cuts(members: Ints, prices: Mapping[Cut, float], memories: Mapping[Cut, Memory]) -> Cuts:
    """Those cuts of two members or more that fine most, as many as there are bits.

    ``prices`` are at most 0. Without the other cuts tours cost less, so a bound stays true.
    """
    places = {stop: place for place, stop in enumerate(members.tolist())}
    dearest = sorted(
        (price, cut)
        for cut, price in prices.items()
        if price < 0 and sum(stop in places for stop in cut) > 1
    )[: WORDS * BITS]
    words = max(1, -(-len(dearest) // BITS))
    bits = np.zeros((2, len(members), words), np.int64)
    fines = np.zeros((words, BYTES, 8))
    for number, (price, cut) in enumerate(dearest):
        word, bit = divmod(number, BITS)
        fines[word, bit // 8, bit % 8] = -price
        for kind, stops in enumerate((cut, memories[cut])):
            for stop in stops:
                if stop in places:
                    bits[kind, places[stop], word] |= 1 << bit
    return Cuts(bits[0], bits[1], fines @ IN_BYTE.T)


def make_graph(arrays: Arrays, group: int) -> Graph | None:
    """One group's stops; ``None`` if loads and times do not keep tours from going round for ever.

    Longest durations are kept exactly without windows, and left out with them: a relaxation.
    """
    stops = len(arrays.allowed)
    depot = stops + group
    everywhere = np.flatnonzero(arrays.allowed[:, group])
    travel = arrays.travel + arrays.service[:, None]
    times = np.zeros_like(travel)
    earliest, latest = np.zeros(stops), np.full(stops, np.inf)
    home_by = np.inf
    if arrays.timing == TIMED:
        times = travel
        times[depot] += arrays.earliest[depot]
        earliest, latest = arrays.earliest[:stops], arrays.latest[:stops]
        home_by = float(arrays.latest[depot])
    elif arrays.timing == ADDED and np.isfinite(arrays.max_duration[group]):
        times = travel
        home_by = float(arrays.max_duration[group])
    square = np.ix_([*everywhere, depot], [*everywhere, depot])
    homeward = least_ways(times[square])
    begins = np.maximum(times[depot, everywhere], earliest[everywhere])
    reached = (begins <= latest[everywhere] + SLACK) & (begins + homeward <= home_by + SLACK)
    members = everywhere[reached].astype(np.int32)
    square = np.ix_([*members, depot], [*members, depot])
    apart = times[np.ix_(members, members)] + np.diag(np.full(len(members), np.inf))
    finite = np.isfinite(arrays.capacity[group]) and arrays.load[:stops].min() > 0
    if not finite and not (np.isfinite(home_by) and apart.min(initial=np.inf) > 0):
        return None
    within = arrays.costs[np.ix_(members, members)]
    near, bit = _near(within)
    return Graph(
        members=members,
        costs=np.ascontiguousarray(arrays.costs[square]),
        times=np.ascontiguousarray(times[square]),
        load=arrays.load[members],
        earliest=earliest[members],
        latest=latest[members],
        homeward=homeward[reached],
        home_by=home_by,
        moves=bool(apart.min(initial=np.inf) > home_by / (STEPS - 1) * (1 + SLACK)),
        capacity=float(arrays.capacity[group]),
        bit=bit,
        near=near,
        close=_close(within),
        cuts=number_cuts(members, {}, {}),
    )


def _near(costs: Floats) -> tuple[Ints, Ints]:
    """The nearest stops of each, itself first, and the bit by which each knows them."""
    both = costs + costs.T
    np.fill_diagonal(both, -1.0)
    near = np.argsort(both, axis=1, kind="stable")[:, :NEAR].astype(np.int32)
    bit = np.full(costs.shape, -1, np.int32)
    for place in range(near.shape[1]):
        bit[np.arange(len(near)), near[:, place]] = place
    return near, bit


def least_ways(lengths: Floats) -> Floats:
    """Least length, of lengths of 0 or more, from every stop to the depot, the last of them."""
    least: Floats = lengths[:-1, -1].copy()
    while len(least):
        shorter = np.minimum(least, (lengths[:-1, :-1] + least).min(axis=1))
        if np.array_equal(shorter, least):
            break
        least = shorter
    return least


def _close(costs: Floats) -> Ints:
    """The stops that are cheapest to go on to from each."""
    others = costs + np.diag(np.full(len(costs), np.inf))
    return np.argsort(others, axis=1, kind="stable")[:, : min(CLOSE, len(costs) - 1)].astype(
        np.int32
    )
