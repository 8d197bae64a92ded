"""Recorded legs: what the file says, and nothing else."""

from pathlib import Path

import pytest

from busplan.domain.errors import InvalidInput, NotFound
from busplan.domain.places import Coordinate
from busplan.travel.build import build_matrix
from busplan.travel.recorded import read_legs

HEADER = "from_lat,from_lon,to_lat,to_lon,seconds,metres\n"
A, B = Coordinate(50.8, 6.4), Coordinate(50.9, 6.5)


def legs_file(folder: Path, *rows: str) -> Path:
    path = folder / "legs.csv"
    path.write_text(HEADER + "\n".join(rows))
    return path


def test_a_recorded_leg_holds_in_its_direction(tmp_path: Path) -> None:
    path = legs_file(tmp_path, "50.8,6.4,50.9,6.5,601,9000.5", "50.9,6.5,50.8,6.4,540,8000")

    matrix = build_matrix({"a": A, "b": B}, read_legs(path))

    assert (matrix.travel_min("a", "b"), matrix.length_m("a", "b")) == (11, 9001)
    assert (matrix.travel_min("b", "a"), matrix.length_m("b", "a")) == (9, 8000)


def test_one_way_is_not_the_way_back(tmp_path: Path) -> None:
    travel = read_legs(legs_file(tmp_path, "50.8,6.4,50.9,6.5,601,9000.5"))

    with pytest.raises(NotFound, match=r"\(50.9, 6.5\) to \(50.8, 6.4\)"):
        travel.times((A, B))


def test_the_key_follows_the_content(tmp_path: Path) -> None:
    one = read_legs(legs_file(tmp_path, "50.8,6.4,50.9,6.5,601,9000"))
    same = read_legs(legs_file(tmp_path, "50.80,6.40,50.90,6.50,601.0,9000"))
    other = read_legs(legs_file(tmp_path, "50.8,6.4,50.9,6.5,602,9000"))

    assert one.key == same.key != other.key


def test_every_problem_of_a_file_is_told(tmp_path: Path) -> None:
    path = legs_file(tmp_path, "50.8,6.4,50.9,6.5,soon,-3", "95,6.4,50.9,6.5,60,nan", "50.8,6.4")

    with pytest.raises(InvalidInput) as caught:
        read_legs(path)

    places = [(p.row, p.column, p.value) for p in caught.value.problems]
    assert places == [
        (2, "seconds", "soon"),
        (2, "metres", "-3"),
        (3, "from_lat", "95"),
        (3, "metres", "nan"),
        (4, "to_lat", ""),
        (4, "to_lon", ""),
        (4, "seconds", ""),
        (4, "metres", ""),
    ]


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "legs.csv"
    path.write_text("from_lat,from_lon,to_lat,to_lon\n")

    with pytest.raises(InvalidInput) as caught:
        read_legs(path)

    assert [p.column for p in caught.value.problems] == ["seconds", "metres"]
