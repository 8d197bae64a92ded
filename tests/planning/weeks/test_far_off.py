"""A far-off plan comes nearer while the bound rises, whatever the cores do."""

import pytest

from busplan.planning.stopping import Stopper
from busplan.planning.weeks.far_off import Approached, approach
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import Relaxation
from busplan.planning.weeks.selection import Choice
from busplan.planning.weeks.week_master import WeekMaster
from tests.planning.parts import nothing, relaxed_week

SEEDS = (2, 5)


def week(seed: int) -> tuple[Master, Relaxation]:
    return relaxed_week(10, seed, 700)


def approached(seed: int, stopper: Stopper | None = None) -> Approached:
    master, relaxation = week(seed)
    weeks = WeekMaster.of(master, relaxation)
    assert weeks is not None
    heard: list[tuple[Choice, float]] = [(nothing(master), relaxation.bound)]
    found = approach(
        master,
        weeks,
        nothing(master),
        relaxation,
        20,
        1,
        stopper or Stopper(),
        lambda choice, bound: heard.append((choice, bound)),
    )
    assert heard[-1] == (found.choice, found.part.bound)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_both_come_nearer_and_never_cross(seed: int) -> None:
    master, relaxation = week(seed)

    found = approached(seed)

    assert relaxation.bound < found.part.bound <= found.choice.cost < nothing(master).cost


def test_the_same_work_finds_the_same() -> None:
    first, again = approached(SEEDS[0]), approached(SEEDS[0])

    assert (first.choice, first.work) == (again.choice, again.work)
    assert first.part.bound == again.part.bound


def test_a_search_that_is_ended_keeps_the_choice_and_the_bound_it_has() -> None:
    master, relaxation = week(SEEDS[0])

    found = approached(SEEDS[0], Stopper(asked=True))

    assert (found.choice, found.part.bound) == (nothing(master), relaxation.bound)
