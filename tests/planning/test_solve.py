"""What the solver promises: proof, determinism, blocks and pins first, a reason for every gap."""

from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarks.county_weeks import county_week
from busplan.domain.blocks import Block, BlockId
from busplan.domain.calendar import Closure, Scope, ServiceCalendar
from busplan.domain.dates import DateRange, Window
from busplan.domain.demand import DemandId
from busplan.domain.fleet import BusId, Shift
from busplan.domain.objective import cost_of
from busplan.domain.places import StopId
from busplan.domain.problem import PastDuty, PastVisit, Pin, PlanningProblem
from busplan.domain.rules.check import check_plan
from busplan.domain.solution import Proof, Solution
from busplan.exchange.plan_json import write_plan
from busplan.planning.limits import SearchLimits
from busplan.planning.progress import Progress
from busplan.planning.solve import solve
from busplan.planning.stopping import Stopper
from tests.factories import (
    LONG,
    MONDAY,
    make_bus,
    make_crew,
    make_demand,
    make_matrix,
    make_problem,
    make_stop,
)

LIMITS = SearchLimits(work=20)


def solved(problem: PlanningProblem) -> Solution:
    solution = solve(problem, LIMITS, seed=1)
    assert list(check_plan(solution.plan, problem)) == []
    return solution


def test_the_cost_is_the_objective_of_the_plan_and_the_proof_is_told() -> None:
    problem = make_problem()

    solution = solved(problem)

    assert solution.quality is not None
    assert solution.quality.terms == cost_of(solution.plan, problem)
    assert solution.quality.proof is Proof.OPTIMAL
    assert solution.quality.gap == 0
    assert len(list(solution.plan.visits())) == 1


def test_the_same_input_seed_and_counted_limit_give_the_same_bytes() -> None:
    problem = county_week(stops=14, seed=3)

    texts = {write_plan(solve(problem, LIMITS, seed=1)) for _ in range(2)}

    assert len(texts) == 1


def test_a_limit_too_small_for_a_proof_still_gives_a_lawful_plan_and_a_true_bound() -> None:
    problem = county_week(stops=20, seed=1, week_max_min=1500)
    best = solve(problem, SearchLimits(work=60), seed=1).quality

    hasty = solve(problem, SearchLimits(work=0.05), seed=1)

    assert list(check_plan(hasty.plan, problem)) == []
    assert hasty.quality is not None
    assert best is not None
    assert hasty.quality.bound <= best.cost <= hasty.quality.cost


