"""CSV tables whose every fault is told: columns with kinds, rows into domain types and back."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from busplan.domain.dates import DateRange
from busplan.domain.errors import InvalidInput, Problem
from busplan.domain.places import Coordinate
from busplan.exchange.cells import DAY_DATE, Kind, number

T = TypeVar("T")
HEADER_ROW = 1
SHOWN_CHARACTERS = 80
LATITUDE = number(34, 72, "a European latitude, not exchanged with the longitude,")
LONGITUDE = number(-25, 33, "a European longitude, not exchanged with the latitude,")
REQUIRED = object()
"""Marks a column whose cells may not be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: an empty cell means ``blank``; ``refers_to`` is the file that holds its keys."""

    name: str
    kind: Kind
    about: str
    blank: Any = REQUIRED
    refers_to: str = ""

    @property
    def required(self) -> bool:
        """Whether every row must fill it."""
        return self.blank is REQUIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Several columns that make one field; all of them empty make it ``None``."""

    field: str
    columns: tuple[str, ...]
    join: Callable[..., Any]
    split: Callable[[Any], tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[T]):
    """A file of things; ``key`` names the column whose values are unique, if there is one."""

    file: str
    about: str
    make: Callable[..., T]
    columns: tuple[Column, ...]
    joined: tuple[Joined, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Generic[T]):
    """One row as found: cells by column, and the thing it means unless the row has a fault."""

    row: int
    cells: Mapping[str, str]
    thing: T | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRead(Generic[T]):
    """All rows of a table, faultless or not, their keys, and everything wrong with them."""

    table: Table[T]
    records: tuple[Record[T], ...] = ()
    problems: tuple[Problem, ...] = ()
    keys: frozenset[str] = frozenset()

    @property
    def things(self) -> tuple[T, ...]:
        """What the faultless rows mean, in order of rows."""
        return tuple(record.thing for record in self.records if record.thing is not None)

    def lacks(self, key: str) -> bool:
        """Whether no row, faultless or not, has this key; never said of an unreadable table."""
        return key not in self.keys and not (self.problems and not self.keys)


def at_point(field: str, lat: str = "lat", lon: str = "lon") -> Joined:
    """Two columns that make a coordinate."""
    return Joined(field=field, columns=(lat, lon), join=Coordinate, split=lambda c: (c.lat, c.lon))


def from_to(field: str, first: str, last: str) -> Joined:
    """Two columns that make a stretch of days."""
    return Joined(
        field=field,
        columns=(first, last),
        join=lambda a, b: DateRange(first=a, last=b),
        split=lambda days: (days.first, days.last),
    )


def point_columns(of: str, lat: str = "lat", lon: str = "lon") -> tuple[Column, Column]:
    """Latitude and longitude, in bounds that tell swapped ones in Europe."""
    return (
        Column(name=lat, kind=LATITUDE, about=f"latitude of {of}, degrees, WGS 84"),
        Column(name=lon, kind=LONGITUDE, about=f"longitude of {of}, degrees, WGS 84"),
    )


def day_columns(first: str, last: str, about: str, blank: Any = REQUIRED) -> tuple[Column, Column]:
    """First and last day of a stretch."""
    return (
        Column(name=first, kind=DAY_DATE, about=f"first day {about}", blank=blank),
        Column(name=last, kind=DAY_DATE, about=f"last day {about}", blank=blank),
    )


def read_table(table: Table[T], content: bytes) -> TableRead[T]:
    """Every row of a UTF-8, comma-separated file with a header, with every fault."""
    problems: list[Problem] = []
    rows = list(_split(table.file, content, problems))
    if problems:
        return TableRead(table=table, problems=tuple(problems))
    if not rows:
        missing = Problem(file=table.file, expected=f"a header row: {_header(table)}")
        return TableRead(table=table, problems=(missing,))
    header = [name.strip() for name in rows[0][1]]
    problems += _check_header(table, header)
    records = []
    for row, cells in rows[1:]:
        record, faults = _read_row(table, header, row, cells)
        records.append(record)
        problems += faults
    problems += _check_keys(table, records)
    keys = frozenset(record.cells.get(table.key, "") for record in records) - {""}
    return TableRead(table=table, records=tuple(records), problems=tuple(problems), keys=keys)


