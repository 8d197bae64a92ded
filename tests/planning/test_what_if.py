"""What one more visit costs is the difference of two optima; a bus that is off changes little."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.county_weeks import county_week
from busplan.domain.dates import Window
from busplan.domain.objective import cost_of
from busplan.domain.plan_diff import diff_plans
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.check import check_plan
from busplan.planning.explaining.nearby import served_by
from busplan.planning.limits import SearchLimits
from busplan.planning.solve import solve
from busplan.planning.what_if import Alternative, NotPossible, plan_also, plan_without
from tests.factories import MONDAY, make_bus, make_crew, make_demand, make_problem, make_stop
from tests.oracles import cheapest_with, exhaustive_search
from tests.tiny_problems import tiny_problems

LIMITS = SearchLimits(work=20)
AT_THREE = (Window(from_min=900, to_min=960),)
MONDAYS = frozenset({0})


def rivals(**given: object) -> PlanningProblem:
    """Two demand records at the same hour of the same day, and one bus that takes the heavier."""
    stops = (make_stop("s1"), make_stop("s2"))
    usual = {"weekdays": MONDAYS, "windows": AT_THREE}
    demands = (
        make_demand("d1", stop_id="s1", weight=2, **usual),
        make_demand("d2", stop_id="s2", **usual),
    )
    return make_problem(**{"stops": stops, "demands": demands} | given)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=tiny_problems(), data=st.data())
def test_the_price_of_a_visit_is_the_difference_of_two_optima(
    problem: PlanningProblem, data: st.DataObject
) -> None:
    demand_id = data.draw(st.sampled_from(problem.demands)).id
    best = exhaustive_search(problem)
    more = served_by(best.plan).get(demand_id, 0) + 1

    answer = plan_also(problem, best.plan, demand_id, None, LIMITS, 1)

    forced = cheapest_with(problem, {demand_id: more})
    if forced is None:
        assert isinstance(answer, NotPossible)
        assert answer.proven
    else:
        assert isinstance(answer, Alternative)
        assert list(check_plan(answer.plan, problem)) == []
        assert served_by(answer.plan)[demand_id] >= more
        assert answer.proven
        assert answer.cost - best.cost == forced.cost - best.cost


def test_a_visit_may_be_asked_for_on_a_day() -> None:
    problem = make_problem()
    plan = solve(problem, LIMITS, 1).plan
    thursday = MONDAY + timedelta(days=3)

    answer = plan_also(problem, plan, problem.demands[0].id, thursday, LIMITS, 1)

    assert isinstance(answer, Alternative)
    assert [tour.service_date for tour in answer.plan.tours] == [thursday]


def test_what_forbids_a_visit_on_a_day_is_named() -> None:
    problem = rivals()
    plan = solve(problem, LIMITS, 1).plan
    tuesday = MONDAY + timedelta(days=1)

    answer = plan_also(problem, plan, problem.demands[1].id, tuesday, LIMITS, 1)

    assert isinstance(answer, NotPossible)
    assert answer.proven
    assert {rule for r in answer.refusals for rule, _, _ in r.grounds} == {"weekday"}


def test_without_its_bus_a_visit_goes_to_the_other_at_the_same_hour() -> None:
    buses = (make_bus(), make_bus("ninja"))
    problem = rivals(buses=buses, crew=(make_crew(), make_crew("P2")))
    plan = solve(problem, LIMITS, 1).plan
    (tour,) = plan.tours

    answer = plan_without(problem, plan, tour.bus_id, MONDAY, LIMITS, 1)

    assert list(check_plan(answer.plan, answer.problem)) == []
    (instead,) = answer.plan.tours
    assert {tour.bus_id, instead.bus_id} == {bus.id for bus in buses}
    assert [(v.demand_id, v.open_min) for v in instead.visits] == [("d1", 900)]
    assert answer.proven


def test_a_bus_off_on_one_day_moves_few_visits_besides_its_own() -> None:
    problem = county_week(stops=10, seed=3)
    plan = solve(problem, LIMITS, 1).plan
    lost = plan.tours[0]

    answer = plan_without(problem, plan, lost.bus_id, lost.service_date, LIMITS, 1)

    assert list(check_plan(answer.plan, answer.problem)) == []
    assert (lost.bus_id, lost.service_date) not in {
        (tour.bus_id, tour.service_date) for tour in answer.plan.tours
    }
    concerned = {visit.demand_id for visit in lost.visits}
    changes = diff_plans(plan, answer.plan)
    assert {change.demand_id for change in changes if change.kind == "gone"} <= concerned
    moved = {change.demand_id for change in changes if change.kind == "moved"}
    others = {visit.demand_id for _, visit in plan.visits()} - concerned
    assert len(moved - concerned) < len(others) / 2  # a move has its price, but may be worth it
    assert answer.proven
    only_less = replace(plan, tours=tuple(tour for tour in plan.tours if tour != lost))
    assert answer.cost <= cost_of(only_less, answer.problem).total
