"""The sorts of cells in a county's tables: how each is read, written and described.

A cell is described once, by the pattern and bounds that both our reader and the Table Schema in
``datapackage.json`` hold it to.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from busplan.domain.dates import WEEKDAYS, DateRange, Window, parse_clock
from busplan.domain.fleet import Shift

DAY = f"(?:{'|'.join(WEEKDAYS)})"
DAYS = f"{DAY}(?:-{DAY})?(?: {DAY}(?:-{DAY})?)*"
TIME = "(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)"
WINDOW = f"{TIME}-{TIME}"
DATE = "(?:19|20|21)[0-9]{2}-[01][0-9]-[0-3][0-9]"
WORD = "[A-Za-z0-9][A-Za-z0-9_+-]*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One sort of cell.

    ``parse`` takes a text that ``pattern`` matches whole and raises ``ValueError`` or
    ``BusplanError`` where it still means nothing. ``show`` is its inverse. ``field`` is the type
    and the constraints in Table Schema.
    """

    expected: str
    pattern: str
    parse: Callable[[str], Any]
    show: Callable[[Any], str]
    field: Mapping[str, Any] = field(default_factory=dict)

    def read(self, text: str) -> Any:
        """The value of a cell; raises ``ValueError`` or ``BusplanError``."""
        if not re.fullmatch(self.pattern, text):
            raise ValueError(text)
        return self.parse(text)


def _string(
    expected: str,
    pattern: str,
    parse: Callable[[str], Any] = str,
    show: Callable[[Any], str] = str,
) -> Kind:
    """A kind that Table Schema knows as a string with a pattern."""
    return Kind(
        expected=expected,
        pattern=pattern,
        parse=parse,
        show=show,
        field={"type": "string", "constraints": {"pattern": pattern}},
    )


def whole(least: int, most: int) -> Kind:
    """A whole number between two bounds."""
    return Kind(
        expected=f"a whole number from {least} to {most}",
        pattern="-?[0-9]{1,9}",
        parse=lambda text: _within(int(text), least, most),
        show=str,
        field={"type": "integer", "constraints": {"minimum": least, "maximum": most}},
    )


def number(least: float, most: float, what: str = "a number with a decimal point") -> Kind:
    """A decimal number with a point, between two bounds; nine decimals are kept."""
    return Kind(
        expected=f"{what} from {least} to {most}",
        pattern=r"-?[0-9]{1,9}(\.[0-9]{1,9})?",
        parse=lambda text: _within(float(text), least, most),
        show=_show_number,
        field={"type": "number", "constraints": {"minimum": least, "maximum": most}},
    )


def one_of(choices: type[StrEnum]) -> Kind:
    """One of the values of an enumeration."""
    values = [choice.value for choice in choices]
    return Kind(
        expected="one of " + ", ".join(values),
        pattern="|".join(values),
        parse=choices,
        show=str,
        field={"type": "string", "constraints": {"enum": values}},
    )


def _within(value: Any, least: float, most: float) -> Any:
    if not least <= value <= most:
        raise ValueError(value)
    return value


def _show_number(value: float) -> str:
    return f"{value:.9f}".rstrip("0").rstrip(".")


def _weekdays(text: str) -> frozenset[int]:
    days: set[int] = set()
    for part in text.split():
        first, _, last = part.partition("-")
        start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        if end < start:
            raise ValueError(part)
        days.update(range(start, end + 1))
    return frozenset(days)


def _show_weekdays(days: Iterable[int]) -> str:
    return " ".join(WEEKDAYS[day] for day in sorted(days))


def _window(text: str) -> Window:
    start, end = text.split("-")
    return Window(from_min=parse_clock(start), to_min=parse_clock(end))


def _date_range(text: str) -> DateRange:
    first, last = text.split("/")
    return DateRange(first=date.fromisoformat(first), last=date.fromisoformat(last))


def _pattern(text: str) -> frozenset[int]:
    return frozenset(WEEKDAYS.index(day) for day in text.split("+"))


