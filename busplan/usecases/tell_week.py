"""Tell a published week as plain text."""

from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine

from busplan.domain.dates import week_of
from busplan.domain.errors import NotFound
from busplan.publishing.address import find_address
from busplan.publishing.messenger_text import week_text
from busplan.usecases.public_timetable import build_public_timetable


def tell_week(
    engine: Engine, monday: date, now: datetime, cache_dir: Path | None, public_url: str = ""
) -> str:
    """What the public may know of the week from that Monday, to be pasted.

    Raises ``NotFound`` for a week outside the published ones, and what
    ``build_public_timetable`` raises.
    """
    timetable = build_public_timetable(engine, now, cache_dir)
    if not timetable.first_day <= monday <= timetable.last_day:
        raise NotFound(
            f"{week_of(monday)} is not published;"
            f" published are {week_of(timetable.first_day)} to {week_of(timetable.last_day)}"
        )
    return week_text(timetable, monday, find_address(public_url))
