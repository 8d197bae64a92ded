"""Moments in data files: ISO 8601 with the offset that Berlin has on that day."""

from datetime import date, datetime

from busplan.domain.dates import BERLIN, at


def wall_clock(day: date, minute: int | None) -> str | None:
    """``2026-11-30T15:00:00+01:00``; ``None`` where the minute is not public."""
    return None if minute is None else at(day, minute).isoformat()


def moment(when: datetime | None) -> str | None:
    """An aware moment by the Berlin clock, whole seconds."""
    return when.astimezone(BERLIN).replace(microsecond=0).isoformat() if when else None