def _shift(text: str) -> Shift:
    days, window = text.rsplit(" ", 1)
    return Shift(weekdays=_weekdays(days), window=_window(window))


def _show_shift(shift: Shift) -> str:
    return f"{_show_weekdays(shift.weekdays)} {shift.window}"


TEXT = Kind(
    expected="a text of one line, at most 2000 characters",
    pattern=r"[^\x00-\x1f\x7f\x85\u2028\u2029]{1,2000}",
    parse=str,
    show=str,
    field={"type": "string", "constraints": {"maxLength": 2000}},
)
ID = _string("letters, digits, dot, dash or underscore", "[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
AGS = _string("an official municipality key of eight digits", "[0-9]{8}")
WEB_ADDRESS = _string(
    "a web address like https://www.example.org/page",
    r"https://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[A-Za-z0-9._~%/?=&+#-]*)?",
)
MAIL = _string(
    "a mail address like office@example.org",
    r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
)
REGION = _string("an ISO 3166-2 code like DE-NW", "[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
COLOUR = _string("a colour like #335577", "#[0-9A-Fa-f]{6}")
OFFER = _string("an offer like open_youth_work", WORD)

FLAG = Kind(
    expected="true or false",
    pattern="true|false",
    parse=lambda text: text == "true",
    show=lambda value: str(value).lower(),
    field={"type": "boolean"},
)
DAY_DATE = Kind(
    expected="a date like 2026-11-30",
    pattern=DATE,
    parse=date.fromisoformat,
    show=str,
    field={"type": "date"},
)
WEEKDAY = _string(
    "one weekday of " + " ".join(WEEKDAYS), DAY, WEEKDAYS.index, lambda day: WEEKDAYS[day]
)
WEEKDAY_SET = _string("weekdays like 'Mo-Fr' or 'Mo We'", DAYS, _weekdays, _show_weekdays)
ONE_WINDOW = _string("a window like 15:00-20:00", WINDOW, _window, str)
WINDOWS = _string(
    "windows like '09:00-12:00 15:00-20:00'",
    f"{WINDOW}(?: {WINDOW})*",
    lambda text: tuple(map(_window, text.split())),
    lambda windows: " ".join(map(str, windows)),
)
DATE_RANGES = _string(
    "stretches of days like '2026-12-01/2026-12-05'",
    f"{DATE}/{DATE}(?: {DATE}/{DATE})*",
    lambda text: tuple(map(_date_range, text.split())),
    lambda ranges: " ".join(map(str, ranges)),
)
PATTERNS = _string(
    "visit patterns like 'Mo+Th|Tu+Fr'",
    rf"{DAY}(?:\+{DAY})*(?:\|{DAY}(?:\+{DAY})*)*",
    lambda text: tuple(map(_pattern, text.split("|"))),
    lambda patterns: "|".join(_show_weekdays(days).replace(" ", "+") for days in patterns),
)
SHIFTS = _string(
    "shifts like 'Mo-Th 13:00-22:00|Fr 12:00-20:00'",
    rf"{DAYS} {WINDOW}(?:\|{DAYS} {WINDOW})*",
    lambda text: tuple(map(_shift, text.split("|"))),
    lambda shifts: "|".join(map(_show_shift, shifts)),
)
SENTENCES = _string(
    "sentences separated by |",
    r"[^|\x00-\x20\x7f\x85\u2028\u2029](?:[^\x00-\x1f\x7f\x85\u2028\u2029]{0,1999})",
    lambda text: tuple(part.strip() for part in text.split("|") if part.strip()),
    "|".join,
)
WORDS = _string(
    "words of letters and digits, separated by spaces",
    f"{WORD}(?: {WORD})*",
    lambda text: frozenset(text.split()),
    lambda words: " ".join(sorted(words)),
)
POSTCODES = _string(
    "postcodes of five digits, separated by spaces",
    "[0-9]{5}(?: [0-9]{5})*",
    lambda text: tuple(text.split()),
    " ".join,
)
