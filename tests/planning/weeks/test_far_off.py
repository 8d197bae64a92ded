"""A far-off plan comes nearer while the bound rises, whatever the cores do."""

from functools import cache

import pytest

from benchmarks.county_weeks import county_week
from busplan.planning.stopping import Stopper
from busplan.planning.weeks.far_off import Approached, approach
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import Relaxation, relax
from busplan.planning.weeks.selection import Choice, select
from busplan.planning.weeks.week_master import WeekMaster
from tests.planning.parts import master_of

SEEDS = (2, 5)


@cache
def week(seed: int) -> tuple[Master, Relaxation]:
    master = master_of(county_week(stops=10, seed=seed, week_max_min=700))
    found = relax(master, lambda: False)
    assert found is not None
    return master, found


def nothing(seed: int) -> Choice:
    choice = select(week(seed)[0], (), hint=None, work=1, seed=1, stopper=Stopper()).choice
    assert choice is not None
    return choice


def approached(seed: int, stopper: Stopper | None = None) -> Approached:
    weeks = WeekMaster.of(*week(seed))
    assert weeks is not None
    heard: list[tuple[Choice, float]] = []
    found = approach(
        week(seed)[0],
        weeks,
        nothing(seed),
        week(seed)[1],
        20,
        1,
        stopper or Stopper(),
        lambda choice, bound: heard.append((choice, bound)),
    )
    assert heard[-1] == (found.choice, found.part.bound)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_both_come_nearer_and_never_cross(seed: int) -> None:
    found = approached(seed)

    assert week(seed)[1].bound < found.part.bound <= found.choice.cost < nothing(seed).cost


def test_the_same_work_finds_the_same() -> None:
    first, again = approached(SEEDS[0]), approached(SEEDS[0])

    assert (first.choice, first.work) == (again.choice, again.work)
    assert first.part.bound == again.part.bound


def test_a_search_that_is_ended_keeps_the_choice_and_the_bound_it_has() -> None:
    found = approached(SEEDS[0], Stopper(asked=True))

    assert (found.choice, found.part.bound) == (nothing(SEEDS[0]), week(SEEDS[0])[1].bound)
