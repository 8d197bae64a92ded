"""Sheets -> one XLSX workbook."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from textwrap import wrap
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from busplan.reporting.sheets import Cell, Kind, Sheet

_NUMBER_FORMATS = {
    Kind.TEXT: "@",
    Kind.DATE: "dd.mm.yyyy",
    Kind.MOMENT: "dd.mm.yyyy hh:mm",
    Kind.NUMBER: "#,##0",
    Kind.HOURS: "#,##0.00",
    Kind.KILOMETRES: "#,##0.0",
}
_DIVISORS = {Kind.HOURS: 60, Kind.KILOMETRES: 1000}
_HEADING = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE5EE", "bottom": 1}
_TOTALS = {"bold": True, "top": 1}
_LEFT = {Kind.TEXT, Kind.DATE, Kind.MOMENT}
_PAPER_A4 = 9
_LINE_HEIGHT = 15


def write_workbook(sheets: Sequence[Sheet], title: str, mark: str, created: datetime) -> bytes:
    """The workbook as bytes; the same for the same input.

    ``mark`` is printed at the head of every page, ``created`` (aware) is in the file's properties.
    """
    buffer = io.BytesIO()
    # Text stays text: a stop called "=1+1" or "http://..." is neither a formula nor a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {"title": title, "created": created.astimezone(UTC).replace(tzinfo=None)}
        )
        formats = _Formats(book)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, formats, mark)
    return buffer.getvalue()


class _Formats:
    """The workbook's cell formats by kind, each made once."""

    def __init__(self, book: Workbook) -> None:
        self.heading = _by_kind(book, _HEADING)
        self.body = _by_kind(book, {"valign": "top", "text_wrap": True})
        self.totals = _by_kind(book, _TOTALS)


def _by_kind(book: Workbook, style: dict[str, Any]) -> dict[Kind, Format]:
    return {
        kind: book.add_format({"num_format": text} | _side(kind) | style)
        for kind, text in _NUMBER_FORMATS.items()
    }


def _side(kind: Kind) -> dict[str, Any]:
    return {"align": "left", "indent": 1} if kind in _LEFT else {"align": "right"}


def _write_sheet(target: Worksheet, sheet: Sheet, formats: _Formats, mark: str) -> None:
    target.set_row(0, _height([column.heading for column in sheet.columns], sheet))
    for number, column in enumerate(sheet.columns):
        target.set_column(number, number, column.width)
        target.write_string(0, number, column.heading, formats.heading[column.kind])
    for number, row in enumerate(sheet.rows, start=1):
        target.set_row(number, _height(row, sheet))
        _write_row(target, number, row, sheet, formats.body)
    if sheet.totals is not None:
        _write_row(target, len(sheet.rows) + 1, sheet.totals, sheet, formats.totals)
        target.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    target.freeze_panes(1, 1)
    target.set_landscape()
    target.set_paper(_PAPER_A4)
    target.fit_to_pages(1, 0)
    target.repeat_rows(0)
    target.set_header(f"&L&A&R{mark}")
    target.set_footer("&RSeite &P von &N")


def _height(row: Sequence[Cell], sheet: Sheet) -> int:
    """Points for the cell with the most lines; LibreOffice does not fit rows by itself."""
    lines = [
        len(wrap(cell, width=column.width - 2))
        for column, cell in zip(sheet.columns, row, strict=True)
        if isinstance(cell, str)
    ]
    return _LINE_HEIGHT * max([1, *lines])


def _write_row(
    target: Worksheet,
    number: int,
    row: Sequence[Cell],
    sheet: Sheet,
    formats: dict[Kind, Format],
) -> None:
    for place, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
        style = formats[column.kind]
        match cell:
            case None:
                target.write_blank(number, place, None, style)
            case str():
                target.write_string(number, place, cell, style)
            case date():
                target.write_datetime(number, place, cell, style)
            case int():
                target.write_number(number, place, cell / _DIVISORS.get(column.kind, 1), style)
