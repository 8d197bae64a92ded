"""CSV for German spreadsheets."""

import csv
import io

from hypothesis import given

from busplan.reporting.csv_table import write_csv
from busplan.reporting.info_sheet import build_info_sheet
from busplan.reporting.sheets import build_sheets
from busplan.reporting.visit_report import VisitReport
from tests.reporting.worlds import HOSTILE, make_report, reports


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def visits() -> dict[str, dict[str, str]]:
    head, *rows = read(write_csv(build_sheets(make_report())[0]))
    return {row[2]: dict(zip(head, row, strict=True)) for row in rows}


def test_dates_decimals_and_umlauts() -> None:
    done = visits()["done"]

    assert done["Datum"] == "2026-11-30"
    assert done["Ankunft"] == "2026-11-30 14:28"
    assert done["Öffnung geplant (h)"] == "1,83"
    assert done["Kontakte"] == "1246"
    assert done["Halt geplant"] == "Dorfplatz; große Wiese"


def test_the_file_says_that_it_is_utf_8() -> None:
    assert write_csv(build_sheets(make_report())[0]).startswith(b"\xef\xbb\xbfDatum;")


def test_a_stop_cannot_be_a_formula() -> None:
    assert visits()["forgotten"]["Halt geplant"] == f"'{HOSTILE}"


@given(report=reports())
def test_every_row_survives(report: VisitReport) -> None:
    for sheet in (build_info_sheet(report, "1"), *build_sheets(report)):
        head, *rows = read(write_csv(sheet))

        assert head == [column.heading for column in sheet.columns]
        assert len(rows) == len(sheet.rows) + (sheet.totals is not None)
        assert {len(row) for row in rows} <= {len(head)}
