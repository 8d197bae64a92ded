"""Choosing whole bus-weeks raises the bound where weekly caps bind, and it stays true."""

from functools import cache

import numpy as np
import pytest

from benchmarks.county_weeks import county_week
from busplan.planning.stopping import Stopper
from busplan.planning.weeks.bus_weeks import tighten
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import Relaxation, relax
from busplan.planning.weeks.selection import Choice, select
from tests.planning.parts import master_of

SEEDS = (2, 3, 5)
CAP_MIN = 700
ROUNDING = 1e-3


@cache
def week(seed: int, cap: int | None = CAP_MIN) -> tuple[Master, Relaxation]:
    master = master_of(county_week(stops=10, seed=seed, week_max_min=cap))
    found = relax(master, lambda: False)
    assert found is not None
    return master, found


@cache
def best(seed: int) -> Choice:
    """The cheapest choice among all tours, proven without any relaxation."""
    master, _ = week(seed)
    everything = range(len(master.columns))
    selection = select(master, everything, hint=None, work=60, seed=1, stopper=Stopper())
    assert selection.proven
    assert selection.choice is not None
    return selection.choice


@pytest.mark.parametrize("seed", SEEDS)
def test_the_bound_is_never_lower_and_never_above_the_best_choice(seed: int) -> None:
    master, plain = week(seed)

    tight = tighten(master, plain, lambda: False)

    assert plain.bound <= tight.bound <= best(seed).cost


def test_the_bound_is_higher_where_caps_cut_tours_in_parts() -> None:
    gains = [tighten(*week(seed), lambda: False).bound - week(seed)[1].bound for seed in SEEDS]

    assert max(gains) > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_proven_too_dear_is_in_no_choice_as_cheap_as_the_best(seed: int) -> None:
    tight, choice = tighten(*week(seed), lambda: False), best(seed)

    room = choice.cost - tight.bound

    assert tight.reduced_costs[list(choice.tours)].max() <= room + ROUNDING


def test_without_caps_nothing_changes() -> None:
    master, plain = week(SEEDS[0], None)

    assert tighten(master, plain, lambda: False) is plain


def test_a_search_that_is_ended_keeps_the_bound_it_has() -> None:
    master, plain = week(SEEDS[0])

    tight = tighten(master, plain, lambda: True)

    assert tight.bound == plain.bound
    assert np.allclose(tight.reduced_costs, plain.reduced_costs)
