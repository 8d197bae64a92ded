"""Every ground that forbids a visit by itself can be lifted, unless only another day helps."""

from typing import Any

import pytest

from busplan.planning.explaining.lifting import OTHER_DAY, can_lift, lift
from busplan.planning.weeks.candidates import list_candidates
from tests.factories import MONDAY, make_problem
from tests.planning.weeks.test_candidates import FORBIDDEN, demand


@pytest.mark.parametrize(("rule", "given"), FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_what_is_lifted_is_allowed_and_the_rest_needs_another_day(
    rule: str, given: dict[str, Any]
) -> None:
    problem = make_problem(**(demand() | given))
    _, refusals = list_candidates(problem)
    (refusal,) = (r for r in refusals if r.service_date == MONDAY and r.bus_id == "wilde13")

    if can_lift(refusal):
        allowed, _ = list_candidates(lift(problem, refusal))
        assert {c.stop_id for c in allowed if c.service_date == MONDAY} == {"s1"}
    else:
        assert [remedy for _, _, remedy in refusal.grounds] == [OTHER_DAY]
