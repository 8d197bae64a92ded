"""The tour of least reduced cost, by labelling, over tours that may come back to far stops.

ng-routes (Baldacci, Mingozzi & Roberti, Oper. Res. 59, 2011): a tour may visit a stop again once
it has been where that stop is not among the nearest. Every lawful tour is an ng-route, so the
least reduced cost found is never above that of the best lawful tour. Labels carry cost, load,
time, the near stops visited and the cuts (``subset_cuts``) of which an odd number of stops has
been visited and is remembered; one that is no better in any of them than another at the same
stop is dropped (Desrochers, Desrosiers & Solomon, Oper. Res. 40, 1992).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from busplan.planning.compiled import compiled, compiled_allocating
from busplan.planning.long_tours.completion import (
    Rest,
    rest_after,
    rest_of,
    step_of,
    step_size,
    unknown_rest,
)
from busplan.planning.long_tours.periodic_arrays import Bools, Floats, Ints
from busplan.planning.long_tours.pricing_graph import BUCKETS, SLACK, Graph


class Labels(NamedTuple):
    """Room for labels; ``parent`` -1 at the start, ``following`` links those of a bucket.

    ``odd``: (labels, words), bits as in ``Cuts``.
    """

    stop: Ints
    cost: Floats
    load: Floats
    time: Floats
    seen: NDArray[np.int64]
    odd: NDArray[np.int64]
    parent: Ints
    following: Ints
    at_stop: Ints
    dropped: Bools


def make_labels(room: int, words: int = 1) -> Labels:
    """Room for so many labels, which tell apart as many cuts as so many words have bits."""
    return Labels(
        stop=np.zeros(room, np.int32),
        cost=np.zeros(room),
        load=np.zeros(room),
        time=np.zeros(room),
        seen=np.zeros(room, np.int64),
        odd=np.zeros((room, words), np.int64),
        parent=np.zeros(room, np.int32),
        following=np.zeros(room, np.int32),
        at_stop=np.zeros(room, np.int32),
        dropped=np.zeros(room, bool),
    )


@compiled_allocating
def price(
    graph: Graph, worth: Floats, open_today: Bools, fee: float, labels: Labels, exact: bool
) -> tuple[float, int, Ints]:
    """What no tour's reduced cost is below, of those below the fee; labels made; ends by stop.

    ``worth`` is what a visit to each member is paid; ``fee``, at most 0, what a tour must cost
    less than to be wanted. Exactly the least, or the fee if no tour is below it; where the room
    does not do, what completion bounds say, or -inf. Inexact pricing drops labels that cost more,
    whatever they have seen: quick, and its tours are lawful, but better ones may exist.
    """
    stops = len(worth)
    top = np.full(stops, -1, np.int32)
    best_last = np.full(stops, -1, np.int32)
    best_cost = np.full(stops + 1, np.inf)
    heads = np.full(BUCKETS, -1, np.int32)
    size = _resource_size(graph)
    made = 0
    reached = np.flatnonzero(open_today).astype(np.int32)
    rest = rest_of(graph, worth, reached) if exact else unknown_rest(stops)
    for stop in reached:
        made = _extend(
            graph, worth, fee, rest, labels, -1, int(stop), made, top, heads, size, exact
        )
    floor = _floor(graph, rest, labels, made, fee)
    bucket = 0
    while bucket < BUCKETS:
        label = heads[bucket]
        if label < 0:
            bucket += 1
            continue
        heads[bucket] = labels.following[label]
        last = labels.stop[label]
        end = labels.cost[label] + graph.costs[last, stops]
        left = graph.home_by + SLACK - labels.time[label]
        if labels.dropped[label] or graph.homeward[last] > left:
            continue
        if end < best_cost[last] and graph.times[last, stops] <= left:
            best_cost[last], best_last[last] = end, label
        if made + stops >= len(labels.cost):
            return floor, made, best_last
        for stop in reached if exact else graph.close[last]:
            if open_today[stop]:
                made = _extend(
                    graph, worth, fee, rest, labels, label, int(stop), made, top, heads, size, exact
                )
    return min(fee, best_cost.min()), made, best_last


@compiled
def _floor(graph: Graph, rest: Rest, labels: Labels, made: int, fee: float) -> float:
    """What no tour that goes on from one of the labels is below, or the fee if that is less."""
    floor, size = fee, step_size(graph)
    for label in range(made):
        behind = rest.least[labels.stop[label], step_of(labels.time[label], size)]
        floor = min(floor, labels.cost[label] + behind)
    return floor


@compiled
def _resource_size(graph: Graph) -> float:
    """The resource in which labels are ordered, per bucket: time where it ends, else load."""
    if graph.home_by < np.inf:
        return graph.home_by / (BUCKETS - 1)
    return graph.capacity / (BUCKETS - 1)


@compiled
def _extend(
    graph: Graph,
    worth: Floats,
    fee: float,
    rest: Rest,
    labels: Labels,
    label: int,
    stop: int,
    made: int,
    top: Ints,
    heads: Ints,
    size: float,
    exact: bool,
) -> int:
    """Add the label that goes on to a stop unless it is unlawful or no better than another."""
    if label < 0:
        before, cost, load, time, seen = len(worth), 0.0, 0.0, 0.0, 0
    else:
        before, cost = labels.stop[label], labels.cost[label]
        load, time = labels.load[label], labels.time[label]
        seen = labels.seen[label]
        known = graph.bit[before, stop]
        if known >= 0 and (seen >> known) & 1:
            return made
    load += graph.load[stop]
    time = max(time + graph.times[before, stop], graph.earliest[stop])
    if load > graph.capacity + SLACK or time > graph.latest[stop] + SLACK:
        return made
    cost += graph.costs[before, stop] - worth[stop]
    for word in range(graph.cuts.of.shape[1]):
        odd = labels.odd[label, word] & graph.cuts.kept[stop, word] if label >= 0 else 0
        cost += fines_of(graph, word, odd & graph.cuts.of[stop, word])
        labels.odd[made, word] = odd ^ graph.cuts.of[stop, word]
    if cost + rest_after(rest, before, stop, step_of(time, step_size(graph))) >= fee:
        return made
    kept = 1 << graph.bit[stop, stop]
    for place in range(graph.near.shape[1] if label >= 0 else 0):
        if (seen >> place) & 1:
            known = graph.bit[stop, graph.near[before, place]]
            if known >= 0:
                kept |= 1 << known
    if _is_beaten(graph, labels, top, made, stop, cost, load, time, kept, exact):
        return made
    labels.stop[made], labels.cost[made] = stop, cost
    labels.load[made], labels.time[made], labels.seen[made] = load, time, kept
    labels.parent[made], labels.dropped[made] = label, False
    labels.at_stop[made] = top[stop]
    top[stop] = made
    bucket = min(BUCKETS - 1, int((time if graph.home_by < np.inf else load) / size))
    labels.following[made] = heads[bucket]
    heads[bucket] = made
    return made + 1


@compiled
def fines_of(graph: Graph, word: int, cuts: int) -> float:
    """What the cuts with these bits of a word fine together."""
    fines, byte = 0.0, 0
    while cuts:
        fines += graph.cuts.fines[word, byte, cuts & 255]
        cuts >>= 8
        byte += 1
    return fines


@compiled
def _is_no_dearer(
    graph: Graph, labels: Labels, one: int, costs: float, other: int, most: float
) -> bool:
    """Whether a label of such costs, and what it may be fined beyond another, is no dearer."""
    for word in range(graph.cuts.of.shape[1]):
        costs += fines_of(graph, word, labels.odd[one, word] & ~labels.odd[other, word])
        if costs > most:
            return False
    return costs <= most


@compiled
def _is_beaten(
    graph: Graph,
    labels: Labels,
    top: Ints,
    made: int,
    stop: int,
    cost: float,
    load: float,
    time: float,
    seen: int,
    exact: bool,
) -> bool:
    """Whether another label at the stop is as good in everything; drops those it beats itself.

    One that is nearer to a fine of a cut must be cheaper by that fine.
    """
    costs, loads, times, sets = labels.cost, labels.load, labels.time, labels.seen
    following = labels.at_stop
    other, above = top[stop], -1
    while other >= 0:
        behind = following[other]
        if (
            costs[other] <= cost
            and loads[other] <= load
            and times[other] <= time
            and (
                not exact
                or (
                    sets[other] & ~seen == 0
                    and _is_no_dearer(graph, labels, other, costs[other], made, cost)
                )
            )
        ):
            return True
        if (
            cost <= costs[other]
            and load <= loads[other]
            and time <= times[other]
            and (
                not exact
                or (
                    seen & ~sets[other] == 0
                    and _is_no_dearer(graph, labels, made, cost, other, costs[other])
                )
            )
        ):
            labels.dropped[other] = True
            if above < 0:
                top[stop] = behind
            else:
                following[above] = behind
        else:
            above = other
        other = behind
    return False


def stops_back(labels: Labels, label: int) -> tuple[int, ...]:
    """The stops of a label's tour in their order, by place among the members."""
    stops = []
    while label >= 0:
        stops.append(int(labels.stop[label]))
        label = int(labels.parent[label])
    return tuple(reversed(stops))
