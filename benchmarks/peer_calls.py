"""A periodic problem as far as solvers without patterns can express it: days as vehicles.

A stop that is visited once, on whichever day, may be called at by any day's vehicle: nothing is
lost. A stop that is visited several times a cycle has patterns, which no peer can choose among: it
is fixed to its first one (in a published timetable, the published days), and the note says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf

import numpy as np
from numpy.typing import NDArray

from busplan.domain.periodic import (
    PeriodicPlan,
    PeriodicProblem,
    PeriodicStop,
    PeriodicTour,
    VehicleGroup,
)

SCALE = 1000
"""Peers count in integers; problems in fractions are told in thousandths."""
NOISE = 1e-6
HORIZON = 10**8
"""Stands for no limit of time or load; small enough that no peer overflows."""
FORBIDDEN_FACTOR = 10

Slot = tuple[int, int]
"""Vehicle group and day."""


@dataclass(frozen=True, slots=True)
class Call:
    """One visit to be made, by a vehicle of one of the slots."""

    stop: int
    slots: frozenset[Slot]


@dataclass(frozen=True, slots=True)
class Kind:
    """Vehicles that are alike: so many in each slot, all of which may make the same calls."""

    group: int
    slots: tuple[Slot, ...]
    calls: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerModel:
    """Calls and vehicles of a problem, and how many stops lost their choice of days."""

    problem: PeriodicProblem
    calls: tuple[Call, ...]
    kinds: tuple[Kind, ...]
    fixed: int
    scale: int

    @property
    def note(self) -> str:
        """What a peer is not asked to do."""
        if not self.fixed:
            return "whole problem"
        return f"{self.fixed} stops with several visits fixed to their first pattern"

    def group(self, kind: Kind) -> VehicleGroup:
        """The group that a kind of vehicles belongs to."""
        return self.problem.groups[kind.group]

    def stop(self, call: Call) -> PeriodicStop:
        """The stop of a call."""
        return self.problem.stops[call.stop]

    def at_least(self, value: float) -> int:
        """A length of time, scaled, rounded up: what a peer thinks lawful is."""
        return ceil(value * self.scale - NOISE)

    def at_most(self, value: float) -> int:
        """A limit, scaled, rounded down; ``HORIZON`` for none."""
        return HORIZON if value == inf else floor(value * self.scale + NOISE)

    def nearest(self, value: float) -> int:
        """A cost, scaled."""
        return round(value * self.scale)

    @property
    def has_windows(self) -> bool:
        """Whether any stop is not open all day."""
        return any(stop.earliest > 0 or stop.latest < inf for stop in self.problem.stops)

    def day_limit(self, group: VehicleGroup) -> float:
        """The longest day, where no stop has a window: hours and longest duration in one."""
        return min(group.max_duration, group.latest - group.earliest)


def peer_model(problem: PeriodicProblem) -> PeerModel:
    """The problem in calls and kinds of vehicles."""
    slots = [
        (number, day)
        for number, group in enumerate(problem.groups)
        for day, count in enumerate(group.vehicles)
        if count
    ]
    calls: list[Call] = []
    fixed = 0
    for number, stop in enumerate(problem.stops):
        own = [slot for slot in slots if stop.groups is None or slot[0] in stop.groups]
        once = all(len(days) == 1 for days in stop.patterns)
        fixed += not once and len(stop.patterns) > 1
        wanted = [frozenset().union(*stop.patterns)] if once else [{d} for d in stop.patterns[0]]
        calls += [Call(number, frozenset(s for s in own if s[1] in days)) for days in wanted]
    kinds: dict[tuple[int, frozenset[int]], list[Slot]] = defaultdict(list)
    for slot in slots:
        lawful = frozenset(number for number, call in enumerate(calls) if slot in call.slots)
        kinds[slot[0], lawful] += [slot] * problem.groups[slot[0]].vehicles[slot[1]]
    return PeerModel(
        problem=problem,
        calls=tuple(calls),
        kinds=tuple(Kind(group, tuple(own), lawful) for (group, lawful), own in kinds.items()),
        fixed=fixed,
        scale=1 if _is_whole(problem) else SCALE,
    )


def plan_of(model: PeerModel, routes: Iterable[tuple[int, Sequence[int]]]) -> PeriodicPlan:
    """The plan of routes, each a kind of vehicle and its calls in order."""
    free: Mapping[int, list[Slot]] = {n: list(kind.slots) for n, kind in enumerate(model.kinds)}
    tours = []
    for kind, calls in routes:
        if calls:
            group, day = free[kind].pop(0)
            stops = tuple(model.calls[call].stop for call in calls)
            tours.append(PeriodicTour(group=group, day=day, stops=stops))
    return PeriodicPlan(tours=tuple(tours))


def forbidden(model: PeerModel) -> int:
    """More than any complete plan costs."""
    dearest = max((value for row in model.problem.costs for value in row), default=0)
    return FORBIDDEN_FACTOR * (model.nearest(dearest) + 1) * (len(model.calls) + 1)


def nodes_of(model: PeerModel) -> list[int]:
    """Depots of all groups, then the node of every call."""
    depots = [group.depot for group in model.problem.groups]
    return depots + [model.stop(call).node for call in model.calls]


def tables(model: PeerModel) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Scaled costs and durations between depots and calls."""
    nodes = nodes_of(model)
    costs = np.array(model.problem.costs, dtype=np.float64)[np.ix_(nodes, nodes)]
    durations = np.array(model.problem.durations, dtype=np.float64)[np.ix_(nodes, nodes)]
    whole = np.ceil(durations * model.scale - 1e-6).astype(np.int64)
    return np.rint(costs * model.scale).astype(np.int64), whole


def _is_whole(problem: PeriodicProblem) -> bool:
    tables = (problem.costs, problem.durations)
    values = [value for table in tables for row in table for value in row]
    values += [value for stop in problem.stops for value in (stop.service, stop.load)]
    return all(float(value).is_integer() for value in values)
