"""The workbook: real dates and numbers, text that stays text, the same bytes twice."""

import io
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl.worksheet.worksheet import Worksheet

from busplan.domain.dates import BERLIN
from busplan.reporting.info_sheet import build_info_sheet
from busplan.reporting.sheets import Kind, build_sheets
from busplan.reporting.visit_report import VisitReport
from busplan.reporting.workbook import write_workbook
from tests.reporting.worlds import AS_OF, HOSTILE, make_report, reports

TITLE = "Kreis Düren"


def book_of(report: VisitReport) -> bytes:
    sheets = (build_info_sheet(report, "1.2"), *build_sheets(report))
    return write_workbook(sheets, title=TITLE, mark="intern", created=AS_OF)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def by_visit(sheet: Worksheet) -> dict[str, dict[str, object]]:
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return {row[2]: dict(zip(head, row, strict=True)) for row in rows}


def test_the_info_sheet_comes_first_and_says_what_the_figures_are() -> None:
    book = opened(book_of(make_report()))

    assert book.sheetnames == ["Info", "Besuche", "Touren", "Gemeinden", "Busse", "Monate"]
    facts = {row[0].value: row[1].value for row in book["Info"].iter_rows(min_row=2)}
    assert facts["Kontakte"].startswith("Gezählt werden Kontakte, nicht Personen")
    assert facts["Vertraulichkeit"].startswith("intern")
    assert facts["Zeitraum"] == "30.11.2026 bis 06.12.2026"
    assert facts["Stand"] == "02.12.2026 20:00"
    assert facts["Plan"] == "2026-W49, Fassung 3, veröffentlicht 20.11.2026 11:00"
    assert facts["Erstellt mit"] == "busplan 1.2"


def test_values_are_dates_and_numbers() -> None:
    done = by_visit(opened(book_of(make_report()))["Besuche"])["done"]

    assert done["Datum"] == datetime(2026, 11, 30)  # noqa: DTZ001 (spreadsheets know no zone)
    assert done["Ankunft"] == datetime(2026, 11, 30, 14, 28)  # noqa: DTZ001
    assert done["Öffnung geplant (h)"] == pytest.approx(110 / 60)
    assert done["Kontakte"] == 1246
    assert done["Gemeinde"] == "Vettweiß"


def test_a_stop_cannot_be_a_formula() -> None:
    sheet = opened(book_of(make_report()))["Besuche"]
    column = [cell.value for cell in sheet[1]].index("Halt geplant")

    (hostile,) = [r[column] for r in sheet.iter_rows() if str(r[column].value).startswith("=")]
    assert (hostile.value, hostile.data_type) == (HOSTILE, "s")


def test_headings_stay_in_sight_and_pages_are_marked() -> None:
    for sheet in opened(book_of(make_report())):
        assert sheet.freeze_panes == "B2"
        assert sheet.oddHeader.right.text == "intern"


def test_the_same_report_is_the_same_file() -> None:
    """A closed period exported again, with the time of the first export, is byte for byte it."""
    assert book_of(make_report()) == book_of(make_report())


def test_the_file_is_dated_as_told() -> None:
    properties = opened(book_of(make_report())).properties

    assert properties.created.replace(tzinfo=BERLIN) == AS_OF.replace(hour=19)
    assert properties.title == TITLE


@settings(max_examples=25)
@given(report=reports())
def test_any_report_makes_a_workbook_with_its_numbers(report: VisitReport) -> None:
    book = opened(book_of(report))

    for sheet in build_sheets(report):
        assert sheet.totals is not None
        last = [cell.value for cell in book[sheet.name][len(sheet.rows) + 2]]
        for column, cell, value in zip(sheet.columns, sheet.totals, last, strict=True):
            if column.kind is Kind.NUMBER and cell is not None:
                assert value == cell
