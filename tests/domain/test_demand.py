"""What stops ask for, and the spans over which visits are counted."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.dates import DateRange
from busplan.domain.demand import need_spans, rolling_periods
from busplan.domain.errors import InvalidInput
from tests.factories import MONDAY, make_demand

PERIODS, WEEKS = st.integers(1, 12), st.integers(1, 4)


def weeks_from(offset: int, count: int) -> DateRange:
    """So many whole weeks, starting so many weeks after the first Monday."""
    first = MONDAY + timedelta(weeks=offset)
    return DateRange(first=first, last=first + timedelta(days=7 * count - 1))


@pytest.mark.parametrize(
    ("period", "weeks", "spans"),
    [
        (1, 1, [weeks_from(0, 1)]),
        (1, 2, [weeks_from(0, 1), weeks_from(1, 1)]),
        (2, 1, [weeks_from(-1, 2)]),
        (2, 2, [weeks_from(0, 2)]),
        (2, 3, [weeks_from(-1, 2), weeks_from(1, 2)]),
        (4, 2, [weeks_from(-2, 4)]),
    ],
)
def test_need_is_counted_in_periods_that_end_with_the_horizon(
    period: int, weeks: int, spans: list[DateRange]
) -> None:
    assert list(need_spans(period, MONDAY, weeks)) == spans


@given(period=PERIODS, weeks=WEEKS)
def test_every_day_of_the_horizon_counts_for_exactly_one_period(period: int, weeks: int) -> None:
    spans = need_spans(period, MONDAY, weeks)

    for day in weeks_from(0, weeks):
        assert sum(day in span for span in spans) == 1
    assert all(len(list(span)) == 7 * period for span in spans)
    assert all(span.last >= MONDAY for span in spans)
    assert list(spans) == sorted(spans)


@pytest.mark.parametrize(
    ("period", "weeks", "periods"),
    [
        (1, 2, [weeks_from(0, 1), weeks_from(1, 1)]),
        (2, 1, [weeks_from(-1, 2)]),
        (2, 3, [weeks_from(-1, 2), weeks_from(0, 2), weeks_from(1, 2)]),
    ],
)
def test_a_rolling_period_ends_with_every_week_of_the_horizon(
    period: int, weeks: int, periods: list[DateRange]
) -> None:
    assert list(rolling_periods(period, MONDAY, weeks)) == periods


@given(period=PERIODS, weeks=WEEKS)
def test_every_counted_span_is_a_rolling_period(period: int, weeks: int) -> None:
    """So no span of need can be overfull while the rolling periods are not."""
    rolling = rolling_periods(period, MONDAY, weeks)

    assert len(rolling) == weeks
    assert set(need_spans(period, MONDAY, weeks)) <= set(rolling)


@pytest.mark.parametrize(
    "given",
    [
        {"service_min": 0},
        {"least": 2, "wished": 1, "most": 2},
        {"wished": 2, "most": 1},
        {"least": -1},
        {"period_weeks": 0},
        {"weight": 0},
        {"headway_min_days": 0},
        {"weekdays": frozenset()},
        {"windows": ()},
    ],
)
def test_a_demand_that_asks_for_nothing_sensible_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="demand d1"):
        make_demand(**given)
