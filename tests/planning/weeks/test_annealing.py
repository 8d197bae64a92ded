"""Annealed choices keep every rule, are the same for the same seed, and come near the best."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks.county_weeks import county_week
from busplan.domain.objective import cost_of
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.check import check_plan
from busplan.planning.stopping import Stopper
from busplan.planning.weeks.anneal_rules import rules_of
from busplan.planning.weeks.annealing import FIRST_HEAT, SEARCHES, Annealing
from busplan.planning.weeks.assembly import make_plan
from busplan.planning.weeks.improve import Improved
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import Relaxation, relax
from tests.planning.parts import best_of, master_of, nothing, relaxed, relaxed_week
from tests.tiny_problems import tiny_problems

SEEDS = (2, 3, 5)


def week(seed: int) -> tuple[Master, Relaxation]:
    return relaxed_week(14, seed, 1000)


def annealed(seed: int, work: float = 1.0, stopper: Stopper | None = None) -> Improved:
    master, relaxation = week(seed)
    heard = [nothing(master)]
    search = Annealing(master, relaxation, 1)
    found = search.improve(heard[0], work, stopper or Stopper(), heard.append)
    assert heard[-1] == found.choice
    assert all(after.cost < before.cost for before, after in pairwise(heard))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_a_short_search_is_within_a_per_cent_of_the_best(seed: int) -> None:
    master, _ = week(seed)
    best = best_of(master)

    found = annealed(seed)

    assert best.cost <= found.choice.cost <= 1.01 * best.cost


@pytest.mark.parametrize("seed", SEEDS)
def test_the_plan_breaks_no_rule_and_costs_what_was_said(seed: int) -> None:
    master, _ = week(seed)

    choice = annealed(seed).choice

    plan = make_plan(master, choice)
    assert not list(check_plan(plan, master.problem))
    assert cost_of(plan, master.problem).total == choice.cost


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=tiny_problems())
def test_no_run_breaks_a_row_it_keeps(problem: PlanningProblem) -> None:
    """Caps, headways, towns and one tour a slot, whatever the week is like."""
    master, relaxation = relaxed(problem)
    search, (_, kept) = Annealing(master, relaxation, 1), rules_of(master)

    tours = search.run((), FIRST_HEAT, Stopper())

    counts: Counter[int] = Counter()
    for tour in tours:
        counts.update(dict(master.rows.entries(tour)))
    assert all(counts[row] <= upper for row, upper in enumerate(master.program.upper) if kept[row])


def test_a_row_that_is_full_from_the_start_takes_no_visit() -> None:
    """As many visits as a record may have were made in weeks before."""
    master = master_of(county_week(stops=10, seed=2))
    names, upper = master.program.row_names(), master.program.upper
    full = [row for row, name in enumerate(names) if isinstance(name, tuple) and name[0] == "most"]
    for row in full[::2]:
        upper[row] = 0
    relaxation = relax(master, lambda: False)
    assert relaxation is not None

    tours = Annealing(master, relaxation, 1).run((), FIRST_HEAT, Stopper())

    assert tours
    counted = {row for tour in tours for row, _ in master.rows.entries(tour)}
    assert not counted & set(full[::2])


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=tiny_problems())
def test_no_choice_beats_the_bound_or_breaks_a_rule(problem: PlanningProblem) -> None:
    master, relaxation = relaxed(problem)

    choice = (
        Annealing(master, relaxation, 1)
        .improve(nothing(master), 0.01, Stopper(), lambda _: None)
        .choice
    )

    plan = make_plan(master, choice)
    assert not list(check_plan(plan, problem))
    assert relaxation.bound <= choice.cost == cost_of(plan, problem).total


def test_the_same_work_finds_the_same_choice() -> None:
    assert annealed(SEEDS[0]) == annealed(SEEDS[0])


def test_a_search_that_is_ended_keeps_what_it_has() -> None:
    assert annealed(SEEDS[0], stopper=Stopper(asked=True)).choice == nothing(week(SEEDS[0])[0])


def test_searches_gone_on_with_are_over_once_nothing_more_is_found() -> None:
    master, relaxation = week(SEEDS[0])
    search = Annealing(master, relaxation, 1)
    ended = search.improve(nothing(master), 1000, Stopper(), lambda _: None)

    assert search.is_over
    assert search.searches > SEARCHES
    again = search.improve(ended.choice, 1000, Stopper(), lambda _: None)
    assert (again.choice, again.work) == (ended.choice, 0)


def test_a_search_gone_on_with_in_pieces_finds_what_it_finds_at_once() -> None:
    master, relaxation = week(SEEDS[1])
    whole = Annealing(master, relaxation, 1).improve(
        nothing(master), 1000, Stopper(), lambda _: None
    )

    search, best = Annealing(master, relaxation, 1), nothing(master)
    while not search.is_over:
        best = search.improve(best, 0.1, Stopper(), lambda _: None).choice

    assert best.cost == whole.choice.cost
