"""What holds where there are many stops: only near tours are tried; nothing else differs."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from busplan.domain.periodic import PeriodicPlan
from busplan.domain.periodic_check import check_periodic_plan
from busplan.planning.compiled import make_random
from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.chain import ITERATIONS, Search, make_search
from busplan.planning.long_tours.insertion import choose_slot, find_near, list_slots
from busplan.planning.long_tours.periodic_arrays import (
    LARGE_FROM,
    NEAR,
    NEAR_OF_MANY,
    SEVERAL,
    Arrays,
    to_arrays,
)
from busplan.planning.long_tours.periodic_plans import best_plan, load_plan
from busplan.planning.long_tours.recreate import complete
from busplan.planning.long_tours.ruin_recreate import anneal
from busplan.planning.long_tours.solve import solve_periodic
from busplan.planning.long_tours.tour_pool import make_pool
from busplan.planning.long_tours.tour_state import DURATION, total_of
from tests.periodic_problems import week_of


def _searched(stops: int) -> tuple[Arrays, Search]:
    """A problem after a short search."""
    arrays = to_arrays(week_of(stops=stops, days=12, seed=1))
    search = make_search(arrays, make_random(1, 0))
    load_plan(arrays, search, PeriodicPlan(tours=()))
    assert complete(arrays, search)
    anneal(arrays, search, make_pool(arrays), 1e5)
    assert search.figures[ITERATIONS] > 0
    return arrays, search


def test_with_many_stops_near_tours_and_empty_ones_are_tried() -> None:
    arrays, search = _searched(LARGE_FROM + 20)
    state, places = search.state, search.places

    for stop, day, only in ((0, 0, 0), (LARGE_FROM, 11, 11), (0, 0, -1), (LARGE_FROM, 11, -1)):
        found = find_near(arrays, state, stop, only, places)
        tried = places.slots[: list_slots(arrays, state, stop, 0, day, found, places)].tolist()

        near = set(state.slot_of[arrays.neighbours[stop, :NEAR_OF_MANY], day].tolist()) - {-1}
        slots = np.flatnonzero(arrays.slot_day == day)
        empty = {slot for slot in slots.tolist() if state.length[slot] == 0}
        assert sorted(tried) == sorted(near | empty)


def test_with_few_stops_every_tour_of_the_day_is_tried() -> None:
    arrays, search = _searched(40)

    tried = list_slots(arrays, search.state, 3, 0, 5, 0, search.places)

    assert search.places.slots[:tried].tolist() == np.flatnonzero(arrays.slot_day == 5).tolist()


@pytest.mark.parametrize("stops", [40, LARGE_FROM + 20])
def test_totals_kept_step_by_step_are_those_added_anew(stops: int) -> None:
    arrays, search = _searched(stops)
    kept = search.totals.copy()

    total_of(arrays, search.state, search.totals)

    assert kept == pytest.approx(search.totals, abs=1e-6)


def test_a_large_week_is_planned_lawfully_whatever_the_workers() -> None:
    problem = week_of(stops=LARGE_FROM + 20, days=12, seed=2)

    alone = solve_periodic(problem, SearchLimits(work=1.0), seed=3, workers=1)
    beside = solve_periodic(problem, SearchLimits(work=1.0), seed=3, workers=2)

    assert alone.plan is not None
    assert list(check_periodic_plan(alone.plan, problem)) == []
    assert repr(alone) == repr(beside)


@pytest.mark.parametrize("stops", [40, SEVERAL + 20])
def test_a_stop_visited_once_goes_where_it_costs_least_of_all_tours_tried(stops: int) -> None:
    arrays, search = _searched(stops)
    state, near = search.state, arrays.near
    assert near == (NEAR if stops > SEVERAL else 0)
    search.weights[:] = 0.0
    stop = int(np.flatnonzero(arrays.is_single)[0])
    around = set(state.slot_of[arrays.neighbours[stop, :near]].ravel().tolist())
    dear = []
    for slot in np.flatnonzero(arrays.may_visit[stop]).tolist():
        tour = state.tours[slot, : state.length[slot] + 2].tolist()
        if near == 0 or slot in around or len(tour) == 2:
            dear += [
                arrays.costs[a, stop] + arrays.costs[stop, b] - arrays.costs[a, b]
                for a, b in pairwise(tour)
            ]

    found = []
    for _ in range(20):  # a place is overlooked now and then
        slot, place, _ = choose_slot(
            arrays, state, search.weights, stop, search.places, search.random
        )
        a, b = state.tours[slot, place], state.tours[slot, place + 1]
        found.append(arrays.costs[a, stop] + arrays.costs[stop, b] - arrays.costs[a, b])

    assert min(found) == pytest.approx(min(dear))


def test_where_stops_are_visited_once_no_search_makes_excess_cheap() -> None:
    problem = week_of(stops=30, days=3, seed=1)
    once = tuple(frozenset({day}) for day in range(3))
    twice = tuple(frozenset({day, (day + 1) % 3}) for day in range(3))
    for patterns, strict in ((twice, False), (once, True)):
        stops = tuple(replace(stop, patterns=patterns, load=0.0) for stop in problem.stops)
        given = replace(problem, stops=stops)
        arrays = to_arrays(given)
        search = make_search(arrays, make_random(1, 0))
        load_plan(arrays, search, PeriodicPlan(tours=()))
        assert complete(arrays, search)
        before = float(search.weights[DURATION])

        anneal(arrays, search, make_pool(arrays), 1e6)

        assert arrays.strict is strict
        assert bool(search.weights[DURATION] >= before) is strict
        plan = best_plan(arrays, search)
        assert plan is not None
        assert list(check_periodic_plan(plan, given)) == []


def test_a_problem_without_stops_has_no_strict_limits() -> None:
    arrays = to_arrays(replace(week_of(stops=1, days=3, seed=1), stops=()))

    assert not arrays.strict
