"""Depots from a file: one for every vehicle of the timetable, and for no other."""

from pathlib import Path

import pytest

from busplan.domain.errors import InvalidInput
from busplan.domain.places import Coordinate
from busplan.exchange.depot_table import read_depots


def test_every_vehicle_gets_its_depot(tmp_path: Path) -> None:
    file = tmp_path / "depots.csv"
    file.write_text("mobile,lat,lon\nVan,52.1,-1.5\nBus,52.2,-1.25\n")

    depots = read_depots(file, ("Van", "Bus"))

    assert depots == {"Van": Coordinate(52.1, -1.5), "Bus": Coordinate(52.2, -1.25)}


def test_unknown_double_and_missing_vehicles_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "depots.csv"
    file.write_text("mobile,lat,lon\nTram,52.1,-1.5\nVan,52.1,-1.5\nVan,52.1,-1.5\n")

    with pytest.raises(InvalidInput) as refused:
        read_depots(file, ("Van", "Bus"))

    told = " ".join(map(str, refused.value.problems))
    assert len(refused.value.problems) == 3
    assert "row 2, column mobile: 'Tram'" in told
    assert "row 4" in told
    assert "a row for vehicle Bus" in told


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_depots(tmp_path / "none.csv", ("Van",))
