"""The cheapest bus-weeks by labels are those that trying every week finds."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest

from busplan.planning.weeks.week_labels import Offers, undominated, weeks_below

CAP_MIN = 30
DAYS, TOURS_A_DAY, MARKS = 4, 6, 5


def offers_of(seed: int) -> tuple[list[np.ndarray], Offers]:
    random = np.random.default_rng(seed)
    count = DAYS * TOURS_A_DAY
    offers = Offers(
        random.integers(1, 15, count),
        -random.integers(1, 50, count).astype(np.float64),
        np.array([1 << int(n) for n in random.integers(0, MARKS, count)], dtype=np.int64),
    )
    return list(np.arange(count).reshape(DAYS, TOURS_A_DAY)), offers


def every_week(days: list[np.ndarray], offers: Offers) -> Iterator[tuple[float, tuple[int, ...]]]:
    for chosen in product(*([-1, *day.tolist()] for day in days)):
        tours = tuple(tour for tour in chosen if tour >= 0)
        marks = [int(offers.marks[tour]) for tour in tours]
        if len(set(marks)) == len(marks) and sum(offers.minutes[list(tours)]) <= CAP_MIN:
            yield float(offers.cost[list(tours)].sum()), tours


def no_help() -> list[np.ndarray]:
    """Bounds on the days to come that rule nothing out."""
    return [np.full(CAP_MIN + 1, -1e9) for _ in range(DAYS)] + [np.zeros(CAP_MIN + 1)]


@pytest.mark.parametrize("seed", range(20))
def test_the_first_week_is_the_cheapest_of_all_that_visit_nobody_twice(seed: int) -> None:
    days, offers = offers_of(seed)

    found = weeks_below(days, offers, no_help(), 0.0, exact=True)

    assert found is not None
    assert found.costs[0] == min(cost for cost, _ in every_week(days, offers))


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_every_week_found_is_lawful_and_costs_what_is_said(seed: int, exact: bool) -> None:
    days, offers = offers_of(seed)
    lawful = {(cost, tours) for cost, tours in every_week(days, offers)}

    found = weeks_below(days, offers, no_help(), 0.0, exact=exact)

    assert found is not None
    assert set(zip(found.costs, found.tours, strict=True)) <= lawful


def test_nothing_is_found_where_nothing_is_cheap_enough() -> None:
    days, offers = offers_of(1)

    found = weeks_below(days, offers, no_help(), -1e6, exact=True)

    assert found is not None
    assert found.tours == ()


def test_a_dearer_or_equal_choice_with_more_marks_is_dropped() -> None:
    costs = np.array([-3.0, -3.0, -4.0, -2.0])
    marks = np.array([0b01, 0b11, 0b11, 0b10])

    assert undominated(costs, marks).tolist() == [0, 2, 3]
