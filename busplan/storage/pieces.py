"""Small domain values as JSON and back: date ranges and windows."""

from datetime import date

from busplan.domain.dates import DateRange, Window


def range_to_json(dates: DateRange) -> list[str]:
    """First and last day, ISO 8601."""
    return [dates.first.isoformat(), dates.last.isoformat()]


def range_from_json(pair: list[str]) -> DateRange:
    """The range of two ISO dates."""
    first, last = pair
    return DateRange(first=date.fromisoformat(first), last=date.fromisoformat(last))


def window_to_json(window: Window) -> list[int]:
    """From and to, minutes after midnight."""
    return [window.from_min, window.to_min]


def window_from_json(pair: list[int]) -> Window:
    """The window of two minutes after midnight."""
    from_min, to_min = pair
    return Window(from_min=from_min, to_min=to_min)
