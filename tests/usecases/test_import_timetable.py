"""Importing a timetable: a folder that is a county, or nothing at all."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from busplan.domain.errors import InvalidInput
from busplan.exchange.county_folder import read_county
from busplan.planning.limits import SearchLimits
from busplan.usecases.import_timetable import import_timetable
from busplan.usecases.load_county import load_county
from busplan.usecases.plan_week import plan_week
from tests.factories import MONDAY
from tests.mobile_timetables import csv_file, csv_row
from tests.usecases.test_publish_week import NOW

TODAY = date(2026, 11, 23)
ROWS = (
    csv_row(),
    csv_row(stop="Pub", arrival="10:30", departure="11:00", geoy="52.26"),
    csv_row(stop="School", day="Tuesday", start="2026-12-01"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "shire.csv"
    path.write_bytes(csv_file(*ROWS))
    return path


def test_the_folder_is_a_county(file: Path, tmp_path: Path) -> None:
    imported = import_timetable(file, tmp_path / "new" / "shire", "GB-ENG", TODAY)

    assert read_county(tmp_path / "new" / "shire") == imported.data
    assert imported.warnings == ()
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["shire"]


def test_an_imported_county_can_be_planned(file: Path, tmp_path: Path, engine: Engine) -> None:
    imported = import_timetable(file, tmp_path / "shire", "GB-ENG", TODAY)
    load_county(engine, imported.data)

    version, _ = plan_week(
        engine, MONDAY, 1, limits=SearchLimits(work=5), seed=1, now=NOW, cache_dir=None
    )

    visits = [visit for _, visit in version.solution.plan.visits()]
    assert [(visit.stop_id, visit.open_min, visit.close_min) for visit in visits] == [
        ("upton-green", 570, 600),
        ("upton-pub", 630, 660),
        ("upton-school", 570, 600),
    ]


def test_every_faulty_row_is_told_and_nothing_written(tmp_path: Path) -> None:
    file = tmp_path / "shire.csv"
    file.write_bytes(csv_file(csv_row(geoy="north"), csv_row(), csv_row(arrival="25:00")))

    with pytest.raises(InvalidInput) as refused:
        import_timetable(file, tmp_path / "shire", "GB-ENG", TODAY)

    told = [str(problem) for problem in refused.value.problems]
    assert [line.partition(":")[0] for line in told] == [
        "shire.csv, row 2, column geoy",
        "shire.csv, row 4, column arrival",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["shire.csv"]


def test_a_region_without_holidays_is_refused(file: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        import_timetable(file, tmp_path / "shire", "XX", TODAY)

    assert "known holidays" in str(refused.value.problems[0])
    assert not (tmp_path / "shire").exists()


def test_a_folder_that_holds_something_is_not_touched(file: Path, tmp_path: Path) -> None:
    (tmp_path / "shire").mkdir()
    (tmp_path / "shire" / "mine.txt").write_text("mine")

    with pytest.raises(InvalidInput, match="is there already"):
        import_timetable(file, tmp_path / "shire", "GB-ENG", TODAY)

    assert (tmp_path / "shire" / "mine.txt").read_text() == "mine"


def test_what_surprises_is_told(tmp_path: Path) -> None:
    file = tmp_path / "shire.csv"
    mill = csv_row(stop="Mill", day="Friday", arrival="12:00", departure="12:30", end="2027-12-06")
    file.write_bytes(csv_file(*ROWS, mill))

    imported = import_timetable(file, tmp_path / "shire", "GB-ENG", TODAY)

    (warning,) = imported.warnings
    assert warning.startswith("shire.csv, row 5, column day: 'Friday'")
