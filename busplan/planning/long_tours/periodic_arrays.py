"""A periodic problem as arrays for compiled code.

Stops keep their numbers; behind them come the depots, one for each vehicle group, so that a leg
is a row and a column of one square matrix. Every vehicle of every day is a slot, ordered by day,
then group.
"""

from itertools import pairwise, product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from busplan.domain.periodic import PeriodicProblem, PeriodicStop, VehicleGroup
from busplan.planning.compiled import compiled

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SEVERAL, LARGE_FROM = 100, 600
"""With more stops than these, only the tours of near stops are tried for a place; with windows,
where the near ones are often open at other hours, only with many."""
NEAR, NEAR_OF_MANY = 15, 60
"""Of how many near stops."""
ONCE = 0.5
"""With a larger share of stops that are visited once, longest durations are strict, and one search
goes on where else many begin (``schedule``)."""
SWAPS = 0.8
"""How often some stops of two tours change places, where most come once and none has a window."""
NEIGHBOURS = 200
"""How many near stops are listed for each; strings of more are never removed."""
UNTIMED, ADDED, TIMED = 0, 1, 2
"""How tours take time: no limit at all; a longest duration, no windows; windows."""


class Arrays(NamedTuple):
    """The problem: ``n`` stops, ``g`` groups, days, patterns and slots.

    ``costs``, ``travel``: (n+g, n+g), row = from; ``costs_to``, ``travel_to``: row = to.
    ``service``, ``load``, ``earliest``, ``latest``: (n+g). ``patterns``: (patterns, days), those of
    stop i from ``first_pattern[i]`` to the next; ``pattern_days``: the days of each, ``stop_days``:
    those of all patterns of each stop, -1 behind the last; ``is_single``: whether all patterns of
    a stop are single days. ``allowed``: (n, g), ``may_visit``: (n, slots), whether a pattern
    has the slot's day too. ``home``: (g), groups of one number may share the
    visits of a stop. ``slot_day``, ``slot_group``: (slots), those of a day from
    ``first_slot[day]`` to the next. ``exchanges``: whether whole tours may change vehicles for the
    better: those of several groups, with stops visited once. ``neighbours``: (n, k), nearest first,
    itself included. ``seeds``: stops around which steps begin, all but while a plan is mended
    (``breeding``). ``near``: of how many the tours are tried for a place, 0 for all tours.
    ``strict``: whether what exceeds a longest duration is dear from the start. ``swaps``: how often
    some stops of two tours change places instead of a ruin.
    """

    costs: Floats
    costs_to: Floats
    travel: Floats
    travel_to: Floats
    service: Floats
    load: Floats
    earliest: Floats
    latest: Floats
    patterns: Bools
    first_pattern: Ints
    pattern_days: Ints
    stop_days: Ints
    is_single: Bools
    allowed: Bools
    may_visit: Bools
    home: Ints
    slot_day: Ints
    slot_group: Ints
    first_slot: Ints
    exchanges: bool
    capacity: Floats
    max_duration: Floats
    neighbours: Ints
    seeds: Ints
    near: int
    strict: bool
    swaps: float
    timing: int
    longest: int


def to_arrays(problem: PeriodicProblem) -> Arrays:
    """The problem without the patterns that no vehicle could serve."""
    stops, groups = problem.stops, problem.groups
    nodes = np.array([s.node for s in stops] + [g.depot for g in groups], dtype=np.int64)
    costs = _square(problem.costs, nodes)
    latest = np.array([s.latest for s in stops] + [g.latest for g in groups], dtype=np.float64)
    travel = _square(problem.durations, nodes)
    service = np.array([s.service for s in stops] + [0.0] * len(groups))
    timing = _timing(problem)
    allowed = np.array(
        [[s.groups is None or g in s.groups for g in range(len(groups))] for s in stops], dtype=bool
    ).reshape(len(stops), len(groups))
    slots = [
        (day, number)
        for day, (number, group) in product(range(problem.days), enumerate(groups))
        for _ in range(min(group.vehicles[day], len(stops)))
    ]
    slot_day = np.array([day for day, _ in slots], dtype=np.int32)
    slot_group = np.array([group for _, group in slots], dtype=np.int32)
    is_single = np.array([_is_single(stop) for stop in stops], dtype=bool)
    patterns, first_pattern = _patterns(problem)
    open_days = _union(patterns, first_pattern)
    return Arrays(
        costs=costs,
        costs_to=np.ascontiguousarray(costs.T),
        travel=travel,
        travel_to=np.ascontiguousarray(travel.T),
        service=service,
        load=np.array([s.load for s in stops] + [0.0] * len(groups), dtype=np.float64),
        earliest=np.array([s.earliest for s in stops] + [g.earliest for g in groups], dtype=float),
        latest=np.minimum(latest, _horizon(latest, travel, service, problem)),
        patterns=patterns,
        first_pattern=first_pattern,
        pattern_days=_days(patterns),
        is_single=is_single,
        stop_days=_days(open_days),
        allowed=allowed,
        may_visit=allowed[:, slot_group] & open_days[:, slot_day],
        home=np.array(homes_of(problem), dtype=np.int32),
        slot_day=slot_day,
        slot_group=slot_group,
        first_slot=np.searchsorted(slot_day, np.arange(problem.days + 1)).astype(np.int32),
        exchanges=len(groups) > 1 and bool(is_single.any()),
        capacity=np.array([g.capacity for g in groups], dtype=np.float64),
        max_duration=np.array(
            [g.max_duration if timing == TIMED else _longest_day(g) for g in groups], dtype=float
        ),
        neighbours=_neighbours(costs[: len(stops), : len(stops)]),
        seeds=np.arange(len(stops), dtype=np.int32),
        near=_near(len(stops), timing),
        strict=timing == ADDED and mostly_once(problem),
        swaps=SWAPS if timing != TIMED and mostly_once(problem) else 0.0,
        timing=timing,
        longest=_longest(problem, travel),
    )


