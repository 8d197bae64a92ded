"""A report from the database to its files."""

import csv
import io
from datetime import date, datetime

import pytest
from sqlalchemy import Engine

from busplan.domain.dates import BERLIN
from busplan.domain.errors import InvalidInput
from busplan.domain.stop_events import AgeBand, EventKind, StopEvent, Tally
from busplan.storage.store import Store
from busplan.usecases.export_report import export_report
from tests.factories import MONDAY
from tests.storage.weeks import NOW, VISIT, make_county_data, make_solution

LATER = datetime(2027, 1, 11, 8, tzinfo=BERLIN)
DECEMBER = (date(2026, 11, 30), date(2026, 12, 31))


@pytest.fixture
def house(engine: Engine) -> Engine:
    """One published week whose only visit took place, and a draft of the next."""
    tally = Tally(counts=((AgeBand.FROM_14, 9),))
    arrived = datetime(2026, 11, 30, 14, 40, tzinfo=BERLIN)
    with Store(engine) as store:
        store.county.save(make_county_data())
        draft = store.plans.add_draft(make_solution(), NOW)
        store.plans.publish(draft.id, NOW)
        store.plans.add_draft(make_solution(date(2026, 12, 7)), NOW)
        store.stop_events.append(StopEvent(visit_id=VISIT, kind=EventKind.ARRIVE, at=arrived))
        store.stop_events.append(
            StopEvent(
                visit_id=VISIT,
                kind=EventKind.LEAVE,
                at=arrived.replace(hour=16, minute=0),
                tally=tally,
            )
        )
    return engine


def test_the_files_are_named_by_period_and_profile(house: Engine) -> None:
    names = list(export_report(house, *DECEMBER, LATER))

    stem = "busplan-bericht-2026-11-30-2026-12-31-intern"
    tables = ("info", "besuche", "touren", "gemeinden", "busse", "monate")
    assert names == [f"{stem}.xlsx", *(f"{stem}-{table}.csv" for table in tables)]


def test_published_visits_are_reported_with_what_happened(house: Engine) -> None:
    files = export_report(house, *DECEMBER, LATER)

    (content,) = [files[name] for name in files if name.endswith("besuche.csv")]
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["Besuch"], row["Status"]) for row in rows] == [
        (VISIT, "stattgefunden"),
        ("", ""),
    ]
    assert [row["Anwesenheit (h)"] for row in rows] == ["1,33", "1,33"]
    assert [row["Kontakte 14 bis 17"] for row in rows] == ["9", "9"]


def test_a_closed_period_is_the_same_bytes_again(house: Engine) -> None:
    assert export_report(house, *DECEMBER, LATER) == export_report(house, *DECEMBER, LATER)


def test_a_period_without_visits_is_an_empty_report(house: Engine) -> None:
    files = export_report(house, date(2026, 1, 1), date(2026, 1, 31), LATER)

    (content,) = [files[name] for name in files if name.endswith("besuche.csv")]
    assert len(content.decode("utf-8-sig").splitlines()) == 2


def test_a_period_that_ends_before_it_begins_is_refused(house: Engine) -> None:
    with pytest.raises(InvalidInput):
        export_report(house, MONDAY, date(2026, 11, 29), LATER)
