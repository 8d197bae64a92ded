"""Tiny periodic problems with patterns, windows, loads, durations and two groups of vehicles."""

import math
from dataclasses import replace
from random import Random

from hypothesis import strategies as st

from busplan.domain.periodic import PeriodicProblem, PeriodicStop, VehicleGroup

SIDE = 10


@st.composite
def tiny_periodic_problems(draw: st.DrawFn) -> PeriodicProblem:
    """Up to four stops, two days and two groups; some have no lawful plan."""
    days = draw(st.integers(1, 2))
    count = draw(st.integers(1, 4))
    points = draw(
        st.lists(
            st.tuples(st.integers(0, SIDE), st.integers(0, SIDE)),
            min_size=count + 2,
            max_size=count + 2,
        )
    )
    matrix = tuple(tuple(math.dist(a, b) for b in points) for a in points)
    return PeriodicProblem(
        name="tiny",
        days=days,
        stops=tuple(draw(_stops(node, days)) for node in range(2, count + 2)),
        groups=tuple(draw(_groups(node, days)) for node in range(draw(st.integers(1, 2)))),
        costs=matrix,
        durations=matrix,
        one_depot=draw(st.booleans()),
    )


@st.composite
def _stops(draw: st.DrawFn, node: int, days: int) -> PeriodicStop:
    earliest = draw(st.sampled_from((0.0, 10.0, 25.0)))
    patterns = st.frozensets(st.integers(0, days - 1), min_size=1)
    return PeriodicStop(
        id=f"S{node}",
        node=node,
        service=draw(st.sampled_from((0.0, 5.0))),
        load=float(draw(st.integers(0, 3))),
        patterns=tuple(draw(st.lists(patterns, min_size=1, max_size=2, unique=True))),
        earliest=earliest,
        latest=draw(st.sampled_from((math.inf, earliest + 15.0))),
        groups=draw(st.sampled_from((None, None, frozenset({0}), frozenset({1})))),
    )


@st.composite
def _groups(draw: st.DrawFn, depot: int, days: int) -> VehicleGroup:
    return VehicleGroup(
        id=f"G{depot}",
        depot=depot,
        vehicles=tuple(draw(st.integers(0, 2)) for _ in range(days)),
        capacity=draw(st.sampled_from((math.inf, 4.0, 6.0))),
        max_duration=draw(st.sampled_from((math.inf, 40.0))),
        latest=draw(st.sampled_from((math.inf, 60.0))),
    )


def week_of(*, stops: int, days: int, seed: int) -> PeriodicProblem:
    """A problem of some size: two depots, stops wanted once or twice, loads that bind."""
    random = Random(seed)
    points = [(random.uniform(0, SIDE), random.uniform(0, SIDE)) for _ in range(stops + 2)]
    matrix = tuple(tuple(math.dist(a, b) for b in points) for a in points)
    once = tuple(frozenset({day}) for day in range(days))
    twice = tuple(frozenset({day, (day + 2) % days}) for day in range(days))
    return PeriodicProblem(
        name="week",
        days=days,
        stops=tuple(
            PeriodicStop(
                id=f"S{node}",
                node=node,
                service=1.0,
                load=random.randint(1, 5),
                patterns=random.choice((once, twice)),
            )
            for node in range(2, stops + 2)
        ),
        groups=tuple(
            VehicleGroup(
                id=f"G{depot}",
                depot=depot,
                vehicles=(2,) * days,
                capacity=5.0 * stops / days,
                max_duration=8.0 * SIDE,
            )
            for depot in range(2)
        ),
        costs=matrix,
        durations=matrix,
    )


def visited_on(problem: PeriodicProblem, *patterns: frozenset[int]) -> PeriodicProblem:
    """The same problem with these patterns for every stop."""
    stops = tuple(replace(stop, patterns=patterns) for stop in problem.stops)
    return replace(problem, stops=stops)
