"""The cache on disk: same matrix, built once."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from busplan.domain.matrix import TravelMatrix
from busplan.domain.places import Coordinate
from busplan.travel.build import build_matrix
from busplan.travel.cache import cached_matrix
from busplan.travel.geodesic import GeodesicTravel
from busplan.travel.provider import Table
from tests.travel.nodes import DUEREN, JUELICH, NIDEGGEN

NODES = {"depot": DUEREN, "s1": JUELICH, "s2": NIDEGGEN}


@dataclass
class CountedTravel:
    """Geodesic times that say how often they were asked for."""

    speed_kmh: float = 44.0
    asked: list[int] = field(default_factory=list)

    @property
    def key(self) -> str:
        return GeodesicTravel(1.39, self.speed_kmh).key

    def times(self, nodes: Sequence[Coordinate]) -> tuple[Table, Table]:
        self.asked.append(len(nodes))
        return GeodesicTravel(1.39, self.speed_kmh).times(nodes)


def the_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_a_matrix_is_built_once(tmp_path: Path) -> None:
    travel = CountedTravel()

    first = cached_matrix(tmp_path / "new", NODES, travel)
    second = cached_matrix(tmp_path / "new", NODES, travel)

    assert first == second == build_matrix(NODES, GeodesicTravel(1.39, 44.0))
    assert travel.asked == [3]


def test_no_folder_means_no_cache() -> None:
    travel = CountedTravel()

    cached_matrix(None, NODES, travel)
    cached_matrix(None, NODES, travel)

    assert travel.asked == [3, 3]


@pytest.mark.parametrize(
    "nodes",
    [
        NODES | {"s2": Coordinate(50.6922, 6.4844)},
        {"s1": JUELICH, "depot": DUEREN, "s2": NIDEGGEN},
        {"depot": DUEREN, "s1": JUELICH, "s3": NIDEGGEN},
        {"depot": DUEREN, "s1": JUELICH},
        {},
    ],
    ids=["moved", "other order", "renamed", "fewer", "none"],
)
def test_other_places_are_another_matrix(tmp_path: Path, nodes: dict[str, Coordinate]) -> None:
    travel = CountedTravel()
    cached_matrix(tmp_path, NODES, travel)

    for _ in range(2):
        assert cached_matrix(tmp_path, nodes, travel) == build_matrix(
            nodes, GeodesicTravel(1.39, 44.0)
        )

    assert travel.asked == [3, len(nodes)]


def test_another_speed_is_another_matrix(tmp_path: Path) -> None:
    slow, fast = CountedTravel(speed_kmh=20), CountedTravel(speed_kmh=80)

    assert cached_matrix(tmp_path, NODES, slow) != cached_matrix(tmp_path, NODES, fast)


@pytest.mark.parametrize("damage", ["cut", "flipped", "emptied"])
def test_a_damaged_file_is_built_anew(
    tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    travel = CountedTravel()
    matrix = cached_matrix(tmp_path, NODES, travel)
    content = the_file(tmp_path).read_bytes()
    middle = len(content) // 2
    flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    the_file(tmp_path).write_bytes(
        {"cut": content[:-9], "flipped": flipped, "emptied": b""}[damage]
    )

    with caplog.at_level(logging.WARNING):
        again = cached_matrix(tmp_path, NODES, travel)

    assert again == matrix
    assert travel.asked == [3, 3]
    assert "damaged" in caplog.text
    assert the_file(tmp_path).read_bytes() == content


def test_a_folder_that_cannot_be_written_costs_only_time(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")

    with caplog.at_level(logging.WARNING):
        matrix = cached_matrix(tmp_path / "taken" / "cache", NODES, CountedTravel())

    assert isinstance(matrix, TravelMatrix)
    assert "could not be written" in caplog.text
