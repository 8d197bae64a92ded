"""What the arrays of a periodic problem say about time: windows only where they can bind."""

from dataclasses import replace

import numpy as np
import pytest

from busplan.domain.periodic import PeriodicProblem
from busplan.planning.long_tours.periodic_arrays import ADDED, TIMED, UNTIMED, to_arrays
from tests.periodic_problems import week_of


def _within(earliest: float, latest: float, max_duration: float) -> PeriodicProblem:
    """A week whose vehicles have hours and whose stops have no windows."""
    problem = week_of(stops=6, days=3, seed=1)
    groups = tuple(
        replace(group, earliest=earliest, latest=latest, max_duration=max_duration)
        for group in problem.groups
    )
    stops = tuple(replace(stop, earliest=0.0, latest=np.inf) for stop in problem.stops)
    return replace(problem, groups=groups, stops=stops)


@pytest.mark.parametrize(("max_duration", "longest"), [(300.0, 300.0), (900.0, 600.0)])
def test_hours_of_vehicles_alone_are_a_longest_duration(
    max_duration: float, longest: float
) -> None:
    arrays = to_arrays(_within(480.0, 1080.0, max_duration))

    assert arrays.timing == ADDED
    assert set(arrays.max_duration.tolist()) == {longest}


def test_without_any_limit_tours_take_no_time() -> None:
    assert to_arrays(_within(0.0, np.inf, np.inf)).timing == UNTIMED


@pytest.mark.parametrize("window", [{"earliest": 481.0}, {"latest": 1079.0}])
def test_a_window_narrower_than_the_hours_counts(window: dict[str, float]) -> None:
    problem = _within(480.0, 1080.0, 300.0)
    stops = (replace(problem.stops[0], **window), *problem.stops[1:])

    assert to_arrays(replace(problem, stops=stops)).timing == TIMED


def test_days_of_patterns_and_stops_are_listed() -> None:
    arrays = to_arrays(week_of(stops=20, days=5, seed=1))

    for stop in range(20):
        of_stop = set()
        for pattern in range(arrays.first_pattern[stop], arrays.first_pattern[stop + 1]):
            days = [day for day in arrays.pattern_days[pattern].tolist() if day >= 0]
            assert days == np.flatnonzero(arrays.patterns[pattern]).tolist()
            of_stop.update(days)
        assert [d for d in arrays.stop_days[stop].tolist() if d >= 0] == sorted(of_stop)
