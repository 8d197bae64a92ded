"""A bus stands only where a site agreement allows it."""

from datetime import timedelta

import pytest

from busplan.domain.dates import DateRange
from busplan.domain.rules.agreements import check_agreements
from tests.factories import MONDAY, make_plan, make_problem, make_stop

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("agreement", "expected"),
    [
        (DateRange(first=MONDAY, last=MONDAY), []),
        (None, ["there is no site agreement for Halt s1"]),
        (
            DateRange(first=MONDAY - DAY, last=MONDAY - DAY),
            ["the site agreement for Halt s1 holds 2026-11-29/2026-11-29, not on Mo 2026-11-30"],
        ),
        (
            DateRange(first=MONDAY + DAY, last=MONDAY + DAY),
            ["the site agreement for Halt s1 holds 2026-12-01/2026-12-01, not on Mo 2026-11-30"],
        ),
    ],
)
def test_an_agreement_holds_the_date(agreement: DateRange | None, expected: list[str]) -> None:
    problem = make_problem(stops=(make_stop(agreement=agreement),))

    assert [v.sentence for v in check_agreements(make_plan(), problem)] == expected
