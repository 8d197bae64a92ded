"""German dates and numbers as visitors read them."""

from datetime import UTC, date, datetime

import pytest

from busplan.publishing import texts


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 30), date(2026, 12, 6), "30. November bis 6. Dezember 2026"),
        (date(2026, 12, 7), date(2026, 12, 13), "7. bis 13. Dezember 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28. Dezember 2026 bis 3. Januar 2027"),
    ],
)
def test_a_week_names_month_and_year_once_where_they_are_the_same(
    first: date, last: date, said: str
) -> None:
    assert texts.dates_title(first, last) == said


def test_moments_are_told_by_the_berlin_clock() -> None:
    moment = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)

    assert texts.as_of(moment) == "Stand: Donnerstag, 2. Juli 2026, 00:30 Uhr"
    assert texts.changed(moment) == "seit Do 2.7., 00:30 Uhr"


def test_visits_and_towns_are_counted_in_words() -> None:
    assert texts.visits_in_towns(1, 1) == "1 Halt"
    assert texts.visits_in_towns(2, 1) == "2 Halte in 1 Gemeinde"
    assert texts.visits_in_towns(12, 9) == "12 Halte in 9 Gemeinden"


def test_an_unknown_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        texts.say("nonsense")