def mostly_once(problem: PeriodicProblem) -> bool:
    """Whether most stops are visited once."""
    return sum(map(_is_single, problem.stops)) > ONCE * len(problem.stops)


def _is_single(stop: PeriodicStop) -> bool:
    return all(len(pattern) == 1 for pattern in stop.patterns)


def homes_of(problem: PeriodicProblem) -> list[int]:
    """A number for every group, the same for those that may share the visits of a stop."""
    if not problem.one_depot:
        return [0] * len(problem.groups)
    depots = sorted({group.depot for group in problem.groups})
    return [depots.index(group.depot) for group in problem.groups]


def _square(matrix: tuple[tuple[float, ...], ...], nodes: NDArray[np.int64]) -> Floats:
    return np.ascontiguousarray(np.array(matrix, dtype=np.float64)[np.ix_(nodes, nodes)])


def _timing(problem: PeriodicProblem) -> int:
    """Windows count where a stop has one that is narrower than the hours of vehicles."""
    opens = min((group.earliest for group in problem.groups), default=0.0)
    closes = max((group.latest for group in problem.groups), default=np.inf)
    if any(stop.earliest > opens or stop.latest < closes for stop in problem.stops):
        return TIMED
    return ADDED if any(_longest_day(group) < np.inf for group in problem.groups) else UNTIMED


def _longest_day(group: VehicleGroup) -> float:
    """What a tour without waiting may take."""
    return min(group.max_duration, group.latest - group.earliest)


def _horizon(latest: Floats, travel: Floats, service: Floats, problem: PeriodicProblem) -> float:
    """A time that no tour reaches, small enough to be added to without loss."""
    ends = latest[np.isfinite(latest)]
    starts = [s.earliest for s in problem.stops] + [g.earliest for g in problem.groups]
    last = max(float(ends.max()) if len(ends) else 0.0, *starts, 0.0)
    return 2 * (last + float(service.sum()) + float(travel.max(axis=1).sum()) + 1)


def _patterns(problem: PeriodicProblem) -> tuple[Bools, Ints]:
    """Patterns whose every day has a vehicle that may come."""
    rows, first = [], [0]
    for stop in problem.stops:
        groups = [
            group
            for number, group in enumerate(problem.groups)
            if stop.groups is None or number in stop.groups
        ]
        open_days = {d for d in range(problem.days) if any(g.vehicles[d] > 0 for g in groups)}
        kept = {tuple(sorted(days)) for days in stop.patterns if days <= open_days}
        rows += [[day in days for day in range(problem.days)] for days in sorted(kept)]
        first.append(len(rows))
    table = np.array(rows, dtype=bool).reshape(len(rows), problem.days)
    return table, np.array(first, dtype=np.int32)


def _union(patterns: Bools, first: Ints) -> Bools:
    """The days of all patterns of each stop."""
    rows = [patterns[a:b].any(axis=0) for a, b in pairwise(first.tolist())]
    return np.array(rows, dtype=bool).reshape(len(rows), patterns.shape[1])


def _days(table: Bools) -> Ints:
    """The days that are marked in each row, then -1 at least once."""
    days = np.full((len(table), int(table.sum(axis=1).max(initial=0)) + 1), -1, dtype=np.int32)
    for row, marked in enumerate(table):
        days[row, : marked.sum()] = np.flatnonzero(marked)
    return days


def _neighbours(costs: Floats) -> Ints:
    both = costs + costs.T
    np.fill_diagonal(both, -1.0)
    return np.argsort(both, axis=1, kind="stable")[:, :NEIGHBOURS].astype(np.int32)


def _near(stops: int, timing: int) -> int:
    if stops > LARGE_FROM:
        return NEAR_OF_MANY
    return NEAR if stops > SEVERAL and timing != TIMED else 0


def _longest(problem: PeriodicProblem, travel: Floats) -> int:
    """Most stops in one tour: what the loosest limit admits of the smallest stops, and a half."""
    if not problem.stops:
        return 0
    capacity = max((group.capacity for group in problem.groups), default=0.0)
    loads = np.cumsum(np.sort([stop.load for stop in problem.stops]))
    most = int(np.searchsorted(loads, capacity, side="right"))
    apart = travel + np.diag(np.full(len(travel), np.inf))
    nearest = apart.min(axis=0)[: len(problem.stops)]
    times = np.sort([s.service + near for s, near in zip(problem.stops, nearest, strict=True)])
    duration = max((_longest_day(group) for group in problem.groups), default=0.0)
    most = min(most, int(np.searchsorted(np.cumsum(times), duration, side="right")))
    return min(len(problem.stops), most + most // 2 + 8)


@compiled
def pattern_on(arrays: Arrays, stop: int, day: int) -> int:
    """The pattern of a stop visited once that is this day, -1 for none."""
    for pattern in range(arrays.first_pattern[stop], arrays.first_pattern[stop + 1]):
        if arrays.patterns[pattern, day]:
            return pattern
    return -1


@compiled
def may_change(arrays: Arrays, stop: int, slot: int, other: int) -> bool:
    """Whether a stop that one slot visits may be visited by another instead.

    One visited on several days keeps the day, and the home that its other visits share.
    """
    same_day = arrays.slot_day[slot] == arrays.slot_day[other]
    home = arrays.home[arrays.slot_group[slot]]
    same_home = arrays.home[arrays.slot_group[other]] == home
    return bool(
        arrays.may_visit[stop, other] and (arrays.is_single[stop] or (same_day and same_home))
    )
