"""The relaxation's bound is true: no choice undercuts it, whatever the duals were."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.county_weeks import county_week
from busplan.domain.objective import cost_of
from busplan.planning.stopping import Stopper
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import Relaxation, relax, safe_bound
from busplan.planning.weeks.selection import Choice, select
from tests.factories import make_plan, make_problem
from tests.planning.parts import master_of

SEEDS = (2, 3, 5)
ROUNDING = 1e-4


@cache
def week(seed: int) -> Master:
    return master_of(county_week(stops=10, seed=seed, week_max_min=1000))


@cache
def best(seed: int) -> Choice:
    """The cheapest choice among all tours, proven without the relaxation."""
    master = week(seed)
    everything = range(len(master.columns))
    selection = select(master, everything, hint=None, work=60, seed=1, stopper=Stopper())
    assert selection.proven
    assert selection.choice is not None
    return selection.choice


def relaxed(seed: int) -> Relaxation:
    found = relax(week(seed), lambda: False)
    assert found is not None
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_no_choice_beats_the_bound(seed: int) -> None:
    assert relaxed(seed).bound <= best(seed).cost


@pytest.mark.parametrize("seed", SEEDS)
def test_no_tour_left_out_would_make_the_relaxation_better(seed: int) -> None:
    assert relaxed(seed).reduced_costs.min() >= -ROUNDING


@pytest.mark.parametrize("seed", SEEDS)
def test_a_better_choice_holds_only_tours_whose_reduced_cost_leaves_room(seed: int) -> None:
    """What the search drops by reduced cost is in no choice as cheap as the best."""
    found, choice = relaxed(seed), best(seed)

    room = choice.cost - found.bound
    assert found.reduced_costs[list(choice.tours)].max() <= room + ROUNDING


@given(data=st.data(), scale=st.sampled_from([0.0, 1.0, 300.0, 1e5]))
def test_any_duals_of_the_right_sign_give_a_true_bound(data: st.DataObject, scale: float) -> None:
    master = week(SEEDS[0])
    program = master.program
    random = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    duals = random.uniform(-scale, scale, len(program.lower))
    duals[(duals > 0) & np.isneginf(program.lower)] = 0
    duals[(duals < 0) & np.isposinf(program.upper)] = 0
    reduced = master.rows.reduced_costs(master.costs, duals)

    bound = safe_bound(master, duals, reduced, program.lower, program.upper)

    assert bound <= best(SEEDS[0]).cost + ROUNDING


def test_a_relaxation_that_is_ended_claims_nothing() -> None:
    assert relax(week(SEEDS[0]), lambda: True) is None


def test_without_any_tour_the_bound_is_the_cost_of_doing_nothing() -> None:
    problem = make_problem(crew=())

    found = relax(master_of(problem), lambda: False)

    assert found is not None
    assert found.bound == cost_of(make_plan(tours=()), problem).total
