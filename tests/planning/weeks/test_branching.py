"""Where weekly caps bind, parts of all plans are bounded and split until the best is proven."""

from functools import cache

import numpy as np
import pytest

from busplan.planning.stopping import Stopper
from busplan.planning.weeks.branching import branch
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import Relaxation
from busplan.planning.weeks.selection import Choice
from busplan.planning.weeks.week_master import Part, WeekMaster
from tests.planning.parts import best_of, nothing, relaxed_week

SEEDS = (2, 3, 5)
CAP_MIN = 700
ROUNDING = 1e-3


def week(seed: int, cap: int | None = CAP_MIN) -> tuple[Master, Relaxation]:
    return relaxed_week(10, seed, cap)


def weeks_of(seed: int) -> WeekMaster:
    weeks = WeekMaster.of(*week(seed))
    assert weeks is not None
    return weeks


@cache
def best(seed: int) -> Choice:
    """The cheapest choice among all tours."""
    return best_of(week(seed)[0])


def everything(seed: int) -> Part:
    """All plans."""
    plain = week(seed)[1]
    return Part(plain.bound, {}, duals=plain.duals)


def ignore(choice: Choice, bound: float) -> None:
    """Hear of progress and do nothing."""


@pytest.mark.parametrize("seed", SEEDS)
def test_the_bound_of_all_plans_is_never_lower_and_never_above_the_best(seed: int) -> None:
    master, plain = week(seed)

    found = weeks_of(seed).bound(everything(seed), best(seed).cost + 1, lambda: False)

    assert plain.bound - ROUNDING <= found.bound <= best(seed).cost + ROUNDING
    assert len(found.least) == len(master.columns)


def test_the_bound_is_higher_where_caps_cut_tours_in_parts() -> None:
    gains = [
        weeks_of(seed).bound(everything(seed), best(seed).cost + 1, lambda: False).bound
        - week(seed)[1].bound
        for seed in SEEDS
    ]

    assert max(gains) > 1


@pytest.mark.parametrize("seed", SEEDS)
def test_no_tour_of_the_best_choice_is_said_to_make_plans_dearer_than_it(seed: int) -> None:
    least = weeks_of(seed).bound(everything(seed), best(seed).cost + 1, lambda: False).least

    assert least[list(best(seed).tours)].max() <= best(seed).cost + ROUNDING


@pytest.mark.parametrize("seed", SEEDS)
def test_a_part_without_the_best_visits_is_bounded_by_the_best_of_the_rest(seed: int) -> None:
    master, _ = week(seed)
    visits = master.columns.tours.visits
    banned = frozenset(visits[best(seed).tours[0]][:1].tolist())
    allowed = np.flatnonzero(~np.isin(visits, list(banned)).any(axis=1)).tolist()
    rest = best_of(master, allowed)

    found = weeks_of(seed).bound(Part(0, {}, banned), rest.cost + 1, lambda: False)

    assert found.bound <= rest.cost + ROUNDING
    assert np.isposinf(found.least[np.isin(visits, list(banned)).any(axis=1)]).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_splitting_proves_the_best_choice_of_all(seed: int) -> None:
    master, _ = week(seed)
    all_plans = everything(seed)

    proven = branch(master, weeks_of(seed), nothing(master), all_plans, 60, 1, Stopper(), ignore)

    assert proven.choice.cost == best(seed).cost
    assert proven.bound > best(seed).cost - 1


def test_without_caps_there_are_no_bus_weeks() -> None:
    assert WeekMaster.of(*week(SEEDS[0], None)) is None


def test_a_search_that_is_ended_keeps_the_bound_and_the_choice_it_has() -> None:
    master, plain = week(SEEDS[0])
    first = nothing(week(SEEDS[0])[0])

    proven = branch(
        master, weeks_of(SEEDS[0]), first, everything(SEEDS[0]), 60, 1, Stopper(asked=True), ignore
    )

    assert (proven.choice, proven.bound) == (first, plain.bound)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_part_may_ask_for_as_many_visits_as_a_record_may_have_though_no_column_gives_any(
    seed: int,
) -> None:
    upper = week(seed)[0].program.upper
    weeks = weeks_of(seed)
    limits = {row: (upper[row], upper[row]) for row in weeks.counted}
    assert max(most for most, _ in limits.values()) > 1

    found = weeks.bound(Part(-np.inf, limits), best(seed).cost, lambda: False)

    assert found.bound > best(seed).cost


@pytest.mark.parametrize("seed", SEEDS)
def test_a_twin_learns_the_columns_and_marks_of_another(seed: int) -> None:
    weeks = weeks_of(seed)
    twin = weeks.twin()
    weeks.bound(everything(seed), best(seed).cost + 1, lambda: False)

    twin.learn(weeks.marks.marked, weeks.columns)

    assert twin.marks.marked == weeks.marks.marked
    assert set(twin.columns) >= set(weeks.columns)
    assert not any(twin.marks.repeated(tours) for tours in twin.columns)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_week_of_a_relaxation_breaks_a_row_between_the_days_of_its_own(seed: int) -> None:
    """Visited once, or with a headway: what one bus-week breaks by itself is no part of a plan."""
    weeks = weeks_of(seed)
    rows = {weeks.master.program.row_names()[row][0] for row in weeks.marks.counted}

    found = weeks.bound(everything(seed), best(seed).cost + 1, lambda: False)

    assert rows == {"most", "headway"}
    assert not any(weeks.marks.twice(tours) for tours in found.values)


@pytest.mark.parametrize("seed", SEEDS)
def test_rounds_among_near_tours_leave_bound_and_proof_true(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    master, plain = week(seed)
    monkeypatch.setattr("busplan.planning.weeks.week_master.NEAR_TOURS", 30)

    found = weeks_of(seed).bound(everything(seed), best(seed).cost + 1, lambda: False)
    proven = branch(
        master, weeks_of(seed), nothing(master), everything(seed), 60, 1, Stopper(), ignore
    )

    assert plain.bound - ROUNDING <= found.bound <= best(seed).cost + ROUNDING
    assert found.least[list(best(seed).tours)].max() <= best(seed).cost + ROUNDING
    assert proven.choice.cost == best(seed).cost
    assert proven.bound > best(seed).cost - 1
