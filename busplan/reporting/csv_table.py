"""A sheet -> CSV as spreadsheets in German expect it.

UTF-8 with a byte order mark (without one Excel reads another character set), semicolons, comma
decimals, ISO dates, CRLF (RFC 4180). LibreOffice asks how to read it: UTF-8 and semicolon.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

from busplan.reporting.sheets import Cell, Kind, Sheet

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(sheet: Sheet) -> bytes:
    """Headings, rows and totals; text that a spreadsheet would run is disarmed by an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.heading for column in sheet.columns])
    for row in (*sheet.rows, *([sheet.totals] if sheet.totals else [])):
        writer.writerow(_texts(row, sheet))
    return buffer.getvalue().encode("utf-8-sig")


def _texts(row: Sequence[Cell], sheet: Sheet) -> list[str]:
    return [_text(cell, column.kind) for column, cell in zip(sheet.columns, row, strict=True)]


def _text(cell: Cell, kind: Kind) -> str:
    match cell:
        case None:
            return ""
        case str():
            return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
        case datetime():
            return cell.isoformat(sep=" ", timespec="minutes")
        case date():
            return cell.isoformat()
    match kind:
        case Kind.HOURS:
            return f"{cell / 60:.2f}".replace(".", ",")
        case Kind.KILOMETRES:
            return f"{cell / 1000:.1f}".replace(".", ",")
        case _:
            return str(cell)
