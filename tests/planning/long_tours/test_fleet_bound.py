"""The bound of a fleet is never above the optimum, with prices drawn and cuts."""

import math
from dataclasses import replace
from itertools import combinations, pairwise, permutations
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings

from benchmarks.fleet_weeks import fleet_week, without_patterns
from busplan.domain.periodic import PeriodicPlan, PeriodicProblem, periodic_cost
from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.fleet_bound import bound_fleet
from busplan.planning.long_tours.periodic_arrays import UNTIMED, Arrays, to_arrays
from busplan.planning.long_tours.periodic_bound import bound_below
from busplan.planning.long_tours.pricing import make_labels, price
from busplan.planning.long_tours.pricing_graph import WORDS, make_graph, number_cuts
from busplan.planning.long_tours.pricing_reach import (
    make_outing,
    narrow,
    near_of_day,
    stops_that_pay,
)
from busplan.planning.long_tours.solve import solve_periodic
from busplan.planning.long_tours.subset_cuts import counted
from tests.periodic_oracle import best_cost
from tests.periodic_problems import tiny_periodic_problems, week_of


@settings(max_examples=30, deadline=None)
@given(problem=tiny_periodic_problems())
def test_no_lawful_plan_is_cheaper_than_the_bound(problem: PeriodicProblem) -> None:
    plan = solve_periodic(problem, SearchLimits(work=1e-3), seed=1).plan
    assume(plan is not None)
    told: list[float] = []

    found = bound_fleet(problem, to_arrays(problem), plan, lambda work: False, told.append)

    assert found.value is None or found.value <= best_cost(problem) + 1e-6
    assert told == sorted(told)


def test_tours_that_no_time_limits_are_bounded_though_service_takes_time() -> None:
    timed = week_of(stops=6, days=2, seed=1)
    endless = tuple(replace(group, max_duration=math.inf) for group in timed.groups)
    problem = replace(timed, groups=endless)
    plan = solve_periodic(problem, SearchLimits(work=0.01), seed=1).plan
    assert to_arrays(problem).timing == UNTIMED
    assert all(stop.service > 0 for stop in problem.stops)

    found = bound_fleet(problem, to_arrays(problem), plan, lambda work: False, lambda bound: None)

    assert 0 < found.value <= periodic_cost(plan, problem) + 1e-6


def test_cuts_raise_the_bound_of_a_small_fleet_but_not_above_a_plan() -> None:
    problem = without_patterns(fleet_week(stops=40, buses=2, seed=2))
    plan = solve_periodic(problem, SearchLimits(work=1.0), seed=1).plan
    arrays = to_arrays(problem)

    plain = bound_below(
        problem, arrays, plan, [], 1e9, lambda work: work > 8, lambda bound: None
    ).value
    raised = bound_fleet(problem, arrays, plan, lambda work: work > 8, lambda bound: None).value

    assert plain < raised <= periodic_cost(plan, problem) + 1e-6


def test_a_counted_limit_gives_the_same_bound() -> None:
    problem = fleet_week(stops=30, buses=2, seed=3)
    plan = solve_periodic(problem, SearchLimits(work=0.1), seed=1).plan

    first, second = (
        bound_fleet(problem, to_arrays(problem), plan, lambda work: work > 1, lambda bound: None)
        for _ in range(2)
    )

    assert first.value is not None
    assert first == second


def test_without_time_there_is_no_bound() -> None:
    problem = fleet_week(stops=20, buses=2, seed=1)
    nothing = PeriodicPlan(tours=())

    found = bound_fleet(problem, to_arrays(problem), nothing, lambda work: True, print)

    assert (found.value, found.tours) == (None, ())


@pytest.mark.parametrize("seed", range(6))
def test_stops_left_out_of_pricing_are_in_no_tour_that_pays(seed: int) -> None:
    """The least reduced cost is that of the whole graph, when both remember the same stops."""
    problem = without_patterns(fleet_week(stops=200, buses=8, seed=seed))
    arrays, random = to_arrays(problem), np.random.default_rng(seed)
    graph = make_graph(arrays, 0)
    outing = make_outing(arrays, 0, graph)
    worth = random.uniform(0, 10_000, len(graph.members))
    stops = len(problem.stops)
    near = near_of_day(arrays.costs[:stops, :stops], np.ones(stops, dtype=bool))
    everything = np.arange(len(worth), dtype=np.int32)
    labels = make_labels(250_000)

    kept = stops_that_pay(outing, worth, everything, 0.0)
    few, all_of_them = (
        price(
            narrow(outing, places, near, number_cuts(graph.members[places], {}, {})),
            worth[places],
            np.ones(len(places), dtype=bool),
            0.0,
            labels,
            True,
        )[0]
        for places in (kept, everything)
    )

    assert len(kept) < len(everything)
    assert few == pytest.approx(all_of_them, abs=1e-6)


@pytest.mark.parametrize("seed", range(8))
def test_pricing_finds_the_least_of_all_tours_with_what_cuts_fine(seed: int) -> None:
    problem = without_patterns(fleet_week(stops=60, buses=2, seed=seed))
    arrays, random = to_arrays(problem), Random(seed)
    graph = make_graph(arrays, 0)
    outing = make_outing(arrays, 0, graph)
    depot = len(problem.stops)
    near = near_of_day(arrays.costs[:depot, :depot], np.ones(depot, dtype=bool))
    kept = np.sort(np.argsort(outing.there_and_back)[:7]).astype(np.int32)
    members = graph.members[kept].tolist()
    worth = np.array([random.uniform(30_000, 80_000) for _ in kept])
    cuts = {
        (one, other, third): (-random.uniform(0, 40_000), frozenset({one, other, third, *extra}))
        for one, other, third in combinations(sorted(members), 3)
        for extra in [random.sample(members, 2)]
    }
    prices = {cut: price for cut, (price, _) in cuts.items()}
    memories = {cut: memory for cut, (_, memory) in cuts.items()}

    def reduced(stops: tuple[int, ...]) -> float:
        legs = pairwise((depot, *stops, depot))
        paid = sum(worth[members.index(stop)] for stop in stops)
        fined = sum(-prices[cut] * counted(cut, memories[cut], stops) for cut in prices)
        return sum(arrays.costs[a, b] for a, b in legs) - paid + fined

    narrowed = narrow(outing, kept, near, number_cuts(graph.members[kept], prices, memories))
    found = price(narrowed, worth, np.ones(7, dtype=bool), 0.0, make_labels(250_000, WORDS), True)

    tours = (stops for size in range(1, 8) for stops in permutations(members, size))
    lawful = (stops for stops in tours if _is_driven(stops, arrays))
    assert found[0] == pytest.approx(min(0.0, *(reduced(stops) for stops in lawful)), abs=1e-6)
    assert found[0] < 0


def _is_driven(stops: tuple[int, ...], arrays: Arrays) -> bool:
    """Whether the first group can visit these stops in their order within hours and windows."""
    depot = len(arrays.allowed)
    time, before = arrays.earliest[depot], depot
    for stop in (*stops, depot):
        time += arrays.service[before] + arrays.travel[before, stop]
        time, before = max(time, arrays.earliest[stop]), stop
        if time > arrays.latest[stop]:
            return False
    return True
