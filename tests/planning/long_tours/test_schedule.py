"""How limits are divided depends on how many stops they have to do for."""

from dataclasses import replace

import pytest

from busplan.domain.periodic import PeriodicProblem
from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.schedule import LARGE, SHORT, schedule_for
from tests.periodic_problems import visited_on, week_of


@pytest.mark.parametrize(
    "limits", [SearchLimits(work=10), SearchLimits(work=1000, seconds=10)], ids=["work", "seconds"]
)
def test_many_stops_with_little_time_are_searched_and_nothing_else(limits: SearchLimits) -> None:
    assert schedule_for(week_of(stops=200, days=5, seed=1), limits) is SHORT
    assert schedule_for(week_of(stops=40, days=5, seed=1), limits).bounded


def test_a_large_fleet_is_combined_by_price() -> None:
    assert schedule_for(week_of(stops=601, days=5, seed=1), SearchLimits(work=1)) is LARGE


@pytest.mark.parametrize(
    ("limits", "waves"),
    [
        (SearchLimits(work=30), 1),
        (SearchLimits(work=60), 4),
        (SearchLimits(work=1e9, seconds=60), 4),
        (SearchLimits(work=300), 10),
    ],
)
def test_plans_of_a_large_fleet_are_bred_where_there_is_time_for_several(
    limits: SearchLimits, waves: int
) -> None:
    schedule = schedule_for(week_of(stops=601, days=5, seed=1), limits)

    assert schedule.waves == waves
    assert (schedule.crossed > 0) == (waves > 1)


def test_the_more_days_the_fewer_tours_are_combined() -> None:
    schedules = [
        schedule_for(week_of(stops=20, days=days, seed=1), SearchLimits(work=0.3))
        for days in (1, 5, 10, 25)
    ]

    assert [schedule.combined for schedule in schedules] == [2500, 2500, 1250, 500]
    assert [schedule.known for schedule in schedules] == [2500, 2500, 1250, 500]


@pytest.mark.parametrize(("work", "waves"), [(1, 1), (12, 8), (60, 32), (600, 32)])
def test_searches_begin_anew_as_time_allows_where_stops_come_back(work: float, waves: int) -> None:
    problem = visited_on(week_of(stops=100, days=5, seed=1), frozenset({0, 2}))

    assert schedule_for(problem, SearchLimits(work=work)).waves == waves


def _of_two_homes(stops: int) -> PeriodicProblem:
    problem = visited_on(week_of(stops=stops, days=5, seed=1), frozenset({0, 2}))
    return replace(problem, one_depot=True)


def test_one_short_search_goes_on_where_many_stops_have_one_home() -> None:
    problem = replace(_of_two_homes(200), one_depot=False)

    assert schedule_for(problem, SearchLimits(work=60)) is SHORT


@pytest.mark.parametrize(("work", "waves", "bounded"), [(60, 10, False), (100, 16, True)])
def test_many_stops_that_come_back_have_longer_and_hotter_waves(
    work: float, waves: int, bounded: bool
) -> None:
    few, many = (_of_two_homes(stops) for stops in (150, 200))

    schedule = schedule_for(many, SearchLimits(work=work))

    assert (schedule.waves, schedule.bounded) == (waves, bounded)
    assert schedule.hot > schedule_for(few, SearchLimits(work=work)).hot


def test_one_search_goes_on_where_most_stops_are_visited_once() -> None:
    problem = visited_on(week_of(stops=100, days=5, seed=1), frozenset({0}))

    assert schedule_for(problem, SearchLimits(work=60)).waves == 1
