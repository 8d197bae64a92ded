"""Phrases, dates and times as visitors read them."""

from datetime import UTC, date, datetime

import pytest

from busplan.publishing.languages import LANGUAGES
from busplan.publishing.words import Words

GERMAN = Words()


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 30), date(2026, 12, 6), "30. November – 6. Dezember 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28. Dezember 2026 – 3. Januar 2027"),
    ],
)
def test_a_week_names_the_year_once_where_it_is_the_same(
    first: date, last: date, said: str
) -> None:
    assert GERMAN.dates_title(first, last) == said


def test_moments_are_told_by_the_berlin_clock() -> None:
    moment = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)

    assert GERMAN.as_of(moment) == "Stand: 2. Juli 2026, 00:30 Uhr"
    assert GERMAN.changed(moment) == "seit Do 2.7., 00:30 Uhr"


def test_numbers_have_the_sign_of_the_language() -> None:
    english = next(language for language in LANGUAGES if language.code == "en")

    assert GERMAN.tenths(25) == "25,0"
    assert Words(english).tenths(1234.56) == "1,234.6"


def test_a_day_is_told_at_length_and_in_short() -> None:
    assert GERMAN.day_title(date(2026, 11, 30)) == "Montag, 30. November"
    assert GERMAN.day_short(date(2026, 11, 30)) == "Mo 30.11."


def test_an_unknown_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        GERMAN.say("nonsense")
