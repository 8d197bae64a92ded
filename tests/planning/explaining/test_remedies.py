"""What is said to help has been tried, and exhaustive search finds nothing smaller that helps."""

from hypothesis import HealthCheck, given, settings

from busplan.domain.demand import DemandId
from busplan.domain.objective import cost_of
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.check import check_plan
from busplan.planning.explaining.nearby import Nearby, cut_to, served_by
from busplan.planning.explaining.remedies import GRID_MIN, Remedy, smallest_change
from busplan.planning.explaining.tried_changes import CHANGES
from busplan.planning.limits import SearchLimits
from busplan.planning.solve import solve
from busplan.planning.stopping import Stopper
from tests.oracles import cheapest_with
from tests.tiny_problems import tiny_problems

ENOUGH = 10**6
"""Tours, more than any tiny week has."""


def would_be_served(problem: PlanningProblem, plan: Plan, demand_id: DemandId) -> bool:
    """Whether the best plan that keeps all visits has one more of it, by trying all plans."""
    near, kept = cut_to(problem, plan, demand_id), served_by(plan)
    more = cheapest_with(near, {**kept, demand_id: kept.get(demand_id, 0) + 1})
    free = cheapest_with(near, kept)
    return more is not None and free is not None and more.cost <= free.cost


def judge(remedy: Remedy, problem: PlanningProblem, plan: Plan, demand_id: DemandId) -> None:
    """It is real, no smaller step is, and no change before it in the order is."""
    near = cut_to(remedy.problem, plan, demand_id)
    assert list(check_plan(remedy.plan, near)) == []
    assert served_by(remedy.plan)[demand_id] > served_by(plan).get(demand_id, 0)
    assert all(served_by(remedy.plan)[d] >= n for d, n in served_by(plan).items())
    assert cost_of(remedy.plan, near).total <= cost_of(plan, near).total
    assert would_be_served(remedy.problem, plan, demand_id)
    for change in CHANGES:
        chosen = change == remedy.change
        smaller = remedy.by_min - GRID_MIN if chosen else change.steps * GRID_MIN
        if smaller > 0:
            eased = change.ease(problem, demand_id, smaller)
            assert not would_be_served(eased, plan, demand_id)
        if chosen:
            return


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=tiny_problems())
def test_the_smallest_change_serves_the_visit_and_none_smaller_does(
    problem: PlanningProblem,
) -> None:
    solution = solve(problem, SearchLimits(work=20), seed=1)

    for unserved in solution.unserved:
        nearby = Nearby(problem, solution.plan, ENOUGH, Stopper())
        remedy = smallest_change(problem, unserved.demand_id, nearby)
        if remedy is not None:
            judge(remedy, problem, solution.plan, unserved.demand_id)
        elif not would_be_served(problem, solution.plan, unserved.demand_id):  # not even a tie
            for change in CHANGES:
                eased = change.ease(problem, unserved.demand_id, change.steps * GRID_MIN)
                assert not would_be_served(eased, solution.plan, unserved.demand_id)
