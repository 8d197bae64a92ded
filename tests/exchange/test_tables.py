"""Tables: every kind of cell and every table is read back as it was written."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.calendar import CalendarEntry, EntryKind, Scope
from busplan.domain.dates import WEEKDAYS, DateRange, Window
from busplan.domain.errors import InvalidInput
from busplan.domain.fleet import Shift
from busplan.domain.places import Coordinate, Place, Stop
from busplan.domain.publication_level import PublicationLevel
from busplan.exchange import cells
from busplan.exchange.cells import Kind, number, one_of, whole
from busplan.exchange.county_tables import CALENDAR
from busplan.exchange.place_tables import PLACES, STOPS
from busplan.exchange.table_files import read_table, write_table
from tests.factories import make_place, make_stop
from tests.strategies import date_ranges, dates, weekdays, windows

some_weekdays = weekdays.filter(bool)
lines = st.from_regex(cells.TEXT.pattern, fullmatch=True).map(str.strip)
decimals = st.integers(-(10**6), 10**6).map(lambda n: n / 10**4)
shifts = st.builds(Shift, weekdays=some_weekdays, window=windows)


def some_of(part: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """One to three parts."""
    return st.lists(part, min_size=1, max_size=3).map(tuple)


VALUES: list[tuple[Kind, st.SearchStrategy[Any]]] = [
    (cells.TEXT, lines.filter(bool)),
    (cells.FLAG, st.booleans()),
    (cells.DAY_DATE, dates),
    (cells.WEEKDAY, st.integers(0, 6)),
    (cells.WEEKDAY_SET, some_weekdays),
    (cells.ONE_WINDOW, windows),
    (cells.WINDOWS, some_of(windows)),
    (cells.DATE_RANGES, some_of(date_ranges)),
    (cells.PATTERNS, some_of(some_weekdays)),
    (cells.SHIFTS, some_of(shifts)),
    (cells.WORDS, st.frozensets(st.from_regex(cells.WORD, fullmatch=True), min_size=1)),
    (cells.POSTCODES, some_of(st.from_regex("[0-9]{5}", fullmatch=True))),
    (whole(-5, 99), st.integers(-5, 99)),
    (number(-100, 100), decimals),
    (one_of(PublicationLevel), st.sampled_from(PublicationLevel)),
]


@given(data=st.data())
@pytest.mark.parametrize(("kind", "values"), VALUES, ids=[kind.expected for kind, _ in VALUES])
def test_a_cell_is_read_back_as_it_was_shown(
    kind: Kind, values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    value = data.draw(values)

    assert kind.read(kind.show(value)) == value


@given(text=st.text())
@pytest.mark.parametrize("kind", [kind for kind, _ in VALUES], ids=lambda kind: kind.expected)
def test_any_text_is_a_value_or_refused(kind: Kind, text: str) -> None:
    try:
        value = kind.read(text)
    except (ValueError, InvalidInput):
        return
    assert kind.read(kind.show(value)) == value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (cells.WEEKDAY_SET, "Mo-We Fr", frozenset({0, 1, 2, 4})),
        (cells.PATTERNS, "Mo+Th|Tu+Fr", (frozenset({0, 3}), frozenset({1, 4}))),
        (
            cells.SHIFTS,
            "Mo-Th 13:00-22:00|Fr 12:00-24:00",
            (
                Shift(weekdays=frozenset(range(4)), window=Window(from_min=780, to_min=1320)),
                Shift(weekdays=frozenset({4}), window=Window(from_min=720, to_min=1440)),
            ),
        ),
    ],
)
def test_cells_are_written_as_the_handbook_says(kind: Kind, text: str, value: object) -> None:
    assert kind.read(text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (cells.WEEKDAY_SET, "Fr-Mo"),
        (cells.WEEKDAY_SET, "Mon"),
        (cells.ONE_WINDOW, "15:00-15:00"),
        (cells.ONE_WINDOW, "24:30-25:00"),
        (cells.DAY_DATE, "2026-02-30"),
        (cells.DAY_DATE, "20261130"),
        (cells.DATE_RANGES, "2026-12-02/2026-12-01"),
        (cells.FLAG, "yes"),
        (cells.TEXT, "two\nlines"),
        (number(0, 100), "50,8"),
        (whole(0, 9), "١"),
        (whole(0, 9), "10"),
        (cells.AGS, "5358004"),
    ],
)
def test_meaningless_cells_are_refused(kind: Kind, text: str) -> None:
    with pytest.raises((ValueError, InvalidInput)):
        kind.read(text)


def test_a_place_without_optional_cells_is_read_back() -> None:
    stop: Stop = make_stop(agreement=None, power=False, max_height_m=3.5, note="")

    assert read_table(STOPS, write_table(STOPS, [stop])).things == (stop,)


@given(lat=st.integers(340, 720), lon=st.integers(-250, 330), name=lines.filter(bool))
def test_places_anywhere_in_europe_are_read_back(lat: int, lon: int, name: str) -> None:
    place: Place = make_place(id="p", location=Coordinate(lat / 10, lon / 10), name=name)

    assert read_table(PLACES, write_table(PLACES, [place])).things == (place,)


@given(dates=date_ranges, kind=st.sampled_from(EntryKind), scope=st.sampled_from(Scope))
def test_calendar_rows_are_read_back(dates: DateRange, kind: EntryKind, scope: Scope) -> None:
    entry = CalendarEntry(dates=dates, kind=kind, scope=scope, name="Fest", source="Stadt")

    assert read_table(CALENDAR, write_table(CALENDAR, [entry])).things == (entry,)


def test_an_empty_scope_means_everybody() -> None:
    text = (
        "from,to,kind,scope,target,name,source\n2026-12-24,2026-12-24,closed,,,Heiligabend,Stadt\n"
    )

    (entry,) = read_table(CALENDAR, text.encode()).things

    assert entry.scope is Scope.ALL
    assert entry.dates.first == date(2026, 12, 24)


def test_windows_files_with_a_byte_order_mark_are_read() -> None:
    text = write_table(PLACES, [make_place(id="p")]).decode().replace("\n", "\r\n")

    read = read_table(PLACES, text.encode("utf-8-sig"))

    assert read.things == (make_place(id="p"),)
    assert read.problems == ()


def test_rows_are_counted_as_spreadsheets_do() -> None:
    text = write_table(PLACES, [make_place(id="p")]).decode()

    read = read_table(PLACES, (text + "\n\nq,Ort,1,50,6,300,locality,test,CC0\n").encode())

    assert [(problem.row, problem.column) for problem in read.problems] == [(5, "ags")]


def test_weekday_names_stand_in_every_pattern() -> None:
    assert all(re.fullmatch(cells.DAYS, day) for day in WEEKDAYS)
