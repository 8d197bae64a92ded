"""Make the posters of what is public now: a page per stop and a sheet per week."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from busplan.domain.dates import DAYS_PER_WEEK, monday_of
from busplan.domain.public_timetable import PublicTimetable
from busplan.publishing.address import PublicAddress, find_address
from busplan.publishing.paper import Paper
from busplan.publishing.pdf import make_pdf
from busplan.publishing.posters import PosterPrinter, stop_poster_file, week_sheet_file
from busplan.publishing.write import write_publication
from busplan.usecases.public_timetable import build_public_timetable

Progress = Callable[[int, int], None]
"""Told after each poster: how many are made, and how many there will be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostersWritten:
    """How many posters there are, and how many files had to be written."""

    posters: int
    changed: int


def make_posters(
    engine: Engine,
    now: datetime,
    *,
    folder: Path,
    paper: Paper,
    cache_dir: Path | None,
    public_url: str = "",
    on_progress: Progress | None = None,
) -> PostersWritten:
    """Every poster as PDF and as HTML; those made before for other stops or weeks are removed.

    Raises what ``build_public_timetable``, ``make_pdf`` and ``write_publication`` raise; then the
    folder stays as it was.
    """
    address = find_address(public_url)
    timetable = build_public_timetable(engine, now, cache_dir)
    pages = dict(_pages(timetable, paper, address))
    files: dict[str, bytes] = {}
    for made, (name, html) in enumerate(pages.items(), start=1):
        files[f"{name}.html"] = html.encode()
        files[f"{name}.pdf"] = make_pdf(html)
        if on_progress:
            on_progress(made, len(pages))
    return PostersWritten(posters=len(pages), changed=write_publication(files, folder))


def _pages(
    timetable: PublicTimetable, paper: Paper, address: PublicAddress | None
) -> Iterator[tuple[str, str]]:
    printer = PosterPrinter(timetable, paper, address)
    monday = monday_of(timetable.first_day)
    while monday <= timetable.last_day:
        yield week_sheet_file(monday, paper), printer.week(monday)
        monday += timedelta(days=DAYS_PER_WEEK)
    for stop in timetable.stops:
        yield stop_poster_file(stop.id, paper), printer.stop(stop)
