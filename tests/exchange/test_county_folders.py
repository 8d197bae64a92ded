"""A folder of counties is read whole, or every problem of every county is told."""

from pathlib import Path

import pytest

from benchmarks.county_folders import county_data
from benchmarks.county_weeks import county_week
from busplan.domain.errors import InvalidInput
from busplan.exchange.county_folders import read_counties
from tests.county_folders import write_counties


def test_every_subfolder_is_a_county_by_name(tmp_path: Path) -> None:
    folder = write_counties(tmp_path, "north", "east")
    (folder / "README.md").touch()
    (folder / ".git").mkdir()

    counties = read_counties(folder)

    assert list(counties) == ["east", "north"]
    assert counties["north"] == county_data(county_week(stops=4, seed=sum(b"north")), "north")


def test_problems_of_all_counties_are_told_with_their_folder(tmp_path: Path) -> None:
    folder = write_counties(tmp_path, "east", "north", "south")
    (folder / "east" / "crew.csv").unlink()
    stops = folder / "south" / "stops.csv"
    stops.write_text(stops.read_text("utf-8").replace("invented", "guessed"), "utf-8")

    with pytest.raises(InvalidInput) as refusal:
        read_counties(folder)

    assert {problem.file for problem in refusal.value.problems} == {
        "east/crew.csv",
        "south/stops.csv",
    }
    assert len(refusal.value.problems) == 5


def test_a_folder_without_counties_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="holds no county"):
        read_counties(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="nowhere cannot be read: No such file"):
        read_counties(tmp_path / "nowhere")
