"""Posters to print: one page for each stop and a sheet for each week, as HTML of one page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from math import ceil

from busplan.domain.dates import BERLIN, DAYS_PER_WEEK, week_of
from busplan.domain.places import StopId
from busplan.domain.public_timetable import (
    PublicStatus,
    PublicStop,
    PublicTimetable,
    PublicVisit,
)
from busplan.publishing.address import PublicAddress
from busplan.publishing.bus_view import BusView, list_buses
from busplan.publishing.colours import ink_on
from busplan.publishing.export_words import ExportWords, ways_to_ask
from busplan.publishing.paper import Paper
from busplan.publishing.pictogram import bus_picture, page_code
from busplan.publishing.site.paths import stop_page, week_page
from busplan.publishing.templating import read_style, render

POSTER_REM, SHEET_REM = 43.0, 55.5
"""Height for heading, visits and remarks of a stop's poster; for the table of a week's sheet."""
LETTERS_REM, WEEK_LETTERS_REM = (1.1, 2.45), (0.85, 1.4)
"""Smallest and largest letters of either: a rem is 10 points on A4."""
LONG_HEADING = 22
"""Letters of a heading beyond which it is set smaller."""
HEADING_LINES = ((5.3, 14), (3.8, 17))
"""Height of a heading's line and letters that surely fit on it, for short and long ones."""
BELOW_REM, LINE_REM = 3.7, 2.35
"""Height of the line below a heading, and of a remark."""
VISIT_EM, BUS_EM, WRAP_EM = 2.35, 0.85, 1.3
"""Height of a visit on a stop's poster, and of the bus or state below it, in letters; what it
gains where its day is set in two lines."""
HUGE_ROWS, HUGE_REM = 2, 3.2
"""Visits that are few enough for huge letters, and these."""
ROW_EM, DAY_EM = 1.85, 2.7
"""Height of a visit's line and of a day's heading in a week, in letters."""
DARK = "#16324f"
"""The band of a poster on which several buses stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One visit on a poster."""

    day: str
    time: str
    town: str
    place: str
    bus: BusView
    state: str
    cancelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The visits of one day on a week's sheet."""

    title: str
    rows: tuple[Row, ...]

    @property
    def height_em(self) -> float:
        """How high it is, in letters."""
        return DAY_EM + ROW_EM * len(self.rows)


