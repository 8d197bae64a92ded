"""``busplan data``: problems are told all at once, and bad data changes nothing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from busplan.domain.county import CountyData
from busplan.exchange.county_folder import read_county
from busplan.storage.engine import make_engine
from busplan.storage.store import Store

FOLDER = Path(__file__).parents[2] / "data" / "kreis-dueren"


def run(*arguments: str, database: Path) -> subprocess.CompletedProcess[str]:
    """One ``busplan data`` command in a process of its own."""
    environment = os.environ | {
        "BUSPLAN_DATABASE_URL": f"sqlite:///{database}",
        "COLUMNS": "100",
        "PYTHONIOENCODING": "utf-8",
    }
    return subprocess.run(
        [sys.executable, "-c", "from busplan.cli.main import main; main()", "data", *arguments],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "busplan.db"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A copy of Kreis Düren with two faults in two files."""
    folder = tmp_path / "faulty"
    shutil.copytree(FOLDER, folder)
    for name, old, new in (("stops.csv", "area", "quarter"), ("crew.csv", "P2", "P1")):
        file = folder / name
        file.write_text(file.read_text().replace(old, new, 1))
    return folder


def stored(database: Path) -> CountyData:
    """The county in the database."""
    with Store(make_engine(f"sqlite:///{database}")) as store:
        return store.county.get()


def test_check_counts_what_it_read_and_leaves_no_trace(database: Path) -> None:
    done = run("check", str(FOLDER), database=database)

    assert done.returncode == 0, done.stderr
    assert "stops.csv" in done.stdout
    assert "44 invented" in done.stdout
    assert "demand n-niederzier asks for 120 min" in done.stdout
    assert not database.exists()


def test_check_tells_every_problem_and_exits_with_2(faulty: Path, database: Path) -> None:
    done = run("check", str(faulty), database=database)

    assert done.returncode == 2
    assert "stops.csv, row 3, column level: 'quarter' found" in done.stderr
    assert "crew.csv, row 3, column id: 'P1' found" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_load_fills_the_database(database: Path) -> None:
    done = run("load", str(FOLDER), database=database)

    assert done.returncode == 0, done.stderr
    assert stored(database) == read_county(FOLDER)


def test_load_of_bad_data_leaves_the_database_as_it_was(faulty: Path, database: Path) -> None:
    run("load", str(FOLDER), database=database)

    done = run("load", str(faulty), database=database)

    assert done.returncode == 2
    assert stored(database) == read_county(FOLDER)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, database: Path) -> None:
    done = run("check", str(tmp_path / "nowhere"), database=database)

    assert done.returncode == 2
    assert "expected a county's folder" in done.stderr
