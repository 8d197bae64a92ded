"""Tours valued by their prices are combined lawfully, and as cheaply as can be where all fit."""

from itertools import combinations, permutations
from math import inf

import pytest
from hypothesis import assume, given, settings

from busplan.domain.periodic import PeriodicProblem, PeriodicTour, periodic_cost
from busplan.domain.periodic_check import check_periodic_plan, check_periodic_tour
from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.priced_choice import combine_by_price
from busplan.planning.long_tours.solve import solve_periodic
from tests.periodic_oracle import best_cost
from tests.periodic_problems import tiny_periodic_problems, week_of


@settings(max_examples=30, deadline=None)
@given(problem=tiny_periodic_problems())
def test_the_best_plan_is_found_among_all_tours(problem: PeriodicProblem) -> None:
    """With every lawful tour at hand, no choice is better than the exhaustive search's."""
    plan = solve_periodic(problem, SearchLimits(work=1e-3), seed=1).plan
    assume(plan is not None)

    found = combine_by_price(problem, _all_tours(problem), plan, lambda: inf)

    assert found.plan is not None
    assert list(check_periodic_plan(found.plan, problem)) == []
    assert periodic_cost(found.plan, problem) == pytest.approx(best_cost(problem))


def test_without_other_tours_the_plan_stays() -> None:
    problem = week_of(stops=20, days=3, seed=1)
    plan = solve_periodic(problem, SearchLimits(work=0.05), seed=1).plan

    found = combine_by_price(problem, [], plan, lambda: inf)

    assert set(found.plan.tours) == set(plan.tours)
    assert found.work > 0


def test_when_no_time_is_left_the_choice_ends_with_what_it_knows() -> None:
    problem = week_of(stops=20, days=3, seed=1)
    plan = solve_periodic(problem, SearchLimits(work=0.05), seed=1).plan

    found = combine_by_price(problem, [], plan, lambda: 0.0)

    assert found.plan is None or set(found.plan.tours) == set(plan.tours)


def _all_tours(problem: PeriodicProblem) -> list[PeriodicTour]:
    """Every lawful tour on a day on which its group has a vehicle and its stops a pattern."""
    stops = range(len(problem.stops))
    return [
        tour
        for size in range(1, len(stops) + 1)
        for members in combinations(stops, size)
        for order in permutations(members)
        for day in range(problem.days)
        if all(any(day in days for days in problem.stops[stop].patterns) for stop in members)
        for group, vehicles in enumerate(problem.groups)
        if vehicles.vehicles[day]
        for tour in (PeriodicTour(group=group, day=day, stops=order),)
        if next(check_periodic_tour(tour, problem), None) is None
    ]
