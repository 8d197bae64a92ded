"""A start from an earlier plan: never worse than what can still be driven of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks.county_weeks import county_week
from busplan.domain.dates import DateRange
from busplan.domain.objective import cost_of
from busplan.domain.plan import Plan
from busplan.domain.problem import Ban, PlanningProblem
from busplan.domain.rules.check import check_plan
from busplan.planning.limits import SearchLimits
from busplan.planning.solve import solve
from busplan.planning.stopping import Stopper
from busplan.planning.weeks.assembly import make_plan as make_plan_of
from busplan.planning.weeks.selection import select
from busplan.planning.weeks.warm_start import choice_from, day_in
from tests.factories import MONDAY, make_demand, make_plan, make_problem, make_stop, make_tour
from tests.oracles import exhaustive_search
from tests.planning.parts import master_of
from tests.tiny_problems import tiny_problems

HASTY = SearchLimits(work=1e-6)
WEEK = timedelta(days=7)


def places(plan: Plan) -> list[tuple[object, ...]]:
    return [
        (tour.service_date, tour.bus_id, visit.demand_id, visit.stop_id)
        for tour, visit in plan.visits()
    ]


def stopped() -> Stopper:
    stopper = Stopper()
    stopper.stop()
    return stopper


def a_week_later(problem: PlanningProblem) -> PlanningProblem:
    """The same county with nothing remembered, one week on."""
    return replace(problem, first_day=problem.first_day + WEEK)


@pytest.mark.parametrize(
    ("weeks", "offset", "expected"),
    [(1, 3, 3), (1, 10, 3), (2, 10, 10), (2, 17, 3), (1, -4, 3)],
    ids=["itself", "next week", "second week", "first week again", "a week before"],
)
def test_a_day_follows_its_weekday_in_the_plan(weeks: int, offset: int, expected: int) -> None:
    plan = Plan(county="test", first_day=MONDAY, weeks=weeks)

    assert day_in(plan, MONDAY + timedelta(days=offset)) == MONDAY + timedelta(days=expected)


def test_a_search_ended_at_once_returns_the_plan_of_last_week() -> None:
    problem = county_week(stops=14, seed=3)
    last = solve(problem, SearchLimits(work=20), seed=1).plan
    coming = a_week_later(problem)

    cold = solve(coming, HASTY, 1, stopper=stopped())
    warm = solve(coming, HASTY, 1, stopper=stopped(), start=last)

    assert [(day - WEEK, *rest) for day, *rest in places(warm.plan)] == places(last)
    assert warm.quality is not None
    assert cold.quality is not None
    assert warm.quality.cost < cold.quality.cost


def test_only_what_is_not_allowed_any_more_is_dropped() -> None:
    problem = county_week(stops=14, seed=3)
    last = solve(problem, SearchLimits(work=20), seed=1).plan
    long_tour = max(last.tours, key=lambda tour: len(tour.visits))
    gone = long_tour.visits[0].demand_id
    master = master_of(replace(problem, bans=(Ban(demand_id=gone),)))

    repeated = choice_from(last, master)
    kept = select(master, repeated, hint=None, work=5, seed=1, stopper=Stopper()).choice

    assert kept is not None
    assert set(places(make_plan_of(master, kept))) == {
        place for place in places(last) if place[2] != gone
    }


def test_what_a_closed_stop_or_an_unknown_demand_leaves_is_still_a_start() -> None:
    stops = (make_stop("s1"), make_stop("s2", agreement=DateRange(first=MONDAY, last=MONDAY)))
    demands = (make_demand("d1", stop_id="s1"), make_demand("d2", stop_id="s2"))
    plan = make_plan(make_tour(), make_tour(service_date=MONDAY + timedelta(days=1)))
    master = master_of(make_problem(stops=stops, demands=demands))

    repeated = choice_from(plan, master)

    assert {master.columns[t].service_date for t in repeated} == {
        t.service_date for t in plan.tours
    }
    assert choice_from(plan, master_of(make_problem(demands=(make_demand("other"),)))) == ()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=tiny_problems())
def test_a_search_without_time_keeps_the_best_plan_it_is_given(problem: PlanningProblem) -> None:
    """Given the optimum, nothing worse comes back, whatever else the search had no time for."""
    best = exhaustive_search(problem)

    solution = solve(problem, HASTY, 1, stopper=stopped(), start=best.plan)

    assert list(check_plan(solution.plan, problem)) == []
    assert cost_of(solution.plan, problem).total == best.cost
