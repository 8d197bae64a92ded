"""The visits of a demand record keep its number, spacing and visit patterns."""

from datetime import timedelta
from typing import Any

import pytest

from busplan.domain.demand import DemandId
from busplan.domain.fleet import BusId
from busplan.domain.places import StopId
from busplan.domain.plan import Plan
from busplan.domain.problem import PastVisit
from busplan.domain.rules.patterns import check_patterns
from tests.factories import MONDAY, make_demand, make_plan, make_problem, make_tour, make_visit


def visited(*offsets: int, weeks: int = 1) -> Plan:
    """Visits of d1, so many days after the first Monday."""
    tours = [make_tour(service_date=MONDAY + timedelta(days=offset)) for offset in offsets]
    return Plan(county="test", first_day=MONDAY, weeks=weeks, tours=tuple(tours))


def past(*offsets: int, demand_id: str = "d1") -> tuple[PastVisit, ...]:
    return tuple(
        PastVisit(
            demand_id=DemandId(demand_id),
            stop_id=StopId("s1"),
            bus_id=BusId("wilde13"),
            service_date=MONDAY + timedelta(days=offset),
            open_min=900,
        )
        for offset in offsets
    )


def sentences(plan: Plan, past_visits: tuple[PastVisit, ...] = (), **demand: Any) -> list[str]:
    problem = make_problem(
        weeks=plan.weeks, demands=(make_demand(**demand),), past_visits=past_visits
    )
    return [v.sentence for v in check_patterns(plan, problem)]


def test_no_more_visits_than_the_demand_takes() -> None:
    assert sentences(visited(0, 2), most=2) == []
    assert sentences(visited(0, 2, 4), most=2) == [
        "d1 has 3 visits in 2026-11-30/2026-12-06, 0 of them before this plan; it takes at most 2"
    ]


def test_every_week_counts_by_itself_for_a_weekly_demand() -> None:
    assert sentences(visited(0, 7, weeks=2)) == []


def test_every_rolling_period_counts_the_visits_before() -> None:
    """Fortnightly: last week's visit fills the fortnight that ends this week, not the next."""
    assert sentences(visited(7, weeks=2), past(-3), period_weeks=2) == []
    assert sentences(visited(0, weeks=2), past(-3), period_weeks=2) == [
        "d1 has 2 visits in 2026-11-23/2026-12-06, 1 of them before this plan; it takes at most 1"
    ]
    assert sentences(visited(0, weeks=2), past(-8), period_weeks=2) == []


def test_two_weeks_of_the_plan_share_a_rolling_period() -> None:
    assert len(sentences(visited(0, 7, weeks=2), period_weeks=2)) == 1


def test_past_visits_beyond_the_limit_are_not_the_fault_of_a_plan_without_visits() -> None:
    assert sentences(visited(), past(-3, -4), period_weeks=2) == []
    assert sentences(visited(7, weeks=2), past(-8, -9), period_weeks=2) == []


def test_past_visits_of_other_demands_do_not_count() -> None:
    assert sentences(visited(0), past(-3, demand_id="d2"), period_weeks=2) == []


@pytest.mark.parametrize(("second", "violations"), [(2, 1), (3, 0)])
def test_visits_keep_their_distance(second: int, violations: int) -> None:
    assert len(sentences(visited(0, second), most=5, headway_min_days=3)) == violations


@pytest.mark.parametrize(("before", "violations"), [(-2, 1), (-3, 0)])
def test_past_visits_keep_the_next_at_a_distance(before: int, violations: int) -> None:
    assert len(sentences(visited(0), past(before), headway_min_days=3)) == violations


def test_past_visits_too_close_to_each_other_are_not_the_fault_of_the_plan() -> None:
    assert sentences(visited(4), past(-9, -8), headway_min_days=3) == []


def test_the_sentence_names_both_days() -> None:
    assert sentences(visited(0, 1), most=5, headway_min_days=3) == [
        "d1 is visited on Mo 2026-11-30 and Tu 2026-12-01, 1 days apart; 3 are asked for"
    ]


def test_one_visit_a_day_even_where_more_are_taken() -> None:
    twice = make_plan(make_tour(make_visit(), make_visit(open_min=600)))

    assert sentences(twice, most=5) == ["d1 has 2 visits on Mo 2026-11-30, one a day is allowed"]


PATTERNS = (frozenset({0, 2, 4}), frozenset({1, 3}))


@pytest.mark.parametrize("offsets", [(), (0,), (0, 4), (0, 2, 4), (1, 3)])
def test_one_pattern_allows_all_days_of_a_week(offsets: tuple[int, ...]) -> None:
    assert sentences(visited(*offsets), most=5, patterns=PATTERNS) == []


def test_days_of_two_patterns_do_not_go_together() -> None:
    assert sentences(visited(0, 3), most=5, patterns=PATTERNS) == [
        "d1 is visited on Mo, Th in 2026-W49, which no pattern of it allows together"
    ]


def test_each_week_may_choose_its_pattern() -> None:
    assert sentences(visited(0, 2, 8, 10, weeks=2), most=5, patterns=PATTERNS) == []
