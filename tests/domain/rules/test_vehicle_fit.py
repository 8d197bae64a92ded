"""A bus fits the stop and its approach."""

import pytest

from busplan.domain.rules.vehicle_fit import check_vehicle_fit
from tests.factories import make_bus, make_plan, make_problem, make_stop

BUS = make_bus(height_m=4.0, length_m=11.0, weight_t=16.0)


@pytest.mark.parametrize(
    ("limit", "fits", "too_small"),
    [
        ("max_height_m", 4.0, 3.99),
        ("max_length_m", 11.0, 10.5),
        ("max_weight_t", 16.0, 7.5),
    ],
)
def test_a_bus_may_reach_each_limit_but_not_pass_it(
    limit: str, fits: float, too_small: float
) -> None:
    def violations(value: float) -> int:
        problem = make_problem(buses=(BUS,), stops=(make_stop(**{limit: value}),))
        return len(list(check_vehicle_fit(make_plan(), problem)))

    assert violations(fits) == 0
    assert violations(too_small) == 1


def test_unknown_limits_limit_nothing() -> None:
    assert list(check_vehicle_fit(make_plan(), make_problem(buses=(BUS,)))) == []


def test_the_sentence_names_size_and_limit() -> None:
    problem = make_problem(buses=(BUS,), stops=(make_stop(max_height_m=3.5),))

    [violation] = check_vehicle_fit(make_plan(), problem)

    assert violation.sentence == "wilde13 has a height of 4.0 m, Halt s1 takes 3.5 m"
