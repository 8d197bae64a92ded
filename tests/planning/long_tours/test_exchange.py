"""Whole tours change vehicles where these have homes or days of their own."""

import math
from dataclasses import replace

import pytest

from busplan.domain.periodic import (
    Days,
    PeriodicPlan,
    PeriodicProblem,
    PeriodicStop,
    PeriodicTour,
    VehicleGroup,
    periodic_cost,
)
from busplan.domain.periodic_check import check_periodic_plan
from busplan.planning.compiled import make_random
from busplan.planning.long_tours.chain import TEMPERATURE, Search, make_search
from busplan.planning.long_tours.exchange import exchange
from busplan.planning.long_tours.periodic_arrays import Arrays, to_arrays
from busplan.planning.long_tours.periodic_plans import best_plan, load_plan
from busplan.planning.long_tours.ruin_recreate import anneal
from busplan.planning.long_tours.tour_pool import make_pool
from busplan.planning.long_tours.tour_state import COST, total_of

EAST, WEST = 0, 1
MONDAY, FRIDAY = frozenset({0}), frozenset({1})
ANY_DAY, BOTH_DAYS = (MONDAY, FRIDAY), (frozenset({0, 1}),)


def _two_homes(
    *, patterns: tuple[Days, ...] = ANY_DAY, groups: frozenset[int] | None = None
) -> PeriodicProblem:
    """A bus in the east on Monday, one in the west on Friday; two stops near either."""
    points = [(100, 0), (0, 0), (101, 2), (101, 4), (1, 2), (1, 4)]
    matrix = tuple(tuple(math.dist(a, b) for b in points) for a in points)
    return PeriodicProblem(
        name="two homes",
        days=2,
        stops=tuple(
            PeriodicStop(id=f"S{node}", node=node, patterns=patterns, groups=groups)
            for node in range(2, 6)
        ),
        groups=(
            VehicleGroup(id="east", depot=0, vehicles=(1, 0)),
            VehicleGroup(id="west", depot=1, vehicles=(0, 1)),
        ),
        costs=matrix,
        durations=matrix,
    )


CROSSED = PeriodicPlan(
    tours=(
        PeriodicTour(group=EAST, day=0, stops=(2, 3)),
        PeriodicTour(group=WEST, day=1, stops=(0, 1)),
    )
)


def _search(problem: PeriodicProblem, plan: PeriodicPlan) -> tuple[Arrays, Search]:
    arrays = to_arrays(problem)
    search = make_search(arrays, make_random(1, 0))
    load_plan(arrays, search, plan)
    total_of(arrays, search.state, search.totals)
    return arrays, search


def test_tours_that_are_each_nearer_to_the_other_home_change_vehicles_and_days() -> None:
    arrays, search = _search(_two_homes(), CROSSED)

    assert exchange(arrays, search)

    assert search.state.tours[0, 1:3].tolist() == [0, 1]
    assert search.state.tours[1, 1:3].tolist() == [2, 3]
    assert search.state.slot_of[0].tolist() == [0, -1]
    assert [arrays.patterns[row].tolist() for row in search.state.pattern] == [
        [True, False],
        [True, False],
        [False, True],
        [False, True],
    ]


@pytest.mark.parametrize(
    "problem",
    [
        _two_homes(patterns=BOTH_DAYS),
        _two_homes(patterns=(MONDAY,)),
        _two_homes(groups=frozenset({EAST})),
    ],
    ids=["visited on both days", "not on that day", "not by that bus"],
)
def test_stops_that_the_other_vehicle_may_not_visit_stay(problem: PeriodicProblem) -> None:
    east = PeriodicPlan(tours=(PeriodicTour(group=EAST, day=0, stops=(0, 1, 2, 3)),))
    arrays, search = _search(problem, east)
    before = search.state.tours.copy()

    assert not any(exchange(arrays, search) for _ in range(20))

    assert (search.state.tours == before).all()


def test_a_dearer_exchange_is_undone() -> None:
    best = PeriodicPlan(
        tours=(
            PeriodicTour(group=EAST, day=0, stops=(0, 1)),
            PeriodicTour(group=WEST, day=1, stops=(2, 3)),
        )
    )
    arrays, search = _search(_two_homes(), best)
    search.figures[TEMPERATURE] = 1e-9
    cost = float(search.totals[COST])

    anneal(arrays, search, make_pool(arrays), 5e3)

    assert search.totals[COST] == pytest.approx(cost)
    total_of(arrays, search.state, search.totals)
    assert search.totals[COST] == pytest.approx(cost)
    kept = best_plan(arrays, search)
    assert kept is not None
    assert periodic_cost(kept, _two_homes()) == pytest.approx(cost)
    assert not list(check_periodic_plan(kept, _two_homes()))


def test_where_vehicles_are_alike_tours_are_never_exchanged() -> None:
    problem = _two_homes()
    alike = replace(problem, groups=(replace(problem.groups[EAST], vehicles=(1, 1)),))

    assert to_arrays(problem).exchanges
    assert not to_arrays(alike).exchanges
    assert not to_arrays(_two_homes(patterns=BOTH_DAYS)).exchanges
