"""The solver is as good as trying every plan, and says so, on hundreds of tiny weeks."""

from hypothesis import HealthCheck, given, settings

from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.check import check_plan
from busplan.domain.solution import Proof
from busplan.planning.limits import SearchLimits
from busplan.planning.solve import solve
from tests.oracles import exhaustive_search
from tests.tiny_problems import tiny_problems


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=tiny_problems())
def test_the_solver_finds_and_proves_what_exhaustive_search_finds(
    problem: PlanningProblem,
) -> None:
    """Neither beats the other: no rule is missed, none is invented, no term is miscounted."""
    solution = solve(problem, SearchLimits(work=20), seed=1)

    assert list(check_plan(solution.plan, problem)) == []
    assert solution.quality is not None
    assert solution.quality.proof is Proof.OPTIMAL
    assert solution.quality.cost == exhaustive_search(problem).cost
