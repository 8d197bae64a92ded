"""``busplan plan --counties``: the table, the exit status, and what Ctrl-C leaves."""

import csv
import io
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from benchmarks.county_folders import county_data
from benchmarks.county_weeks import county_week
from busplan.cli.main import app
from busplan.domain.errors import BusplanError, InvalidInput, ServiceDown
from busplan.exchange.county_folder import write_county
from tests.county_folders import write_counties
from tests.terminals import terminal

WEEK = "2026-W49"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["plan", "--week", WEEK, *map(str, arguments)])


def refusal(*arguments: object) -> BusplanError:
    error = run(*arguments).exception
    assert isinstance(error, BusplanError)
    return error


def test_counties_are_planned_without_a_database_and_told_in_a_table() -> None:
    write_counties(Path("counties"), "east", "north")

    told = run("--counties", "counties", "--work", 2, "--processes", 2)

    assert told.exit_code == 0, told.output
    assert "2 of 2" in told.output
    assert "Plans and summary.csv are in var/plans/2026-W49." in told.output
    folder = Path("var/plans") / WEEK
    assert sorted(path.name for path in folder.iterdir()) == [
        "east.json",
        "north.json",
        "summary.csv",
    ]
    for row in csv.DictReader(io.StringIO((folder / "summary.csv").read_text("utf-8"))):
        assert f"{int(row['cost']):,}" in told.output


def test_options_that_exclude_each_other_are_refused() -> None:
    assert "--scheduler and --processes" in str(
        refusal("--counties", "x", "--scheduler", "tcp://127.0.0.1:1", "--processes", 2)
    )
    assert "need --counties" in str(refusal("--processes", 2))
    assert "need --counties" in str(refusal("--scheduler", "tcp://127.0.0.1:1"))
    assert "not of --counties" in str(refusal("--counties", "x", "--pin", "v"))


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("busplan.jobs.cluster.CONNECT_SECONDS", 0.2)

    error = refusal("--counties", "counties", "--scheduler", "tcp://127.0.0.1:1")

    assert isinstance(error, ServiceDown)
    assert "no scheduler answers at tcp://127.0.0.1:1" in str(error)


def test_a_broken_county_is_refused_with_its_folder() -> None:
    write_counties(Path("counties"), "east", "north")
    Path("counties/north/crew.csv").unlink()

    error = refusal("--counties", "counties")

    assert isinstance(error, InvalidInput)
    assert [problem.file for problem in error.problems] == ["north/crew.csv"]
    assert not Path("var").exists()


def test_ctrl_c_keeps_the_counties_that_are_finished_and_names_the_others(tmp_path: Path) -> None:
    counties = write_counties(tmp_path / "counties", "east")
    endless = county_week(stops=12, seed=4, week_max_min=900)
    write_county(county_data(endless, "north"), counties / "north")

    command = ("plan", "--week", WEEK, "--counties", "counties", "--processes", "2")
    with terminal(tmp_path, *command, "--work", "1e6") as screen:
        assert screen.read_until("1 of 2 planned"), screen.seen[-2000:]
        screen.press_ctrl_c()
        status = screen.wait()

    assert status == 1
    assert "Traceback" not in screen.seen
    assert "north has no plan" in screen.seen
    assert "east has no plan" not in screen.seen
    folder = tmp_path / "var" / "plans" / WEEK
    assert sorted(path.name for path in folder.iterdir()) == ["east.json", "summary.csv"]
