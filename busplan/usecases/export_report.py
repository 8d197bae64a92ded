"""Export the report of a period: what was planned, what was done, as XLSX and CSV."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Engine

from busplan import __version__
from busplan.domain.dates import DateRange
from busplan.domain.stop_events import state_of
from busplan.reporting.csv_table import write_csv
from busplan.reporting.info_sheet import PROFILE, build_info_sheet
from busplan.reporting.sheets import build_sheets
from busplan.reporting.visit_report import VisitReport, build_report
from busplan.reporting.workbook import write_workbook
from busplan.storage.store import Store


def export_report(engine: Engine, first: date, last: date, now: datetime) -> Mapping[str, bytes]:
    """Files by name: one workbook, and its sheets as CSV.

    The report covers published visits from ``first`` to ``last``, both included, as they stand at
    ``now``; for one ``now`` the bytes are always the same. Raises ``InvalidInput`` when the period
    ends before it begins.
    """
    report = _report(engine, DateRange(first=first, last=last), now)
    sheets = (build_info_sheet(report, __version__), *build_sheets(report))
    stem = f"busplan-bericht-{first}-{last}-{PROFILE}"
    title = f"{report.county.county.name}: Besuche {first:%d.%m.%Y} bis {last:%d.%m.%Y}"
    book = write_workbook(sheets, title=title, mark=PROFILE, created=now)
    tables = {f"{stem}-{sheet.name.lower()}.csv": write_csv(sheet) for sheet in sheets}
    return {f"{stem}.xlsx": book} | tables


def _report(engine: Engine, period: DateRange, now: datetime) -> VisitReport:
    with Store.reading(engine) as store:
        county = store.county.get()
        versions = store.plans.list_published(period.first, period.last)
        ids = [visit.id for version in versions for _, visit in version.solution.plan.visits()]
        events = store.stop_events.of_visits(ids)
    states = {visit_id: state_of(log) for visit_id, log in events.items()}
    return build_report(county, versions, states, period, now)
