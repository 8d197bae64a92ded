"""The judge judged: exhaustive search on weeks worked out by hand, and without its shortcuts."""

from dataclasses import replace
from itertools import product
from math import prod

from hypothesis import HealthCheck, assume, given, settings

from busplan.domain.dates import Window
from busplan.domain.objective import cost_of
from busplan.domain.parameters import Parameters
from busplan.domain.plan import Break
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.check import check_plan
from tests.factories import make_bus, make_crew, make_demand, make_problem, make_stop
from tests.oracle_tours import plan_of, tours_of
from tests.oracles import exhaustive_search
from tests.tiny_problems import tiny_problems

MONDAYS = frozenset({0})
ONE_BUS = (make_bus(weekdays=MONDAYS),)
AT_THREE = (Window(from_min=900, to_min=960),)


def make_monday(**given: object) -> PlanningProblem:
    """One bus on Mondays; 15:00 to 16:00 at s1, which lies 15 min and 10 km from the depot."""
    usual = {"buses": ONE_BUS, "demands": (make_demand(windows=AT_THREE),)}
    return make_problem(**usual | given)


def test_one_visit_by_one_adult_costs_road_and_loneliness() -> None:
    """20 km at 3, 30 min at 2, one open hour alone at 120."""
    best = exhaustive_search(make_monday())

    assert best.cost == 60 + 60 + 120
    assert [visit.open_min for _, visit in best.plan.visits()] == [900]


def test_a_second_adult_is_taken_where_there_is_one() -> None:
    best = exhaustive_search(make_monday(crew=(make_crew(), make_crew("P2"))))

    assert best.cost == 60 + 60


def test_what_no_rule_allows_stays_unserved() -> None:
    """The wish is worth 1000, the town's floor 3000."""
    best = exhaustive_search(make_monday(buses=(replace(ONE_BUS[0], needs_power=True),)))
    powerless = exhaustive_search(
        make_monday(buses=(replace(ONE_BUS[0], needs_power=True),), stops=(make_stop(power=False),))
    )

    assert best.cost == 240
    assert powerless.cost == 4000
    assert powerless.plan.tours == ()


def test_two_visits_share_a_tour_where_times_allow() -> None:
    """Three legs of 10 km and 15 min instead of four; a second wish that starts too soon fails."""
    stops = (make_stop(), make_stop("s2"))
    demands = (
        make_demand(windows=AT_THREE, stop_id="s1"),
        make_demand("d2", windows=(Window(from_min=980, to_min=1040),), stop_id="s2"),
    )
    too_soon = (demands[0], replace(demands[1], windows=(Window(from_min=975, to_min=1035),)))

    assert exhaustive_search(make_monday(stops=stops, demands=demands)).cost == 90 + 90 + 240
    assert exhaustive_search(make_monday(stops=stops, demands=too_soon)).cost == 240 + 1000


def test_a_trip_not_worth_its_road_is_not_made() -> None:
    """Without a floor, a wish of 100 points does not pay for 240."""
    numbers = Parameters(need_points=100, floor_points=0)

    assert exhaustive_search(make_monday(parameters=numbers)).cost == 100


def test_an_adult_alone_waits_for_the_break_that_five_open_hours_make_due() -> None:
    """On the road from 14:10 to 20:50 are 6 h 40 min of work: the bus waits for a break."""
    long_visit = make_demand(
        service_min=300, windows=(Window(from_min=900, to_min=1200),), weekdays=MONDAYS
    )
    numbers = Parameters(leg_buffer_min=35)

    [tour] = exhaustive_search(make_monday(demands=(long_visit,), parameters=numbers)).plan.tours

    waits = (850 - tour.depart_min, tour.return_min - 1250)
    assert sorted(waits) == [0, 30]
    assert [pause.length_min for pause in tour.duties[0].breaks] == [30]


def test_two_adults_take_turns_in_five_open_hours() -> None:
    long_visit = make_demand(service_min=300, windows=(Window(from_min=900, to_min=1200),))
    problem = make_monday(
        demands=(long_visit,),
        crew=(make_crew(), make_crew("P2")),
        parameters=Parameters(leg_buffer_min=35),
    )

    [tour] = exhaustive_search(problem).plan.tours

    first, second = (duty.breaks for duty in tour.duties)
    assert (tour.depart_min, tour.return_min) == (850, 1250)
    assert [pause.length_min for pause in (*first, *second)] == [30, 30]
    assert first != second


def test_an_adult_alone_rests_between_two_visits() -> None:
    stops = (make_stop(), make_stop("s2"))
    demands = (
        make_demand(stop_id="s1", windows=(Window(from_min=600, to_min=660),)),
        make_demand("d2", stop_id="s2", windows=AT_THREE),
    )

    [tour] = exhaustive_search(make_monday(stops=stops, demands=demands)).plan.tours

    assert tour.duties[0].breaks == (Break(start_min=680, end_min=900),)


def test_rest_keeps_one_person_from_a_late_evening_and_an_early_morning() -> None:
    """Back at 21:20, nobody may leave at 7:40: the heavier wish is served, and only that."""
    days = frozenset({0, 1})
    demands = (
        make_demand(weekdays=MONDAYS, windows=(Window(from_min=1200, to_min=1260),), weight=2),
        make_demand("d2", weekdays=frozenset({1}), windows=(Window(from_min=480, to_min=540),)),
    )
    problem = make_monday(buses=(make_bus(weekdays=days),), demands=demands)

    best = exhaustive_search(problem)

    assert [visit.demand_id for _, visit in best.plan.visits()] == ["d1"]
    assert best.cost == 240 + 3 * 20 + 1000


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=tiny_problems())
def test_no_shortcut_of_the_search_loses_the_best_plan(problem: PlanningProblem) -> None:
    """Every choice of one tour or none per bus and day, each judged as a whole."""
    slots = [tours_of(bus, day, problem) for day in problem.horizon for bus in problem.buses]
    assume(prod(len(slot) + 1 for slot in slots) <= 2000)

    plans = (
        plan_of([tour for tour in choice if tour is not None], problem)
        for choice in product(*([None, *slot] for slot in slots))
    )
    one_duty_a_day = (
        plan
        for plan in plans
        if len({(t.service_date, d.crew_id) for t in plan.tours for d in t.duties})
        == sum(len(t.duties) for t in plan.tours)
    )
    cheapest = min(
        cost_of(plan, problem).total
        for plan in one_duty_a_day
        if not any(check_plan(plan, problem))
    )
    assert exhaustive_search(problem).cost == cheapest


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=tiny_problems())
def test_a_lawful_plan_stays_lawful_without_any_of_its_tours(problem: PlanningProblem) -> None:
    """So no rule is mended by adding a tour, on which the search relies."""
    tours = exhaustive_search(problem).plan.tours

    for left_out in tours:
        rest = [tour for tour in tours if tour != left_out]
        assert list(check_plan(plan_of(rest, problem), problem)) == []
