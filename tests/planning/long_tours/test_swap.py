"""Stops of two tours change places, where both tours may have them."""

import math
from dataclasses import replace

import pytest

from busplan.domain.periodic import (
    PeriodicPlan,
    PeriodicProblem,
    PeriodicStop,
    PeriodicTour,
    VehicleGroup,
)
from busplan.domain.periodic_check import check_periodic_plan
from busplan.planning.compiled import make_random
from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.chain import TEMPERATURE, Search, make_search
from busplan.planning.long_tours.periodic_arrays import SWAPS, Arrays, to_arrays
from busplan.planning.long_tours.periodic_plans import best_plan, load_plan, make_plan
from busplan.planning.long_tours.recreate import complete
from busplan.planning.long_tours.ruin_recreate import anneal
from busplan.planning.long_tours.solve import solve_periodic
from busplan.planning.long_tours.swap import swap
from busplan.planning.long_tours.tour_pool import make_pool
from busplan.planning.long_tours.tour_state import COST, total_of
from tests.periodic_problems import visited_on, week_of

MONDAY, FRIDAY = frozenset({0}), frozenset({1})
EVERYTHING = 1e12
"""A temperature at which every step is kept."""


def _two_days(*, full: bool = True) -> PeriodicProblem:
    """One bus on Monday and Friday, two stops in the north and two in the south."""
    points = [(0, 0), (-1, 50), (1, 50), (-1, -50), (1, -50)]
    matrix = tuple(tuple(math.dist(a, b) for b in points) for a in points)
    stops = tuple(
        PeriodicStop(id=f"S{node}", node=node, service=30.0, patterns=(MONDAY, FRIDAY))
        for node in range(1, 5)
    )
    longest = 270.0 if full else math.inf
    bus = VehicleGroup(id="bus", depot=0, vehicles=(1, 1), max_duration=longest)
    return PeriodicProblem(
        name="two days", days=2, stops=stops, groups=(bus,), costs=matrix, durations=matrix
    )


CROSSED = PeriodicPlan(
    tours=(
        PeriodicTour(group=0, day=0, stops=(0, 2)),
        PeriodicTour(group=0, day=1, stops=(1, 3)),
    )
)


def _search(problem: PeriodicProblem, plan: PeriodicPlan) -> tuple[Arrays, Search]:
    arrays = to_arrays(problem)._replace(swaps=1.0)
    search = make_search(arrays, make_random(1, 0))
    load_plan(arrays, search, plan)
    total_of(arrays, search.state, search.totals)
    return arrays, search


def test_full_tours_exchange_stops_until_each_keeps_to_its_side() -> None:
    problem = _two_days()
    arrays, search = _search(problem, CROSSED)
    search.figures[TEMPERATURE] = 1e-9

    anneal(arrays, search, make_pool(arrays), 1e5)

    found = best_plan(arrays, search)
    assert found is not None
    assert {frozenset(tour.stops) for tour in found.tours} == {frozenset({0, 1}), frozenset({2, 3})}
    assert list(check_periodic_plan(found, problem)) == []


def test_with_one_tour_only_there_is_nothing_to_swap() -> None:
    arrays, search = _search(
        _two_days(full=False),
        PeriodicPlan(tours=(PeriodicTour(group=0, day=0, stops=(0, 1, 2, 3)),)),
    )
    before = search.state.tours.copy()

    assert not any(swap(arrays, search) for _ in range(50))
    assert (search.state.tours == before).all()


def test_a_single_stop_has_nobody_to_change_with() -> None:
    problem = _two_days()
    alone = replace(problem, stops=problem.stops[:1])
    arrays, search = _search(alone, PeriodicPlan(tours=(PeriodicTour(group=0, day=0, stops=(0,)),)))

    anneal(arrays, search, make_pool(arrays), 1e4)

    assert search.state.tours[0, 1] == 0


@pytest.mark.parametrize("seed", range(4))
def test_swapped_stops_keep_their_patterns_buses_and_homes(seed: int) -> None:
    """Whatever is swapped, only limits of tours may be broken, for which there are weights."""
    loose = week_of(stops=30, days=4, seed=seed)
    problem = replace(
        loose,
        stops=tuple(
            replace(stop, groups=frozenset({number % 2}) if number % 5 == 0 else None)
            for number, stop in enumerate(loose.stops)
        ),
        groups=tuple(
            replace(group, capacity=math.inf, max_duration=math.inf) for group in loose.groups
        ),
        one_depot=True,
    )
    arrays, search = _search(problem, PeriodicPlan(tours=()))
    assert complete(arrays, search)
    first = best_plan(arrays, search)
    assert first is not None
    search.figures[TEMPERATURE] = EVERYTHING

    for _ in range(20):
        anneal(arrays, search, make_pool(arrays), 2e4)
        present = _present(arrays, search)
        assert list(check_periodic_plan(present, problem)) == []

    assert present != make_plan(first.tours)
    kept = float(search.totals[COST])
    total_of(arrays, search.state, search.totals)
    assert kept == pytest.approx(search.totals[COST])


def _present(arrays: Arrays, search: Search) -> PeriodicPlan:
    """The plan that the search is at, lawful or not."""
    state = search.state
    tours = (
        PeriodicTour(
            group=int(arrays.slot_group[slot]),
            day=int(arrays.slot_day[slot]),
            stops=tuple(state.tours[slot, 1 : state.length[slot] + 1].tolist()),
        )
        for slot in range(len(state.length))
        if state.length[slot]
    )
    return make_plan(tours)


def test_stops_are_swapped_where_most_come_once_and_none_has_a_window() -> None:
    once = _two_days()
    timed = replace(once, stops=(replace(once.stops[0], earliest=10.0), *once.stops[1:]))

    assert to_arrays(once).swaps == SWAPS
    assert to_arrays(timed).swaps == 0.0
    assert to_arrays(visited_on(once, frozenset({0, 1}))).swaps == 0.0


def test_plans_with_swaps_do_not_depend_on_workers() -> None:
    problem = visited_on(week_of(stops=40, days=4, seed=3), *(frozenset({d}) for d in range(4)))

    one = solve_periodic(problem, SearchLimits(work=0.3), seed=2, workers=1)
    two = solve_periodic(problem, SearchLimits(work=0.3), seed=2, workers=2)

    assert one.plan is not None
    assert repr(one) == repr(two)
