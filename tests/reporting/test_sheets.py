"""Sheets: the same sums wherever a sum is told."""

from hypothesis import given

from busplan.reporting.sheets import Cell, Kind, Sheet, build_sheets
from busplan.reporting.visit_report import VisitReport
from tests.reporting.worlds import make_report, reports


def sheet(name: str, report: VisitReport | None = None) -> Sheet:
    return next(s for s in build_sheets(report or make_report()) if s.name == name)


def cells(row: tuple[Cell, ...], table: Sheet) -> dict[str, Cell]:
    return {c.heading: cell for c, cell in zip(table.columns, row, strict=True)}


def row(table: Sheet, first: str) -> dict[str, Cell]:
    return cells(next(row for row in table.rows if row[0] == first), table)


@given(report=reports())
def test_totals_are_the_sums_of_their_columns(report: VisitReport) -> None:
    for table in build_sheets(report):
        assert table.totals is not None
        for number, column in enumerate(table.columns):
            if column.kind in (Kind.NUMBER, Kind.HOURS, Kind.KILOMETRES):
                column_sum = sum(row[number] or 0 for row in table.rows)
                assert table.totals[number] == column_sum, (table.name, column.heading)


@given(report=reports())
def test_all_sheets_tell_the_same_totals(report: VisitReport) -> None:
    told: dict[str, set[Cell]] = {}
    for table in build_sheets(report):
        assert table.totals is not None
        for heading, cell in cells(table.totals, table).items():
            if isinstance(cell, int):
                told.setdefault(heading, set()).add(cell)

    assert {heading: values for heading, values in told.items() if len(values) > 1} == {}
    assert len(told["Kilometer geplant"]) == len(told["Kontakte"]) == 1


@given(report=reports())
def test_every_planned_visit_has_one_fate(report: VisitReport) -> None:
    table = sheet("Busse", report)
    assert table.totals is not None
    total = cells(table.totals, table)

    fates = ("stattgefunden", "ausgefallen", "nicht erfasst", "noch geplant")
    assert total["Besuche geplant"] == sum(total[f"Besuche {fate}"] for fate in fates)
    reasons = sum(cell for heading, cell in total.items() if heading.startswith("Ausfall:"))
    assert total["Besuche ausgefallen"] == reasons


def test_a_moved_visit_is_promised_here_and_given_there() -> None:
    towns = sheet("Gemeinden")

    vettweiss, dueren = row(towns, "Vettweiß"), row(towns, "Düren")
    assert (vettweiss["Besuche geplant"], vettweiss["Besuche stattgefunden"]) == (2, 1)
    assert (dueren["Besuche geplant"], dueren["Besuche stattgefunden"]) == (3, 1)
    assert dueren["Anwesenheit (h)"] == 70


def test_a_town_without_visits_is_shown_with_zeros() -> None:
    nowhere = row(sheet("Gemeinden"), "Nirgendwo")

    assert {cell for cell in nowhere.values() if isinstance(cell, int)} == {0}


def test_towns_have_no_kilometres() -> None:
    assert not [c for c in sheet("Gemeinden").columns if c.kind is Kind.KILOMETRES]


def test_months_and_buses_have_theirs() -> None:
    december = row(sheet("Monate"), "2026-12")
    ninja = row(sheet("Busse"), "ninJA")

    assert december["Kilometer geplant"] == 36_500
    assert december["Kilometer gefahren (nach Plan)"] == 20_500
    assert (ninja["Kilometer geplant"], ninja["Kilometer gefahren (nach Plan)"]) == (16_000, 0)


def test_not_counted_is_empty_and_nobody_is_zero() -> None:
    visits = sheet("Besuche")
    by_id = {cells(r, visits)["Besuch"]: cells(r, visits) for r in visits.rows}

    assert by_id["done"]["Kontakte unter 10"] == 0
    assert by_id["moved"]["Kontakte unter 10"] is None
    assert by_id["moved"]["Kontakte"] is None


def test_nobody_is_asked_for_their_sex() -> None:
    headings = {c.heading for table in build_sheets(make_report()) for c in table.columns}

    assert not [h for h in headings if "weiblich" in h or "männlich" in h or "Geschlecht" in h]
