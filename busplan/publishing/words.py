"""What visitors read in one language: phrases, dates, times and ages."""

import re
from datetime import date, datetime
from functools import cached_property

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from busplan.domain.dates import BERLIN, clock
from busplan.domain.public_timetable import DayPart, PublicStatus
from busplan.publishing.catalogue import phrases_of, read_catalogue
from busplan.publishing.languages import EASY_GERMAN, GERMAN, Language

MINUTES_PER_HOUR = 60
_YEAR = re.compile(r",?\s*y+(\s*'[^']*'\.?)?")
"""The year in a CLDR date pattern, with the word for it that Slavic languages add."""


class Words:
    """The phrases and formats of one language."""

    def __init__(self, language: Language = GERMAN) -> None:
        self.language = language
        self._locale = Locale.parse(language.locale)
        self._phrases = phrases_of(language)

    def say(self, key: str, **values: object) -> str:
        """One text with its gaps filled. Raises ``KeyError`` for an unknown key or gap."""
        return self._phrases[key].format(**values)

    @property
    def unchecked(self) -> bool:
        """Whether nobody who speaks the language has read its phrases yet."""
        return not read_catalogue(self.language).checked_by

    def day_part(self, part: DayPart) -> str:
        """Vormittags, nachmittags, abends."""
        return self.say(f"part_{part}")

    def state(self, status: PublicStatus) -> str:
        """Kommt, verlegt, ist da, vorbei, fällt aus."""
        return self.say(f"state_{status}")

    def day_title(self, day: date) -> str:
        """Montag, 30. November."""
        return format_date(day, self._without_year["full"], locale=self._locale)

    def day_long(self, day: date) -> str:
        """30. November 2026."""
        return format_date(day, "long", locale=self._locale)

    def day_short(self, day: date) -> str:
        """Mo 30.11."""
        weekday = format_date(day, "EEE", locale=self._locale).rstrip(".")
        return f"{weekday} {self.day_number(day)}"

    def day_number(self, day: date) -> str:
        """30.11., the day and month alone."""
        pattern = str(self._locale.datetime_skeletons["Md"])
        return format_date(day, pattern, locale=self._locale)

    def dates_title(self, first: date, last: date) -> str:
        """30. November – 6. Dezember 2026; the year is said once where it is the same."""
        until = self.day_long(last)
        pattern = self._without_year["long"] if first.year == last.year else "long"
        return f"{format_date(first, pattern, locale=self._locale)} – {until}"

    def as_of(self, when: datetime) -> str:
        """Stand: 30. November 2026, 08:05 Uhr; by the Berlin wall clock."""
        day, time = _local(when)
        return self.say("as_of", day=self.day_long(day), time=time)

    def changed(self, when: datetime) -> str:
        """Seit Mo 30.11., 08:05 Uhr; by the Berlin wall clock."""
        day, time = _local(when)
        return self.say("changed", day=self.day_short(day), time=time)

    def tenths(self, number: float) -> str:
        """25,0: one decimal behind the language's own sign."""
        return format_decimal(number, "#,##0.0", locale=self._locale)

    def times(self, open_min: int, close_min: int) -> str:
        """15:00–20:00; in easy German 15 Uhr bis 20 Uhr."""
        return self.say("times", start=self.clock(open_min), end=self.clock(close_min))

    def clock(self, minute: int) -> str:
        """15:00; in easy German 15 (BITV 2.0, annex 2, part 2: no needless signs)."""
        whole_hour = self.language is EASY_GERMAN and minute % MINUTES_PER_HOUR == 0
        return str(minute // MINUTES_PER_HOUR) if whole_hour else clock(minute)

    @cached_property
    def _without_year(self) -> dict[str, str]:
        formats = self._locale.date_formats
        return {
            length: _YEAR.sub("", formats[length].pattern).strip() for length in ("full", "long")
        }


def _local(when: datetime) -> tuple[date, str]:
    local = when.astimezone(BERLIN)
    return local.date(), clock(local.hour * 60 + local.minute)