def test_too_many_tours_for_a_proof_still_give_a_lawful_plan_and_a_true_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As where millions of tours are left, too many for one program."""
    problem = county_week(stops=12, seed=4)
    proven = solve(problem, SearchLimits(work=30), seed=1)
    monkeypatch.setattr("busplan.planning.solve.PROOF_POOL", 0)

    solution = solve(problem, SearchLimits(work=30), seed=1)

    assert list(check_plan(solution.plan, problem)) == []
    assert solution.quality is not None
    assert proven.quality is not None
    assert solution.quality.bound <= proven.quality.cost <= solution.quality.cost


def test_interruption_keeps_the_best_plan_so_far() -> None:
    problem = county_week(stops=20, seed=1, week_max_min=1500)
    stopper = Stopper()
    told: list[Progress] = []

    def stop_at_first_plan(progress: Progress) -> None:
        told.append(progress)
        if progress.stage == "first plan":
            stopper.stop()

    solution = solve(problem, SearchLimits(work=1e6), 1, stop_at_first_plan, stopper)

    assert list(check_plan(solution.plan, problem)) == []
    assert solution.plan.tours
    first = next(progress for progress in told if progress.stage == "first plan")
    assert solution.quality is not None
    assert (solution.quality.cost, solution.quality.bound) == (first.cost, first.bound)


def test_a_time_limit_ends_a_search_that_has_no_other_end() -> None:
    problem = county_week(stops=20, seed=1, week_max_min=1500)

    solution = solve(problem, SearchLimits(work=1e6, seconds=0.01), seed=1)

    assert list(check_plan(solution.plan, problem)) == []


def test_the_least_work_still_gives_a_plan() -> None:
    solution = solve(make_problem(), SearchLimits(work=1e-9), seed=1)

    assert list(check_plan(solution.plan, make_problem())) == []


def test_an_empty_week_is_a_plan_too() -> None:
    solution = solved(make_problem(demands=()))

    assert solution.plan.tours == ()
    assert solution.unserved == ()


def test_a_window_shorter_than_the_service_is_named() -> None:
    demand = make_demand(service_min=120, windows=(Window(from_min=900, to_min=960),))

    solution = solved(make_problem(demands=(demand,)))

    (unserved,) = solution.unserved
    assert unserved.rule == "window"
    assert unserved.remedy == "a window 60 min longer"


def test_a_visit_that_fits_no_shift_names_the_smallest_longer_shift_that_helps() -> None:
    # 20 min there, 60 min open, 20 min back: 100 min of work in a shift of 75 min
    shift = Shift(weekdays=frozenset(range(5)), window=Window(from_min=900, to_min=975))

    solution = solved(make_problem(crew=(make_crew(shifts=(shift,)),)))

    (unserved,) = solution.unserved
    assert unserved.rule == "shifts"
    assert unserved.remedy.startswith("P1 on duty ")
    assert unserved.remedy.endswith(", 25 min beyond the shift")


def test_what_gives_way_is_named_where_two_compete() -> None:
    stops = (make_stop("s1"), make_stop("s2"))
    only = {"weekdays": frozenset({0}), "windows": (Window(from_min=900, to_min=960),)}
    demands = (
        make_demand("d1", stop_id=StopId("s1"), weight=2, **only),
        make_demand("d2", stop_id=StopId("s2"), weight=1, **only),
    )

    bus = make_bus(weekdays=frozenset({0}), max_visits_per_day=1)

    solution = solved(make_problem(stops=stops, demands=demands, buses=(bus,)))

    (unserved,) = solution.unserved
    assert unserved.demand_id == "d2"
    assert unserved.rule == "competition"
    assert unserved.remedy == "give up d1 (Halt s1) on Mon 2026-11-30"


def test_a_coupling_rule_that_binds_is_found_by_lifting_it() -> None:
    demands = (make_demand(wished=2, most=2, headway_min_days=7, weight=9),)

    solution = solved(make_problem(demands=demands))

    (unserved,) = solution.unserved
    assert unserved.rule == "headway"


def block(weekday: int = 1, **given: object) -> Block:
    usual = {
        "id": BlockId("b1"),
        "stop_id": StopId("s1"),
        "demand_id": DemandId("d1"),
        "bus_id": BusId("wilde13"),
        "weekday": weekday,
        "window": Window(from_min=905, to_min=1105),
        "running": LONG,
    }
    return Block(**{**usual, **given})  # type: ignore[arg-type]


def test_a_block_keeps_its_stop_day_and_hours_against_any_weight() -> None:
    stops = (make_stop("s1"), make_stop("s2"))
    rival = make_demand(
        "d2",
        stop_id=StopId("s2"),
        weight=10,
        least=1,
        weekdays=frozenset({1}),
        windows=(Window(from_min=960, to_min=1020),),
    )
    demands = (make_demand("d1", stop_id=StopId("s1")), rival)

    solution = solved(make_problem(stops=stops, demands=demands, blocks=(block(),)))

    ((tour, visit),) = solution.plan.visits()
    assert (visit.block_id, tour.service_date) == ("b1", MONDAY + timedelta(days=1))
    assert (visit.open_min, visit.close_min) == (905, 1105)
    assert [entry.rule for entry in solution.unserved] == ["blocks"]


def test_a_block_that_a_hard_rule_forces_away_is_told_with_the_rule() -> None:
    tuesday = MONDAY + timedelta(days=1)
    closure = Closure(
        dates=DateRange(first=tuesday, last=tuesday), scope=Scope.ALL, reason="Kirmes"
    )
    calendar = ServiceCalendar(closures=(closure,))

    solution = solved(make_problem(blocks=(block(),), calendar=calendar))

    (lost,) = solution.lost_blocks
    assert lost.service_date == tuesday
    assert "Kirmes" in lost.reason


def test_a_search_ended_before_its_first_bound_looks_for_blocks_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The cheapest tours alone would be those that serve nobody far away."""
    monkeypatch.setattr("busplan.planning.solve.FIRST_POOL", 20)
    problem = county_week(stops=14, seed=3)
    far = max(problem.demands, key=lambda d: problem.matrix.length_m("depot0", d.stop_id or ""))
    bus = problem.buses[1]
    held = Block(
        id=BlockId("far"),
        stop_id=far.stop_id or StopId(""),
        demand_id=far.id,
        bus_id=bus.id,
        weekday=2,
        window=Window(from_min=840, to_min=900),
        running=LONG,
    )
    stop = replace(problem.stop_by_id[held.stop_id], agreement=LONG, max_height_m=None)
    problem = replace(
        problem,
        blocks=(held,),
        stops=tuple(stop if s.id == stop.id else s for s in problem.stops),
    )
    stopper = Stopper()
    stopper.stop()

    solution = solve(problem, LIMITS, 1, stopper=stopper)

    assert "far" in {visit.block_id for _, visit in solution.plan.visits()}


