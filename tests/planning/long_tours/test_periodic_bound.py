"""The bound of periodic problems is never above the optimum."""

from hypothesis import assume, given, settings

from busplan.domain.periodic import (
    PeriodicPlan,
    PeriodicProblem,
    PeriodicStop,
    PeriodicTour,
    VehicleGroup,
)
from busplan.domain.periodic_check import check_periodic_tour
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


@settings(max_examples=30, deadline=None)
@given(problem=tiny_periodic_problems())
def test_tours_priced_for_the_bound_may_be_driven(problem: PeriodicProblem) -> None:
    plan = solve_periodic(problem, SearchLimits(work=1e-3), seed=1).plan
    assume(plan is not None)

    found = bound_below(
        problem, to_arrays(problem), plan, [], 1e9, lambda work: False, lambda value: None
    )

    assert [fault for t in found.tours for fault in check_periodic_tour(t, problem)] == []


def test_a_longest_day_with_windows_is_kept_by_priced_tours() -> None:
    """Waiting counts as part of the day: out at 5, at the first stop 10 to 15, back by 25: 20."""
    window = {"service": 5.0, "patterns": (frozenset({0}),)}
    lengths = tuple(tuple(5.0 * (a != b) for b in range(3)) for a in range(3))
    problem = PeriodicProblem(
        name="wait",
        days=1,
        stops=(
            PeriodicStop(id="early", node=1, earliest=10, latest=10, **window),
            PeriodicStop(id="late", node=2, earliest=60, latest=60, **window),
        ),
        groups=(VehicleGroup(id="van", depot=0, vehicles=(2,), max_duration=20),),
        costs=lengths,
        durations=lengths,
    )
    apart = tuple(PeriodicTour(group=0, day=0, stops=(stop,)) for stop in (0, 1))

    found = bound_below(
        problem,
        to_arrays(problem),
        PeriodicPlan(tours=apart),
        [],
        1e9,
        lambda work: False,
        lambda value: None,
    )

    assert PeriodicTour(group=0, day=0, stops=(0, 1)) not in found.tours
    assert found.value == 15
