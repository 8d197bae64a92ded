"""What a plan costs, worked out by hand, term by term."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.blocks import Block, BlockId
from busplan.domain.dates import DateRange, Window
from busplan.domain.demand import DemandId
from busplan.domain.fleet import BusId
from busplan.domain.objective import CostTerms, cost_of, lost_blocks, lost_pins, visit_values
from busplan.domain.parameters import Parameters
from busplan.domain.places import StopId
from busplan.domain.plan import Plan, Tour
from busplan.domain.problem import PastVisit, Pin, PlanningProblem
from tests.factories import (
    LONG,
    MONDAY,
    make_demand,
    make_duty,
    make_municipality,
    make_plan,
    make_problem,
    make_tour,
    make_visit,
)

EMPTY = Plan(county="test", first_day=MONDAY, weeks=1)


def terms(*tours: Tour, **given: Any) -> CostTerms:
    problem: PlanningProblem = make_problem(**given)
    return cost_of(replace(EMPTY, weeks=problem.weeks, tours=tours), problem)


def on_day(offset: int, **given: Any) -> Tour:
    return make_tour(service_date=MONDAY + timedelta(days=offset), **given)


def past(day: date, open_min: int = 900) -> PastVisit:
    return PastVisit(
        demand_id=DemandId("d1"),
        stop_id=StopId("s1"),
        bus_id=BusId("wilde13"),
        service_date=day,
        open_min=open_min,
    )


def test_a_plan_without_tours_lacks_every_wish_and_floor() -> None:
    assert terms() == CostTerms(need=1000, floor=3000)


def test_a_plan_that_serves_all_costs_road_and_a_lonely_hour() -> None:
    """30 min at 2, 20 km at 3, one open hour with one adult at 120."""
    assert terms(make_tour()) == CostTerms(driving=60, kilometres=60, two_adults=120)
    assert terms(make_tour()).total == 240


def test_the_total_is_the_sum_of_all_terms() -> None:
    names = CostTerms().as_dict()
    one_each = CostTerms(**{name: 10**place for place, name in enumerate(names)})

    assert one_each.total == int("1" * len(names))


@pytest.mark.parametrize(
    ("given", "values"),
    [
        ({"wished": 3, "most": 3}, (1000, 600, 360)),
        ({"wished": 2, "most": 2, "least": 1}, (2000, 600)),
        ({"wished": 2, "most": 2, "least": 2, "weight": 3}, (6000, 3600)),
        ({"wished": 0}, ()),
    ],
)
def test_each_further_visit_is_worth_less_and_the_least_asked_more(
    given: dict[str, Any], values: tuple[int, ...]
) -> None:
    assert visit_values(make_demand(**given), Parameters()) == values


@given(
    wished=st.integers(0, 6),
    least=st.integers(0, 6),
    weight=st.integers(1, 9),
    repeat=st.integers(0, 300),
    extra=st.integers(0, 300),
)
def test_no_visit_is_worth_more_than_the_one_before(
    wished: int, least: int, weight: int, repeat: int, extra: int
) -> None:
    """The solver and the exhaustive search both rely on it."""
    demand = make_demand(wished=wished, most=wished, least=min(least, wished), weight=weight)
    numbers = Parameters(need_repeat_percent=repeat, need_least_percent=extra)

    values = visit_values(demand, numbers)

    assert list(values) == sorted(values, reverse=True)


def test_need_counts_what_is_missing_in_each_period() -> None:
    demands = (make_demand(wished=2, most=3),)

    assert terms(demands=demands).need == 1600
    assert terms(on_day(0), demands=demands).need == 600
    assert terms(on_day(0), on_day(1), on_day(2), demands=demands).need == 0
    assert terms(on_day(0), demands=demands, weeks=2).need == 600 + 1600


def test_need_counts_visits_before_the_horizon_in_the_same_period() -> None:
    fortnightly = (make_demand(period_weeks=2),)
    last_week = (past(MONDAY - timedelta(days=3)),)
    long_ago = (past(MONDAY - timedelta(days=8)),)

    assert terms(demands=fortnightly, past_visits=last_week).need == 0
    assert terms(demands=fortnightly, past_visits=long_ago).need == 1000


def test_the_floor_counts_visits_of_the_last_weeks_in_a_town() -> None:
    numbers = Parameters(floor_visits=2, floor_weeks=4)

    assert terms(parameters=numbers).floor == 6000
    assert terms(parameters=numbers, past_visits=(past(MONDAY - timedelta(days=21)),)).floor == 3000
    assert terms(parameters=numbers, past_visits=(past(MONDAY - timedelta(days=22)),)).floor == 6000
    assert terms(on_day(0), on_day(1), on_day(2), parameters=numbers).floor == 0


def test_towns_outside_the_service_area_have_no_floor() -> None:
    assert terms(municipalities=(make_municipality(served=False),)).floor == 0


def test_each_further_hour_alone_costs_by_the_minute() -> None:
    pair = (make_duty(), make_duty("P2", drives=False))

    assert terms(make_tour(make_visit(service_min=90))).two_adults == 180
    assert terms(make_tour(duties=pair)).two_adults == 0


def test_every_duty_that_ends_late_costs_its_minutes() -> None:
    late = tuple(make_duty(name, end_min=1270) for name in ("P1", "P2"))
    in_time = (make_duty(end_min=1260),)

    assert terms(make_tour(duties=late)).late_end == 2 * 10 * 3
    assert terms(make_tour(duties=in_time)).late_end == 0


def test_kilometres_are_rounded_down_tour_by_tour() -> None:
    assert terms(on_day(0, length_m=20_999)).kilometres == 62
    assert terms(on_day(0, length_m=333), on_day(1, length_m=333)).kilometres == 0


def test_further_duties_of_one_person_in_a_week_cost_ever_more() -> None:
    assert terms(on_day(0)).balance == 0
    assert terms(on_day(0), on_day(1)).balance == 40
    assert terms(on_day(0), on_day(1), on_day(2)).balance == 120
    assert terms(on_day(0), on_day(7), weeks=2).balance == 0
    assert terms(on_day(0), on_day(1, duties=(make_duty("P2"),))).balance == 0


@pytest.mark.parametrize(
    ("tours", "points"),
    [
        ((on_day(0),), 0),
        ((make_tour(make_visit(open_min=910)),), 100),
        ((on_day(1),), 400),
        ((), 400),
        ((on_day(0, bus_id=BusId("ninja")),), 400),
    ],
)
def test_a_visit_is_expected_where_it_was_last_time(tours: tuple[Tour, ...], points: int) -> None:
    last_monday = (past(MONDAY - timedelta(days=7)),)

    assert terms(*tours, past_visits=last_monday).continuity == points


def make_block(**given: Any) -> Block:
    usual = {
        "id": BlockId("b1"),
        "stop_id": StopId("s1"),
        "demand_id": DemandId("d1"),
        "bus_id": BusId("wilde13"),
        "weekday": 0,
        "window": Window(from_min=900, to_min=960),
        "running": LONG,
    }
    return Block(**usual | given)


@pytest.mark.parametrize(
    ("block", "lost"),
    [
        (make_block(), 0),
        (make_block(weekday=1), 1),
        (make_block(window=Window(from_min=900, to_min=965)), 1),
        (make_block(bus_id=BusId("ninja")), 1),
        (make_block(running=DateRange(first=date(2025, 1, 1), last=date(2025, 2, 1))), 0),
    ],
)
def test_a_block_visit_is_kept_only_exactly_as_promised(block: Block, lost: int) -> None:
    problem = make_problem(blocks=(block,))

    assert len(lost_blocks(make_plan(), problem)) == lost
    assert cost_of(make_plan(), problem).blocks == lost * 1_000_000


def test_a_block_is_promised_every_week() -> None:
    problem = make_problem(blocks=(make_block(),), weeks=2)

    [(_, day)] = lost_blocks(make_plan(weeks=2), problem)

    assert day == MONDAY + timedelta(days=7)


def test_visits_of_a_block_are_not_expected_twice_over() -> None:
    """A lost block visit costs as a block, not as continuity besides."""
    last_monday = (past(MONDAY - timedelta(days=7)),)

    assert terms(blocks=(make_block(),), past_visits=last_monday).continuity == 0


@pytest.mark.parametrize(("open_min", "lost"), [(900, 0), (905, 1)])
def test_a_pinned_visit_is_kept_only_exactly_as_pinned(open_min: int, lost: int) -> None:
    pin = Pin(
        demand_id=DemandId("d1"),
        stop_id=StopId("s1"),
        bus_id=BusId("wilde13"),
        service_date=MONDAY,
        open_min=open_min,
        close_min=open_min + 60,
    )
    problem = make_problem(pins=(pin,))

    assert len(lost_pins(make_plan(), problem)) == lost
    assert cost_of(make_plan(), problem).pins == lost * Parameters().pin_points
