"""The judge of periodic plans at the boundary of every limit: just lawful, just not."""

import math
from dataclasses import replace

import pytest

from busplan.domain.periodic import (
    PeriodicPlan,
    PeriodicProblem,
    PeriodicStop,
    PeriodicTour,
    VehicleGroup,
)
from busplan.domain.periodic_check import check_periodic_plan

LINE = tuple(tuple(10.0 * abs(a - b) for b in range(4)) for a in range(4))
"""Four nodes on a line, ten apart; the depot is node 0."""
MONDAY, TUESDAY = frozenset({0}), frozenset({1})


def problem(
    stop: dict[str, object] | None = None,
    group: dict[str, object] | None = None,
    **others: object,
) -> PeriodicProblem:
    """Two stops for one vehicle on two days; the first stop and the vehicle as asked for."""
    vehicle = VehicleGroup(id="bus", depot=0, vehicles=(1, 1))
    near = PeriodicStop(id="near", node=1, service=5, load=2, patterns=(MONDAY,))
    far = PeriodicStop(id="far", node=2, service=5, load=2, patterns=(MONDAY,))
    given = PeriodicProblem(
        name="line",
        days=2,
        stops=(replace(near, **(stop or {})), far),
        groups=(replace(vehicle, **(group or {})),),
        costs=LINE,
        durations=LINE,
    )
    return replace(given, **others)


def plan(*tours: tuple[int, tuple[int, ...]]) -> PeriodicPlan:
    """Tours as day and stops."""
    return PeriodicPlan(
        tours=tuple(PeriodicTour(group=0, day=day, stops=stops) for day, stops in tours)
    )


BOTH = plan((0, (0, 1)))


def rules(given: PeriodicPlan, asked: PeriodicProblem) -> list[str]:
    """Names of the limits broken."""
    return [violation.rule for violation in check_periodic_plan(given, asked)]


@pytest.mark.parametrize(
    ("stop", "group", "broken"),
    [
        ({}, {}, []),
        ({}, {"capacity": 4.0}, []),
        ({}, {"capacity": 3.9}, ["capacity"]),
        ({}, {"max_duration": 50.0}, []),
        ({}, {"max_duration": 49.9}, ["duration"]),
        ({"latest": 10.0}, {}, []),
        ({"latest": 9.9}, {}, ["windows"]),
        ({"earliest": 100.0}, {"max_duration": 50.0}, []),
        ({}, {"latest": 50.0}, []),
        ({}, {"latest": 49.9}, ["hours"]),
        ({}, {"earliest": 5.0, "latest": 54.9}, ["hours"]),
        ({"groups": frozenset({0})}, {}, []),
        ({"groups": frozenset()}, {}, ["groups"]),
        ({"patterns": (TUESDAY, MONDAY)}, {}, []),
        ({"patterns": (TUESDAY,)}, {}, ["patterns"]),
        ({"patterns": (MONDAY | TUESDAY,)}, {}, ["patterns"]),
        ({}, {"vehicles": (0, 1)}, ["fleet"]),
    ],
)
def test_a_limit_is_broken_just_beyond_it(
    stop: dict[str, object], group: dict[str, object], broken: list[str]
) -> None:
    assert rules(BOTH, problem(stop, group)) == broken


def test_a_tour_that_waits_takes_its_least_duration() -> None:
    """It leaves as late as the first window allows; only waiting after that counts."""
    asked = problem({"latest": 20.0}, {"max_duration": 80.0})
    late = replace(asked.stops[1], earliest=65.0)  # leaves at 10, at near 20, waits for far
    lawful = replace(asked, stops=(asked.stops[0], late))
    short = replace(lawful, groups=(replace(lawful.groups[0], max_duration=79.9),))

    assert rules(BOTH, lawful) == []
    assert rules(BOTH, short) == ["duration"]


def test_visiting_twice_on_one_day_is_no_pattern() -> None:
    assert rules(plan((0, (0, 1, 0))), problem()) == ["patterns"]


def test_a_stop_left_out_is_told() -> None:
    assert rules(plan((0, (1,))), problem()) == ["patterns"]


@pytest.mark.parametrize("stops", [(), (0, 7)])
def test_a_plan_of_unknown_things_is_told_before_all_else(stops: tuple[int, ...]) -> None:
    assert rules(plan((0, stops)), problem()) == ["references"]


def test_one_depot_visits_a_stop_on_all_days_where_asked() -> None:
    """Two depots share the visits of a stop only if the problem allows it."""
    every_day = problem({"patterns": (MONDAY | TUESDAY,)})
    second = replace(every_day.groups[0], id="other", depot=3)
    shared = replace(every_day, groups=(*every_day.groups, second))
    tours = (
        PeriodicTour(group=0, day=0, stops=(0, 1)),
        PeriodicTour(group=1, day=1, stops=(0,)),
    )

    assert rules(PeriodicPlan(tours=tours), shared) == []
    assert rules(PeriodicPlan(tours=tours), replace(shared, one_depot=True)) == ["depots"]


def test_rounding_breaks_no_limit() -> None:
    """Sums of many legs may differ in their last digits."""
    assert rules(BOTH, problem(group={"max_duration": math.nextafter(50.0, 0)})) == []
