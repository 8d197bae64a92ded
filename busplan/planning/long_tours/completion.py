"""What the rest of a tour costs at least, by stop and time: labels that cannot pay are not made.

The rest may visit stops again and again, but for going straight back to the one before (q-routes
without 2-cycles: Christofides, Mingozzi & Toth, Math. Program. 20, 1981), and times are rounded
down to steps, so every lawful rest costs at least as much. Used as completion bounds in labelling
(Baldacci, Mingozzi & Roberti, Oper. Res. 59, 2011).
"""

from typing import NamedTuple

import numpy as np

from busplan.planning.compiled import compiled, compiled_allocating
from busplan.planning.long_tours.periodic_arrays import Floats, Ints
from busplan.planning.long_tours.pricing_graph import SLACK, STEPS, Graph


class Rest(NamedTuple):
    """Least reduced cost from the service at a stop to the depot; row = stop, column = step.

    ``least``: of all rests, and by which stop that goes on, -1 straight home; ``other``: of those
    that do not go on by that one.
    """

    least: Floats
    by: Ints
    other: Floats


@compiled
def rest_after(rest: Rest, before: int, stop: int, step: int) -> float:
    """The least rest from a stop that does not go back to the one before it."""
    return float(
        rest.other[stop, step] if rest.by[stop, step] == before else rest.least[stop, step]
    )


@compiled_allocating
def rest_of(graph: Graph, worth: Floats, reached: Ints) -> Rest:
    """The rests of all stops and steps.

    -inf, which tells nothing, where time does not run, or by less than a step from stop to stop.
    """
    stops = len(worth)
    if len(reached) == 0 or not graph.moves:
        return unknown_rest(stops)
    shape = (stops, STEPS)
    rest = Rest(np.full(shape, np.inf), np.full(shape, -1, np.int32), np.full(shape, np.inf))
    size = step_size(graph)
    begin = np.inf
    for stop in reached:
        begin = min(begin, max(graph.times[stops, stop], graph.earliest[stop]))
    first = step_of(begin, size)
    for step in range(STEPS - 1, first - 1, -1):
        for stop in reached:
            _go_on(graph, worth, reached, rest, stop, step, size)
    return rest


@compiled_allocating
def unknown_rest(stops: int) -> Rest:
    """Rests of which nothing is known."""
    nothing = np.full((stops, STEPS), -np.inf)
    return Rest(nothing, np.full((stops, STEPS), -1, np.int32), nothing)


@compiled
def step_size(graph: Graph) -> float:
    """How much time a step is; all of it, for tours that take none."""
    return graph.home_by / (STEPS - 1)


@compiled
def step_of(time: float, size: float) -> int:
    """The step of a time, rounded down; rounding errors are on the safe side."""
    return min(STEPS - 1, int(max(0.0, time / size - SLACK)))


@compiled
def _go_on(
    graph: Graph, worth: Floats, reached: Ints, rest: Rest, stop: int, step: int, size: float
) -> None:
    """Find the least rests from one stop at the beginning of a step."""
    stops, time, home_by = len(worth), step * size, graph.home_by + SLACK
    times, costs = graph.times[stop], graph.costs[stop]
    least, by, second = np.inf, -1, np.inf
    if time + times[stops] <= home_by:
        least = costs[stops]
    for following in reached:
        then = max(time + times[following], graph.earliest[following])
        late = then > graph.latest[following] + SLACK
        if following == stop or late or then + graph.homeward[following] > home_by:
            continue
        column = min(STEPS - 1, max(step + 1, step_of(then, size)))
        cost = costs[following] - worth[following] + rest_after(rest, stop, following, column)
        if cost < least:
            least, by, second = cost, following, least
        elif cost < second:
            second = cost
    rest.least[stop, step], rest.by[stop, step], rest.other[stop, step] = least, by, second
