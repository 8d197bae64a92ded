"""Long tours are planned lawfully, repeatably, and on tiny problems as well as can be."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings

from busplan.domain.periodic import PeriodicProblem, periodic_cost
from busplan.domain.periodic_check import check_periodic_plan
from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.schedule import schedule_for
from busplan.planning.long_tours.solve import solve_periodic
from busplan.planning.progress import Progress
from busplan.planning.stopping import Stopper
from tests.periodic_oracle import best_cost
from tests.periodic_problems import tiny_periodic_problems, visited_on, week_of

SHORT = SearchLimits(work=0.05)


@settings(max_examples=30, deadline=None)
@given(problem=tiny_periodic_problems())
def test_a_tiny_problem_is_solved_as_exhaustive_search_does(problem: PeriodicProblem) -> None:
    """No plan where there is none; else a lawful one of the same cost."""
    solution = solve_periodic(problem, SHORT, seed=1)

    best = best_cost(problem)
    if math.isinf(best):
        assert solution.plan is None
    else:
        assert solution.plan is not None
        assert list(check_periodic_plan(solution.plan, problem)) == []
        assert solution.cost == pytest.approx(best)
        assert solution.bound is None or solution.bound <= best + 1e-6


@pytest.mark.parametrize(
    ("problem", "work", "waves"),
    [
        (week_of(stops=30, days=3, seed=1), 0.5, 1),
        (visited_on(week_of(stops=30, days=3, seed=1), frozenset({0, 2})), 2.0, 4),
    ],
    ids=["once or twice", "in waves"],
)
def test_workers_do_not_change_the_plan(problem: PeriodicProblem, work: float, waves: int) -> None:
    """A counted limit gives the same plan on one core and on two."""
    limits = SearchLimits(work=work)
    assert schedule_for(problem, limits).waves == waves

    alone = solve_periodic(problem, limits, seed=3, workers=1)
    beside = solve_periodic(problem, limits, seed=3, workers=2)

    assert repr(alone) == repr(beside)
    assert alone.plan is not None


def test_a_stopped_search_keeps_the_best_plan() -> None:
    """The stopper ends the search early; what was told last is what comes back."""
    problem = week_of(stops=30, days=3, seed=2)
    stopper, told = Stopper(), []

    def stop_at_once(progress: Progress) -> None:
        told.append(progress.cost)
        stopper.stop()

    solution = solve_periodic(problem, SearchLimits(work=600), 1, stop_at_once, stopper)

    assert solution.plan is not None
    assert list(check_periodic_plan(solution.plan, problem)) == []
    assert solution.cost <= told[0]


def test_a_start_is_never_made_worse() -> None:
    """A lawful plan handed in is returned or beaten, however short the search."""
    problem = week_of(stops=30, days=3, seed=4)
    good = solve_periodic(problem, SearchLimits(work=1.0), seed=1)

    again = solve_periodic(problem, SearchLimits(work=1e-6), seed=9, start=good.plan)

    assert again.cost <= good.cost
    assert again.cost == pytest.approx(periodic_cost(again.plan, problem))


def test_the_bound_is_close_on_a_small_week() -> None:
    """Of a few stops the bound is nearly what the best plan costs."""
    solution = solve_periodic(week_of(stops=8, days=2, seed=1), SearchLimits(work=3.0), seed=1)

    assert solution.bound is not None
    assert solution.bound <= solution.cost
    assert solution.gap < 0.05


def test_a_problem_without_stops_costs_nothing() -> None:
    empty = replace(week_of(stops=1, days=1, seed=1), stops=())

    solution = solve_periodic(empty, SHORT, seed=1)

    assert (solution.cost, solution.bound, solution.gap) == (0.0, 0.0, 0.0)