def test_a_block_lost_to_haste_is_not_blamed_on_a_rule() -> None:
    problem = make_problem(blocks=(block(),))

    solution = solve(problem, SearchLimits(work=1e-6), seed=1)

    for lost in solution.lost_blocks:
        assert solution.quality is not None
        assert solution.quality.proof is Proof.OPTIMAL or lost.rule == "search"


def pin(day: int, open_min: int, demand_id: str = "d1") -> Pin:
    return Pin(
        demand_id=DemandId(demand_id),
        stop_id=StopId("s1"),
        bus_id=BusId("wilde13"),
        service_date=MONDAY + timedelta(days=day),
        open_min=open_min,
        close_min=open_min + 60,
    )


def test_a_pinned_visit_stays_at_its_very_minute() -> None:
    solution = solved(make_problem(pins=(pin(3, 1005),)))

    ((tour, visit),) = solution.plan.visits()
    assert (tour.service_date, visit.open_min) == (MONDAY + timedelta(days=3), 1005)
    assert solution.lost_pins == ()


def test_pins_that_contradict_one_another_are_kept_as_far_as_can_be_and_told() -> None:
    solution = solved(make_problem(pins=(pin(3, 1005), pin(3, 1010), pin(0, 900))))

    assert len(list(solution.plan.visits())) == 1
    assert len(solution.lost_pins) == 2


def test_rest_after_a_late_evening_moves_the_next_morning_and_names_nobody_tired() -> None:
    """Story S4: work until 22:00 forbids a start before 09:00, on whatever bus."""
    ended = PastDuty(
        crew_id=make_crew().id,
        service_date=MONDAY - timedelta(days=1),
        start_min=15 * 60,
        end_min=22 * 60,
    )
    demand = make_demand(
        weekdays=frozenset({0}), windows=(Window(from_min=8 * 60, to_min=11 * 60),)
    )

    solution = solved(make_problem(demands=(demand,), past_duties=(ended,)))

    ((tour, visit),) = solution.plan.visits()
    assert tour.duties[0].start_min >= 9 * 60
    assert visit.open_min == 9 * 60 + 20


def test_the_plan_returns_to_weekday_and_time_of_last_time() -> None:
    past = PastVisit(
        demand_id=DemandId("d1"),
        stop_id=StopId("s1"),
        bus_id=BusId("wilde13"),
        service_date=MONDAY - timedelta(days=4),
        open_min=985,
    )

    solution = solved(make_problem(past_visits=(past,)))

    ((tour, visit),) = solution.plan.visits()
    assert (tour.service_date, visit.open_min) == (MONDAY + timedelta(days=3), 985)
    assert solution.quality is not None
    assert solution.quality.terms.continuity == 0


@pytest.mark.parametrize("weeks", [2, 4])
def test_fortnightly_demand_is_met_every_other_week_of_a_longer_horizon(weeks: int) -> None:
    demand = make_demand(period_weeks=2, headway_min_days=10)

    solution = solved(make_problem(demands=(demand,), weeks=weeks))

    assert len(list(solution.plan.visits())) == weeks // 2
    assert solution.unserved == ()


def test_two_people_share_the_week() -> None:
    demands = (make_demand(wished=4, most=4),)
    crew = (make_crew("P1"), make_crew("P2"))
    bus = make_bus(min_adults=1)

    solution = solved(
        make_problem(demands=demands, crew=crew, buses=(bus,), matrix=make_matrix("s1"))
    )

    duties = [duty.crew_id for tour in solution.plan.tours for duty in tour.duties]
    assert duties.count("P1") == duties.count("P2")
