"""How limits are divided depends on how many stops they have to do for."""

import pytest

from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.schedule import LARGE, SHORT, schedule_for
from tests.periodic_problems import week_of


@pytest.mark.parametrize(
    "limits", [SearchLimits(work=10), SearchLimits(work=1000, seconds=10)], ids=["work", "seconds"]
)
def test_many_stops_with_little_time_are_searched_and_nothing_else(limits: SearchLimits) -> None:
    assert schedule_for(week_of(stops=200, days=5, seed=1), limits) is SHORT
    assert schedule_for(week_of(stops=40, days=5, seed=1), limits).bounded


def test_a_large_fleet_is_combined_by_price() -> None:
    assert schedule_for(week_of(stops=601, days=5, seed=1), SearchLimits(work=1)) is LARGE


def test_the_more_days_the_fewer_tours_are_combined() -> None:
    combined = [
        schedule_for(week_of(stops=20, days=days, seed=1), SearchLimits()).combined
        for days in (1, 5, 10, 25)
    ]

    assert combined == [2500, 2500, 1250, 500]
