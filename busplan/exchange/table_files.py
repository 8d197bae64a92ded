"""CSV tables whose every fault is told: rows into domain types and back."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from busplan.domain.errors import InvalidInput, Problem
from busplan.exchange.tables import Column, Record, Table, TableRead, problem_at, shorten

T = TypeVar("T")
HEADER_ROW = 1


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
