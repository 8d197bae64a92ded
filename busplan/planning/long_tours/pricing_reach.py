"""Pricing for fleets: of a thousand stops, the few hundred that one bus could be paid to visit.

A tour is paid for its visits and pays for its legs. How much it can be paid in the time that is
left of the longest day, once it has been to its farthest stop, is a knapsack; its relaxation in
fractions is a bound (Dantzig, Oper. Res. 5, 1957). Stops too far to be that farthest stop of a
tour that pays are left out, without changing the least reduced cost.
"""

from typing import NamedTuple

import numpy as np

from busplan.planning.compiled import compiled_allocating
from busplan.planning.long_tours.periodic_arrays import Arrays, Bools, Floats, Ints
from busplan.planning.long_tours.pricing_graph import SLACK, Cuts, Graph, least_ways

NEAR = 20
"""Near stops remembered of those open on the day, the stop itself among them."""
LEAST_SERVICE = 1e-9
"""For stops without service time, which would be worth infinitely much a minute."""


class Outing(NamedTuple):
    """One group's graph, and by place among its members the least way out and home.

    ``there_and_back``, ``drive``: least cost and least driving time of any tour that visits a
    stop. ``lasts``: the longest day.
    """

    graph: Graph
    service: Floats
    there_and_back: Floats
    drive: Floats
    begin: float
    lasts: float


def make_outing(arrays: Arrays, group: int, graph: Graph) -> Outing:
    """What pricing must know of one group."""
    depot = len(arrays.allowed) + group
    service = arrays.service[graph.members]
    drives = graph.times.copy()
    drives[:-1] = np.maximum(drives[:-1] - service[:, None], 0.0)  # untimed tours take no time
    begin = float(arrays.earliest[depot]) if np.isfinite(arrays.latest[depot]) else 0.0
    begin = min(begin, float(drives[-1, :-1].min(initial=np.inf)))
    drives[-1] -= begin
    return Outing(
        graph=graph,
        service=np.maximum(service, LEAST_SERVICE),
        there_and_back=least_ways(graph.costs) + least_ways(graph.costs.T),
        drive=least_ways(drives) + least_ways(drives.T),
        begin=begin,
        lasts=graph.home_by - begin,
    )


def near_of_day(costs: Floats, is_open: Bools) -> Ints:
    """The nearest stops of each among those open on a day, itself first."""
    both = costs + costs.T
    both[:, ~is_open] = np.inf
    np.fill_diagonal(both, -1.0)
    return np.argsort(both, axis=1, kind="stable")[:, :NEAR].astype(np.int32)


@compiled_allocating
def stops_that_pay(outing: Outing, worth: Floats, reached: Ints, fee: float) -> Ints:
    """Those of the reached members that a tour of reduced cost below the fee could visit."""
    count = len(reached)
    far = outing.there_and_back[reached]
    rate = worth[reached] / outing.service[reached]
    by_far, by_rate = np.argsort(far), np.argsort(-rate)
    rank = np.empty(count, np.int64)
    rank[by_far] = np.arange(count)
    kept = count
    while kept > 0:
        farthest = by_far[kept - 1]
        left = outing.lasts - outing.drive[reached[farthest]] + SLACK
        paid = 0.0
        for place in by_rate:
            if rate[place] <= 0.0 or left <= 0.0:
                break
            if rank[place] < kept:
                spent = min(left, outing.service[reached[place]])
                paid += rate[place] * spent
                left -= spent
        if far[farthest] - paid < fee + SLACK:
            break
        kept -= 1
    return np.sort(reached[by_far[:kept]])


@compiled_allocating
def narrow(outing: Outing, kept: Ints, near: Ints, cuts: Cuts) -> Graph:
    """The graph of these members alone, its day beginning at 0.

    ``near``: by number, of the stops open on the day; ``cuts``: for these members.
    """
    graph = outing.graph
    count, depot = len(kept), len(graph.members)
    nodes = np.append(kept, np.int32(depot))
    costs, times = np.empty((count + 1, count + 1)), np.empty((count + 1, count + 1))
    for row in range(count + 1):
        for column in range(count + 1):
            costs[row, column] = graph.costs[nodes[row], nodes[column]]
            times[row, column] = graph.times[nodes[row], nodes[column]]
    times[count] -= outing.begin
    members = graph.members[kept]
    place_of = np.full(len(near), -1, np.int32)
    place_of[members] = np.arange(count)
    near_here = np.empty((count, near.shape[1]), np.int32)
    close = np.empty((count, near.shape[1]), np.int32)
    bit = np.full((count, count), -1, np.int32)
    for row in range(count):
        for place in range(near.shape[1]):
            other = place_of[near[members[row], place]]
            near_here[row, place] = other
            close[row, place] = other if other >= 0 else row  # which is where it is already
            if other >= 0:
                bit[row, other] = place
    return Graph(
        members,
        costs,
        times,
        graph.load[kept],
        graph.earliest[kept] - outing.begin,
        graph.latest[kept] - outing.begin,
        graph.homeward[kept],
        outing.lasts,
        graph.moves,
        graph.capacity,
        bit,
        near_here,
        close,
        cuts,
    )
