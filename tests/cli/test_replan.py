"""``busplan replan mobile-library``: what it prints, writes and exits with."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from busplan.cli.main import main
from busplan.exchange.mobile_library import read_timetable, write_timetable
from tests.cli.test_plan import Told
from tests.mobile_timetables import csv_file, csv_row, two_wasteful_days
from tests.terminals import terminal

Run = Callable[..., Told]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """One command of the real program, in this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")

    def run_main(*arguments: object) -> Told:
        words = ["busplan", "replan", "mobile-library", *map(str, arguments)]
        monkeypatch.setattr(sys, "argv", words)
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Told(ended.value.code or 0, printed.out, printed.err)

    return run_main


@pytest.fixture
def shire(tmp_path: Path) -> Path:
    """A timetable that wastes kilometres."""
    file = tmp_path / "shire.csv"
    file.write_bytes(write_timetable(two_wasteful_days()))
    return file


def test_it_prints_both_sides_and_writes_timetable_figures_and_map(
    run: Run, shire: Path, tmp_path: Path
) -> None:
    told = run(shire, "--work", "0.2")

    assert (told.status, told.err) == (0, "")
    for words in ("kilometres", "driving minutes", "vehicle days used", "longest day", "%"):
        assert words in told.out
    out = tmp_path / "replanned" / "shire"
    figures = json.loads((out / "shire.json").read_text("utf-8"))
    assert figures["replanned"]["length_m"] < figures["published"]["length_m"]
    assert figures["moves"]["visits"] == 4
    assert len(read_timetable(out / "shire.csv").timetable.visits) == 4
    assert (out / "index.html").exists()


def test_given_depots_and_weekdays_are_kept(run: Run, shire: Path, tmp_path: Path) -> None:
    (tmp_path / "depots.csv").write_text("mobile,lat,lon\nVan,52.0,-1.1\n")
    out = tmp_path / "out"
    options = ("--depots", "depots.csv", "--keep-weekdays", "--out", out, "--work", "0.2")

    told = run(shire, *options)

    assert told.status == 0, told.err
    assert "Every visit kept its weekday" in told.out
    assert "estimated" not in told.out
    figures = json.loads((out / "shire.json").read_text("utf-8"))
    assert figures["depots"] == {"Van": {"lat": 52.0, "lon": -1.1}}
    assert figures["moves"]["weekday"] == 0


def test_measured_roads_make_both_sides_longer(run: Run, shire: Path, tmp_path: Path) -> None:
    """Twice the geodesic instead of 1.38 times."""
    (tmp_path / "legs.csv").write_text(
        "mobile,route,origin_stop,origin_stop_latitude,origin_stop_longitude,destination_stop,"
        "destination_stop_latitude,destination_stop_longitude,distance,duration\n"
        "Van,A,Green,52.0,-1.0,Church,52.1,-1.0,22250,2000\n"
    )

    def published_m(*options: str) -> int:
        told = run(shire, "--work", "0.2", *options)
        assert told.status == 0, told.err
        figures = json.loads((tmp_path / "replanned/shire/shire.json").read_text("utf-8"))
        length_m: int = figures["published"]["length_m"]
        return length_m

    assert published_m("--legs", "legs.csv") == pytest.approx(published_m() / 1.38 * 2, rel=1e-3)


def test_warnings_are_told_and_the_timetable_is_planned(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_bytes(csv_file(csv_row(day="Sunday"), csv_row(stop="Church", arrival="9:45")))

    told = run(file, "--work", "0.2")

    assert told.status == 0, told.err
    assert "Warning: odd.csv, row 2, column day: 'Sunday'" in told.out
    assert "Warning: odd.csv, row 3, column arrival: '09:45'" in told.out


def test_a_bad_file_tells_every_fault_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(csv_file(csv_row(arrival="noon"), csv_row(stop="Church", geox="east")))

    told = run(file)

    assert told.status == 2
    assert "bad.csv, row 2, column arrival: 'noon'" in told.err
    assert "bad.csv, row 3, column geox: 'east'" in told.err
    assert not (tmp_path / "replanned").exists()


def test_a_depot_for_nobody_and_a_file_that_is_not_there_are_told(
    run: Run, shire: Path, tmp_path: Path
) -> None:
    (tmp_path / "depots.csv").write_text("mobile,lat,lon\nTram,52.0,-1.1\n")

    assert "a row for vehicle Van" in run(shire, "--depots", "depots.csv").err
    assert "cannot be read" in run(tmp_path / "none.csv").err


def test_files_of_others_are_not_overwritten(run: Run, shire: Path, tmp_path: Path) -> None:
    """The folder of the timetable itself: its file has the name that the new one would have."""
    before = shire.read_bytes()

    told = run(shire, "--work", "0.2", "--out", tmp_path)

    assert told.status == 2
    assert "not written by a publication" in told.err
    assert shire.read_bytes() == before


def test_ctrl_c_keeps_and_writes_the_best_timetable(shire: Path, tmp_path: Path) -> None:
    words = ("replan", "mobile-library", str(shire), "--work", "1e6")

    with terminal(tmp_path, *words, "--out", str(tmp_path / "out")) as screen:
        assert screen.read_until("best"), screen.seen[-2000:]
        screen.press_ctrl_c()
        status = screen.wait()

    assert status == 0, screen.seen[-2000:]
    assert "Traceback" not in screen.seen
    assert len(read_timetable(tmp_path / "out" / "shire.csv").timetable.visits) == 4
