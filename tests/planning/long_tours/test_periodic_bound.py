"""The bound of periodic problems is never above the optimum."""

from hypothesis import assume, given, settings

from busplan.domain.periodic import PeriodicPlan, PeriodicProblem
from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.periodic_arrays import to_arrays
from busplan.planning.long_tours.periodic_bound import bound_below
from busplan.planning.long_tours.solve import solve_periodic
from tests.periodic_oracle import best_cost
from tests.periodic_problems import tiny_periodic_problems, week_of


@settings(max_examples=30, deadline=None)
@given(problem=tiny_periodic_problems())
def test_no_lawful_plan_is_cheaper_than_the_bound(problem: PeriodicProblem) -> None:
    plan = solve_periodic(problem, SearchLimits(work=1e-3), seed=1).plan
    assume(plan is not None)
    best = best_cost(problem)

    for tours in ([], list(plan.tours)):  # prices start capped, or set by given tours
        told: list[float] = []
        found = bound_below(
            problem, to_arrays(problem), plan, tours, 1e9, lambda work: False, told.append
        )

        assert found.value is None or found.value <= best + 1e-6
        assert told == sorted(told)


def test_without_time_there_is_no_bound() -> None:
    problem = week_of(stops=6, days=2, seed=1)

    nothing = PeriodicPlan(tours=())
    found = bound_below(
        problem, to_arrays(problem), nothing, [], 1e9, lambda work: True, lambda value: None
    )

    assert (found.value, found.tours) == (None, ())
