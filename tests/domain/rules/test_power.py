"""A bus that needs power stands where there is some."""

import pytest

from busplan.domain.rules.power import check_power
from tests.factories import make_bus, make_plan, make_problem, make_stop


@pytest.mark.parametrize(
    ("needs_power", "power", "expected"),
    [
        (True, True, []),
        (False, False, []),
        (False, True, []),
        (True, False, ["wilde13 needs power, Halt s1 has none"]),
    ],
)
def test_only_a_bus_that_needs_power_needs_a_stop_with_power(
    needs_power: bool, power: bool, expected: list[str]
) -> None:
    problem = make_problem(
        buses=(make_bus(needs_power=needs_power),), stops=(make_stop(power=power),)
    )

    assert [v.sentence for v in check_power(make_plan(), problem)] == expected