class PosterPrinter:
    """Posters of one timetable on one paper; with an address they carry a QR code."""

    def __init__(
        self, timetable: PublicTimetable, paper: Paper, address: PublicAddress | None
    ) -> None:
        self._timetable = timetable
        self._paper = paper
        self._address = address
        self._words = ExportWords(timetable)
        self._buses = list_buses(timetable)
        self._style = read_style("poster.css")

    def stop(self, stop: PublicStop) -> str:
        """A stop's poster with its coming visits."""
        today = self._timetable.as_of.astimezone(BERLIN).date()
        coming = [
            visit
            for visit in self._timetable.visits
            if visit.stop_id == stop.id and visit.service_date >= today
        ]
        buses = {visit.bus_id: self._buses[visit.bus_id] for visit in coming}
        only = next(iter(buses.values())) if len(buses) == 1 else None
        remarks = tuple(self._words.about(stop))
        row_em = VISIT_EM + BUS_EM * (only is None or any(map(self._words.change, coming)))
        free_rem = self._free_rem(stop, remarks)
        most = int(free_rem / (row_em * LETTERS_REM[0]))
        rows = [self._row(visit) for visit in coming[:most]]
        return self._render(
            "poster.html",
            path=stop_page(stop.id),
            band=only.colour if only else DARK,
            kind="poster",
            title=f"{self._words.brand}: {stop.name}",
            brand=f"{self._words.brand} · {only.name}" if only else self._words.brand,
            heading=stop.name,
            below=self._words.around(stop),
            letters_rem=_letters(free_rem, row_em * len(rows), LETTERS_REM[1])
            if len(rows) > HUGE_ROWS
            else _letters(free_rem, (row_em + WRAP_EM) * len(rows), HUGE_REM),
            pages=[rows],
            several_buses=only is None,
            more=len(coming) - len(rows),
            remarks=remarks,
        )

    def week(self, monday: date) -> str:
        """The sheet of the week from that Monday, all visits of all buses."""
        visits = [
            visit
            for visit in self._timetable.visits
            if timedelta(0) <= visit.service_date - monday < timedelta(days=DAYS_PER_WEEK)
        ]
        days = [
            Day(title=self._words.day(day), rows=tuple(self._row(visit) for visit in group))
            for day, group in groupby(visits, key=lambda visit: visit.service_date)
        ]
        pages = list(_paged(days)) or [[]]
        highest_em = max(sum(day.height_em for day in page) for page in pages)
        return self._render(
            "week_sheet.html",
            path=week_page(week_of(monday)),
            band=DARK,
            kind="sheet",
            title=f"{self._words.brand}, Woche {monday.isocalendar().week}",
            brand=self._words.brand,
            heading=f"Woche {monday.isocalendar().week}",
            below=self._words.dates(monday, monday + timedelta(days=DAYS_PER_WEEK - 1)),
            letters_rem=_letters(SHEET_REM, highest_em, WEEK_LETTERS_REM[1]),
            pages=pages,
        )

    def _free_rem(self, stop: PublicStop, remarks: Sequence[str]) -> float:
        """The height that a poster has for its visits, with a line for how many more."""
        line_rem, letters = HEADING_LINES[len(stop.name) > LONG_HEADING]
        heading_rem = line_rem * ceil(len(stop.name) / letters)
        below_rem = BELOW_REM if self._words.around(stop) else 0
        return POSTER_REM - heading_rem - below_rem - LINE_REM * (len(remarks) + 1)

    def _row(self, visit: PublicVisit) -> Row:
        stop, town = self._words.stop(visit), self._words.town(visit)
        return Row(
            day=self._words.day(visit.service_date).replace(". ", ".\N{NO-BREAK SPACE}"),
            time=self._words.when(visit),
            town=town,
            place=stop.name.removeprefix(f"{town}, ") if stop else self._words.ask,
            bus=self._buses[visit.bus_id],
            state=self._words.change(visit),
            cancelled=visit.status is PublicStatus.CANCELLED,
        )

    def _render(self, template: str, *, path: str, band: str, **values: object) -> str:
        page = self._address.of(path) if self._address else ""
        common = {
            "style": self._style,
            "paper": self._paper,
            "county": self._timetable.county,
            "contact": ways_to_ask(self._timetable.county),
            "buses": list(self._buses.values()),
            "as_of": self._words.as_of,
            "demo": self._words.demo,
            "long_heading": LONG_HEADING,
            "band": band,
            "on_band": ink_on(band),
            "pictogram": bus_picture(ink_on(band)),
            "address": page.partition("://")[2].rstrip("/"),
            "code": page_code(page) if page else "",
        }
        return render(template, common | values)


def stop_poster_file(stop_id: StopId, paper: Paper) -> str:
    """The name of a stop's poster, without suffix."""
    return f"halt-{stop_id}-{paper}"


def week_sheet_file(monday: date, paper: Paper) -> str:
    """The name of a week's sheet, without suffix."""
    return f"woche-{week_of(monday)}-{paper}"


def _paged(days: Iterable[Day]) -> Iterator[list[Day]]:
    """Days onto pages, as many on each as fit in the smallest letters."""
    page: list[Day] = []
    for day in days:
        if page and sum(d.height_em for d in (*page, day)) * WEEK_LETTERS_REM[0] > SHEET_REM:
            yield page
            page = []
        page.append(day)
    if page:
        yield page


def _letters(free_rem: float, height_em: float, most_rem: float) -> float:
    """Letters that fill the height that is free, but no larger than the most."""
    return round(min(free_rem / max(height_em, 1), most_rem), 3)