def write_table(table: Table[T], things: Iterable[T]) -> bytes:
    """The file that ``read_table`` reads back as the same things."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    for thing in things:
        values = _take_apart(table, thing)
        writer.writerow([_show(column, values[column.name]) for column in table.columns])
    return out.getvalue().encode()


def problem_at(table: Table[Any], record: Record[Any], column: str, expected: str) -> Problem:
    """A fault in one cell of a row."""
    value = record.cells.get(column, "")
    return Problem(
        file=table.file, row=record.row, column=column, value=shorten(value), expected=expected
    )


def shorten(value: str) -> str:
    """A value short enough to be told."""
    return value if len(value) <= SHOWN_CHARACTERS else value[: SHOWN_CHARACTERS - 1] + "…"


def _split(
    file: str, content: bytes, problems: list[Problem]
) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows with their number, empty ones left out; unreadable files end in a problem."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        found = content[error.start : error.start + 1].hex()
        problems.append(
            Problem(file=file, row=row, value=f"byte 0x{found}", expected="a text in UTF-8")
        )
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=HEADER_ROW):
            if cells:
                yield row, cells
    except csv.Error as error:
        expected = f"comma-separated cells ({error})"
        problems.append(Problem(file=file, row=row + 1, expected=expected))


def _header(table: Table[Any]) -> str:
    return ",".join(column.name for column in table.columns)


def _check_header(table: Table[Any], header: Sequence[str]) -> Iterator[Problem]:
    names = [column.name for column in table.columns]

    def wrong(column: str, value: str, expected: str) -> Problem:
        return Problem(
            file=table.file,
            row=HEADER_ROW,
            column=shorten(column),
            value=shorten(value),
            expected=expected,
        )

    if len(header) == 1 and ";" in header[0]:
        yield wrong("", header[0], "columns separated by commas, not semicolons")
        return
    for name in names:
        if name not in header:
            yield wrong(name, "", "this column to be there")
    for name in dict.fromkeys(header):
        if name not in names:
            yield wrong(name, name, "one of " + ", ".join(names))
        elif header.count(name) > 1:
            yield wrong(name, name, "this column once")


def _read_row(
    table: Table[T], header: Sequence[str], row: int, cells: Sequence[str]
) -> tuple[Record[T], list[Problem]]:
    named = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
    found: Record[T] = Record(row=row, cells=named, thing=None)
    if len(cells) != len(header):
        expected = f"{len(header)} cells as in the header"
        return found, [
            Problem(file=table.file, row=row, value=f"{len(cells)} cells", expected=expected)
        ]
    values, problems = _read_cells(table, found)
    if problems or len(values) < len(table.columns):
        return found, problems
    problems += _join(table, found, values)
    if problems:
        return found, problems
    try:
        return Record(row=row, cells=named, thing=table.make(**values)), problems
    except InvalidInput as error:
        return found, [Problem(file=table.file, row=row, value=_name(found), expected=str(error))]


def _read_cells(table: Table[Any], record: Record[Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Values of the cells that are there; a missing column was told with the header."""
    values: dict[str, Any] = {}
    problems = []
    for column in table.columns:
        text = record.cells.get(column.name)
        if text is None:
            continue
        if not text and not column.required:
            values[column.name] = column.blank
            continue
        try:
            values[column.name] = column.kind.read(text)
        except (ValueError, InvalidInput):
            problems.append(problem_at(table, record, column.name, column.kind.expected))
    return values, problems


def _join(table: Table[Any], record: Record[Any], values: dict[str, Any]) -> Iterator[Problem]:
    """Replaces joined columns in ``values`` by their field; yields what does not fit together."""
    for joined in table.joined:
        parts = [values.pop(name) for name in joined.columns]
        empty = [name for name, part in zip(joined.columns, parts, strict=True) if part is None]
        if len(empty) == len(parts):
            values[joined.field] = None
        elif empty:
            expected = f"{' and '.join(joined.columns)} both filled or both empty"
            yield problem_at(table, record, empty[0], expected)
        else:
            try:
                values[joined.field] = joined.join(*parts)
            except InvalidInput as error:
                yield problem_at(table, record, joined.columns[-1], str(error))


def _check_keys(table: Table[Any], records: Iterable[Record[Any]]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for record in records:
        key = record.cells.get(table.key, "")
        if not key:
            continue
        if key in first:
            expected = f"a value of its own; row {first[key]} has it already"
            yield problem_at(table, record, table.key, expected)
        first.setdefault(key, record.row)


def _name(record: Record[Any]) -> str:
    return shorten(next(iter(record.cells.values()), ""))


def _take_apart(table: Table[Any], thing: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for joined in table.joined:
        whole = getattr(thing, joined.field)
        parts = joined.split(whole) if whole is not None else (None,) * len(joined.columns)
        values.update(zip(joined.columns, parts, strict=True))
    for column in table.columns:
        if column.name not in values:
            values[column.name] = getattr(thing, column.name)
    return values


def _show(column: Column, value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return column.kind.show(value) if value not in (None, "", ()) else ""
