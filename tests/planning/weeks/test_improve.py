"""Large neighbourhoods never lose ground, and cores change nothing they find."""

from random import Random

import pytest

from busplan.planning.stopping import Stopper
from busplan.planning.weeks.improve import Improved, Neighbourhoods, improve
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import Relaxation
from busplan.planning.weeks.selection import Choice
from tests.planning.parts import nothing, relaxed_week

SEEDS = (2, 3, 5)


def week(seed: int) -> tuple[Master, Relaxation]:
    return relaxed_week(14, seed, 1000)


def improved(seed: int, work: float = 3, stopper: Stopper | None = None) -> Improved:
    master, relaxation = week(seed)
    heard: list[Choice] = []
    found = improve(
        master, relaxation, nothing(master), work, 1, stopper or Stopper(), heard.append
    )
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
def test_a_search_gone_on_with_is_over_once_nothing_more_is_found(seed: int) -> None:
    master, relaxation = week(seed)
    search = Neighbourhoods(master, Random(1))
    choice = search.improve(relaxation, nothing(master), 0.01, Stopper(), lambda _: None).choice
    assert not search.is_over

    ended = search.improve(relaxation, choice, 1000, Stopper(), lambda _: None)

    assert search.is_over
    assert ended.choice.cost <= choice.cost
    assert search.improve(relaxation, ended.choice, 1, Stopper(), lambda _: None).work == 0
