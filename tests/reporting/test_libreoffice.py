"""What LibreOffice makes of our files: umlauts, dates and decimals come back right."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from busplan.reporting.csv_table import write_csv
from busplan.reporting.info_sheet import build_info_sheet
from busplan.reporting.sheets import build_sheets
from busplan.reporting.workbook import write_workbook
from tests.reporting.office import convert
from tests.reporting.worlds import AS_OF, HOSTILE, make_report

GERMAN_CSV = "CSV:59,34,76,1,,1031,false,true"
"""Semicolon, quote, UTF-8, from line 1, German numbers, dates and numbers recognised."""


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A LibreOffice profile of our own."""
    return tmp_path_factory.mktemp("profile")


def table(sheet: Worksheet) -> dict[object, dict[str, object]]:
    """Rows by their third column."""
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return {row[2]: dict(zip(map(str, head), row, strict=True)) for row in rows}


def hostile_cells(sheet: Worksheet) -> Iterable[tuple[object, str]]:
    for row in sheet.iter_rows():
        for cell in row:
            if "HYPERLINK" in str(cell.value):
                yield cell.value, cell.data_type


def assert_as_reported(done: dict[str, object]) -> None:
    """The visit of Monday, from any file."""
    assert done["Datum"] == datetime(2026, 11, 30)  # noqa: DTZ001 (spreadsheets know no zone)
    assert done["Ankunft"] == datetime(2026, 11, 30, 14, 28)  # noqa: DTZ001
    assert done["Öffnung geplant (h)"] == pytest.approx(1.83, abs=0.005)
    assert done["Anwesenheit (h)"] == pytest.approx(2.45)
    assert done["Kontakte 14 bis 17"] == 1234
    assert done["Kontakte"] == 1246
    assert done["Gemeinde"] == "Vettweiß"
    assert done["Ortsteil geplant"] == "Müddersheim"
    assert done["Halt"] == "Dorfplatz; große Wiese"


def test_the_workbook_opens_right(tmp_path: Path, profile: Path) -> None:
    report = make_report()
    sheets = (build_info_sheet(report, "1"), *build_sheets(report))
    path = tmp_path / "bericht.xlsx"
    path.write_bytes(write_workbook(sheets, title="Bericht", mark="intern", created=AS_OF))

    book = openpyxl.load_workbook(convert(path, "xlsx", profile))

    assert book.sheetnames == ["Info", "Besuche", "Touren", "Gemeinden", "Busse", "Monate"]
    visits = table(book["Besuche"])
    assert_as_reported(visits["done"])
    assert set(hostile_cells(book["Besuche"])) == {(HOSTILE, "s")}
    tours = table(book["Touren"])
    assert tours["2026-11-30-wilde13"]["Kilometer geplant"] == pytest.approx(31.25)


def test_the_csv_opens_right(tmp_path: Path, profile: Path) -> None:
    visits, *_ = build_sheets(make_report())
    (tmp_path / "besuche.csv").write_bytes(write_csv(visits))

    opened = openpyxl.load_workbook(
        convert(tmp_path / "besuche.csv", "xlsx", profile, read_as=GERMAN_CSV)
    ).active
    assert isinstance(opened, Worksheet)
    assert opened["A1"].value == "Datum"
    assert_as_reported(table(opened)["done"])
    assert set(hostile_cells(opened)) == {(f"'{HOSTILE}", "s")}
