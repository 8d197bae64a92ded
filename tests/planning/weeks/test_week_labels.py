"""The cheapest bus-weeks by labels are those that trying every week finds."""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
import pytest

from busplan.planning.weeks.week_labels import Offers, least_after, undominated, weeks_below

CAP_MIN = 30
DAYS, TOURS_A_DAY, MARKS = 4, 6, 5


def offers_of(seed: int) -> list[Offers]:
    random = np.random.default_rng(seed)
    return [
        Offers(
            np.arange(day * TOURS_A_DAY, (day + 1) * TOURS_A_DAY),
            random.integers(1, 15, TOURS_A_DAY),
            -random.integers(1, 50, TOURS_A_DAY).astype(np.float64),
            np.array([1 << int(n) for n in random.integers(0, MARKS, TOURS_A_DAY)]),
        )
        for day in range(DAYS)
    ]


def every_week(days: Sequence[Offers]) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Cost and tours of each that keeps the cap and repeats no mark."""
    rows = [[None, *zip(*(values.tolist() for values in day), strict=True)] for day in days]
    for chosen in product(*rows):
        tours = [row for row in chosen if row is not None]
        marks = [row[3] for row in tours]
        if len(set(marks)) == len(marks) and sum(row[1] for row in tours) <= CAP_MIN:
            yield sum(row[2] for row in tours), tuple(row[0] for row in tours)


def no_help() -> list[np.ndarray]:
    """Bounds on the days to come that rule nothing out."""
    return [*(np.full((1, CAP_MIN + 1), -1e9) for _ in range(DAYS - 1)), np.zeros((1, CAP_MIN + 1))]


@pytest.mark.parametrize("seed", range(20))
def test_the_first_week_is_the_cheapest_of_all_that_visit_nobody_twice(seed: int) -> None:
    days = offers_of(seed)

    found = weeks_below(days, no_help(), 0.0, exact=True)

    assert found is not None
    assert found.costs[0] == min(cost for cost, _ in every_week(days))


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_every_week_found_is_lawful_and_costs_what_is_said(seed: int, exact: bool) -> None:
    days = offers_of(seed)
    lawful = {(cost, tours) for cost, tours in every_week(days)}

    found = weeks_below(days, no_help(), 0.0, exact=exact)

    assert found is not None
    assert set(zip(found.costs, found.tours, strict=True)) <= lawful


def test_nothing_is_found_where_nothing_is_cheap_enough() -> None:
    days = offers_of(1)

    found = weeks_below(days, no_help(), -1e6, exact=True)

    assert found is not None
    assert found.tours == ()


def test_a_dearer_or_equal_choice_with_more_marks_is_dropped() -> None:
    costs = np.array([-3.0, -3.0, -4.0, -2.0])
    marks = np.array([0b01, 0b11, 0b11, 0b10])

    assert undominated(costs, marks).tolist() == [0, 2, 3]


@pytest.mark.parametrize("keys", range(MARKS + 1))
@pytest.mark.parametrize("seed", range(5))
def test_bounds_that_know_some_marks_lose_no_week(seed: int, keys: int) -> None:
    days = offers_of(seed)

    found = weeks_below(days, least_after(days, CAP_MIN, keys), 0.0, exact=True)

    assert found is not None
    assert found.costs[0] == min(cost for cost, _ in every_week(days))


@pytest.mark.parametrize("seed", range(5))
def test_bounds_that_know_all_marks_are_what_the_days_to_come_cost(seed: int) -> None:
    days = offers_of(seed)

    after = least_after(days, CAP_MIN, MARKS)

    assert after[0][0, CAP_MIN] == min(cost for cost, _ in every_week(days[1:]))
