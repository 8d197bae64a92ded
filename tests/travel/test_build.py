"""Matrices: rounded up once, never optimistic."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.places import Coordinate
from busplan.travel.build import NOISE, build_matrix
from busplan.travel.geodesic import GeodesicTravel
from busplan.travel.provider import Table
from tests.travel.nodes import DUEREN, JUELICH, NIDEGGEN, in_the_county

TRAVEL = GeodesicTravel(1.39, 44.0)


@dataclass(frozen=True)
class TableTravel:
    """A source with given, uneven times."""

    minutes: tuple[tuple[float, ...], ...]
    key: str = "table"

    def times(self, nodes: Sequence[Coordinate]) -> tuple[Table, Table]:
        table = np.array(self.minutes)
        return table, table * 1000


def named(nodes: list[Coordinate]) -> dict[str, Coordinate]:
    return {f"n{number}": node for number, node in enumerate(nodes)}


@given(nodes=st.lists(in_the_county(), max_size=6))
def test_rounding_is_up_and_by_less_than_one(nodes: list[Coordinate]) -> None:
    matrix = build_matrix(named(nodes), TRAVEL)

    for (i, here), (j, there) in permutations(enumerate(nodes), 2):
        minutes, metres = TRAVEL.leg(here, there)
        assert minutes - 2 * NOISE <= matrix.minutes[i][j] < minutes + 1
        assert metres - 2 * NOISE <= matrix.metres[i][j] < metres + 1


@given(nodes=st.lists(in_the_county(), min_size=3, max_size=5))
def test_no_way_round_is_shorter(nodes: list[Coordinate]) -> None:
    """Rounding up keeps the triangle inequality, rounding to the nearest would not."""
    matrix = build_matrix(named(nodes), TRAVEL)

    for here, via, there in permutations(matrix.nodes, 3):
        direct_min, direct_m = matrix.travel_min(here, there), matrix.length_m(here, there)
        assert direct_min <= matrix.travel_min(here, via) + matrix.travel_min(via, there)
        assert direct_m <= matrix.length_m(here, via) + matrix.length_m(via, there)


def test_nodes_at_one_point_are_no_drive_apart() -> None:
    """A depot may be a stop too."""
    matrix = build_matrix({"depot": DUEREN, "s1": DUEREN, "s2": JUELICH}, TRAVEL)

    assert matrix.travel_min("depot", "s1") == matrix.length_m("depot", "s1") == 0
    assert matrix.travel_min("depot", "s2") == matrix.travel_min("s1", "s2") > 0


def test_rows_are_from_and_columns_to() -> None:
    travel = TableTravel(minutes=((0, 3.2), (7.0, 0)))

    matrix = build_matrix({"valley": DUEREN, "hill": NIDEGGEN}, travel)

    assert matrix.travel_min("valley", "hill") == 4
    assert matrix.travel_min("hill", "valley") == 7


def test_floating_point_noise_is_not_a_minute() -> None:
    """0.1 + 0.2 makes 3.0000000000000004 of 3."""
    travel = TableTravel(minutes=((0, 10 * (0.1 + 0.2)), (3.001, 0)))

    matrix = build_matrix({"a": DUEREN, "b": JUELICH}, travel)

    assert matrix.travel_min("a", "b") == 3
    assert matrix.travel_min("b", "a") == 4


def test_staying_takes_no_time_whatever_the_source_says() -> None:
    travel = TableTravel(minutes=((5.0, 1.0), (1.0, 5.0)))

    matrix = build_matrix({"a": DUEREN, "b": JUELICH}, travel)

    assert matrix.minutes == ((0, 1), (1, 0))


def test_no_nodes_make_an_empty_matrix() -> None:
    assert build_matrix({}, TRAVEL).minutes == ()
