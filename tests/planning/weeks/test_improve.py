"""Large neighbourhoods never lose ground, and cores change nothing they find."""

from functools import cache
from random import Random

import pytest

from benchmarks.county_weeks import county_week
from busplan.planning.stopping import Stopper
from busplan.planning.weeks.improve import Improved, Neighbourhoods
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import Relaxation, relax
from busplan.planning.weeks.selection import Choice, select
from tests.planning.parts import master_of

SEEDS = (2, 3, 5)


@cache
def week(seed: int) -> tuple[Master, Relaxation]:
    master = master_of(county_week(stops=14, seed=seed, week_max_min=1000))
    found = relax(master, lambda: False)
    assert found is not None
    return master, found


def nothing(master: Master) -> Choice:
    choice = select(master, (), hint=None, work=1, seed=1, stopper=Stopper()).choice
    assert choice is not None
    return choice


def improved(
    seed: int, work: float = 3, stopper: Stopper | None = None, largest: int = 1
) -> Improved:
    master, relaxation = week(seed)
    heard: list[Choice] = []
    search = Neighbourhoods(master, Random(1), largest)
    found = search.improve(relaxation, nothing(master), work, stopper or Stopper(), heard.append)
    assert not heard or heard[-1] == found.choice
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_every_better_choice_is_told_and_none_beats_the_bound(seed: int) -> None:
    master, relaxation = week(seed)

    found = improved(seed)

    assert relaxation.bound <= found.choice.cost < nothing(master).cost


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_work_finds_the_same_choice(seed: int) -> None:
    assert improved(seed) == improved(seed)


def test_a_search_that_is_ended_keeps_what_it_has() -> None:
    stopper = Stopper()
    stopper.stop()

    assert improved(SEEDS[0], stopper=stopper).choice == nothing(week(SEEDS[0])[0])


@pytest.mark.parametrize("seed", SEEDS)
def test_steps_that_grow_go_on_from_where_small_ones_end(seed: int) -> None:
    small, grown = improved(seed, work=30), improved(seed, work=30, largest=4)

    assert grown.choice.cost <= small.choice.cost
    assert grown.work > small.work
