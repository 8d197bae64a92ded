"""Measured road legs from a file, every fault told."""

from pathlib import Path

import pytest

from busplan.domain.errors import InvalidInput
from busplan.domain.places import Coordinate
from busplan.exchange.road_legs import read_road_legs

HEADER = (
    "mobile,route,origin_stop,origin_stop_latitude,origin_stop_longitude,"
    "destination_stop,destination_stop_latitude,destination_stop_longitude,distance,duration\n"
)


def write(folder: Path, *rows: str) -> Path:
    file = folder / "legs.csv"
    file.write_text(HEADER + "\n".join(rows) + "\n")
    return file


def test_a_row_becomes_a_leg(tmp_path: Path) -> None:
    (leg,) = read_road_legs(write(tmp_path, "Van,A,Green,52.5,-1.5,Church,52.6,-1.25,1612.2,189.4"))

    assert (leg.here, leg.there) == (Coordinate(52.5, -1.5), Coordinate(52.6, -1.25))
    assert (leg.metres, leg.seconds) == (1612.2, 189.4)


def test_every_fault_is_told(tmp_path: Path) -> None:
    file = write(
        tmp_path, "Van,A,Green,north,-1.5,Church,52.6,-1.25,1,2", "Van,A,Green,1,2,Church,3,4,-5,"
    )

    with pytest.raises(InvalidInput) as refused:
        read_road_legs(file)

    assert [(p.row, p.column) for p in refused.value.problems] == [
        *((2, "origin_stop_latitude"), (3, "distance"), (3, "duration")),
    ]


def test_a_file_without_legs_and_one_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no usable legs"):
        read_road_legs(write(tmp_path))
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_road_legs(tmp_path / "none.csv")
