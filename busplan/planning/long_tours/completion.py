"""What the rest of a tour costs at least, by stop and time: labels that cannot pay are not made.

The rest may visit stops again and again (q-routes: Christofides, Mingozzi & Toth, Math. Program.
20, 1981) and times are rounded down to steps, so every lawful rest costs at least as much. Used
as completion bounds in labelling (Baldacci, Mingozzi & Roberti, Oper. Res. 59, 2011).
"""

import numpy as np

from busplan.planning.compiled import compiled, compiled_allocating
from busplan.planning.long_tours.periodic_arrays import Floats, Ints
from busplan.planning.long_tours.pricing_graph import SLACK, STEPS, Graph


@compiled_allocating
def rest_of(graph: Graph, worth: Floats, reached: Ints) -> Floats:
    """Least reduced cost from the service at a stop to the depot; row = stop, column = step.

    -inf, which tells nothing, where time does not run, or by less than a step from stop to stop.
    """
    stops = len(worth)
    if len(reached) == 0 or not graph.moves:
        return unknown_rest(stops)
    rest = np.full((stops, STEPS), np.inf)
    size = step_size(graph)
    begin = np.inf
    for stop in reached:
        begin = min(begin, max(graph.times[stops, stop], graph.earliest[stop]))
    first = step_of(begin, size)
    for step in range(STEPS - 1, first - 1, -1):
        for stop in reached:
            rest[stop, step] = _least(graph, worth, reached, rest, stop, step, size)
    return rest


@compiled_allocating
def unknown_rest(stops: int) -> Floats:
    """Rests of which nothing is known."""
    return np.full((stops, STEPS), -np.inf)


@compiled
def step_size(graph: Graph) -> float:
    """How much time a step is; all of it, for tours that take none."""
    return graph.home_by / (STEPS - 1)


@compiled
def step_of(time: float, size: float) -> int:
    """The step of a time, rounded down; rounding errors are on the safe side."""
    return min(STEPS - 1, int(max(0.0, time / size - SLACK)))


@compiled
def _least(
    graph: Graph, worth: Floats, reached: Ints, rest: Floats, stop: int, step: int, size: float
) -> float:
    """The least rest from one stop at the beginning of a step."""
    stops, time, home_by = len(worth), step * size, graph.home_by + SLACK
    times, costs = graph.times[stop], graph.costs[stop]
    least = np.inf
    if time + times[stops] <= home_by:
        least = costs[stops]
    for other in reached:
        then = max(time + times[other], graph.earliest[other])
        late = then > graph.latest[other] + SLACK or then + graph.homeward[other] > home_by
        if other != stop and not late:
            column = min(STEPS - 1, max(step + 1, step_of(then, size)))
            least = min(least, costs[other] - worth[other] + rest[other, column])
    return float(least)
