"""Geodesic travel times: one distance, two libraries."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.errors import InvalidInput
from busplan.domain.places import Coordinate
from busplan.travel.geodesic import GeodesicTravel, geodesic_m, geodesic_table_m
from tests.travel.nodes import DUEREN, JUELICH, anywhere, in_the_county

LIBRARY_ERROR_M = 1e-7
"""Both libraries promise about 15 nm."""


@given(nodes=st.lists(anywhere(), min_size=2, max_size=4))
def test_the_table_says_what_single_distances_say(nodes: list[Coordinate]) -> None:
    """One call of pyproj and many of geopy agree to a tenth of a micrometre, anywhere."""
    table = geodesic_table_m(nodes)

    single = [[geodesic_m(here, there) for there in nodes] for here in nodes]
    assert np.abs(table - np.array(single)).max() < LIBRARY_ERROR_M


@given(nodes=st.lists(in_the_county(), max_size=5))
def test_tables_are_symmetric_with_an_empty_diagonal(nodes: list[Coordinate]) -> None:
    table = geodesic_table_m(nodes)

    assert table.shape == (len(nodes), len(nodes))
    assert (table == table.T).all()
    assert (table.diagonal() == 0).all()


def test_known_distance() -> None:
    """One degree of longitude on the equator is 2 pi a / 360 with a = 6378137 m."""
    degree_m = geodesic_m(Coordinate(0, 0), Coordinate(0, 1))

    assert degree_m == pytest.approx(2 * np.pi * 6378137 / 360, abs=1e-6)


def test_detour_and_speed_turn_distance_into_time() -> None:
    """Düren to Jülich is 15.7 km as the crow flies."""
    travel = GeodesicTravel(1.5, 60.0)

    minutes, metres = travel.leg(DUEREN, JUELICH)

    assert metres == pytest.approx(1.5 * geodesic_m(DUEREN, JUELICH))
    assert 23_000 < metres < 24_000
    assert minutes == pytest.approx(metres / 1000)


@given(here=in_the_county(), there=in_the_county())
def test_one_leg_is_one_cell_of_the_table(here: Coordinate, there: Coordinate) -> None:
    travel = GeodesicTravel(1.39, 44.0)

    minutes, metres = travel.times((here, there))

    assert travel.leg(here, there) == pytest.approx((minutes[0, 1], metres[0, 1]), abs=1e-6)


@pytest.mark.parametrize(
    ("detour_factor", "speed_kmh"),
    [(0.9, 40), (float("nan"), 40), (1.4, 0), (1.4, -5), (1.4, float("inf"))],
)
def test_impossible_parameters_are_refused(detour_factor: float, speed_kmh: float) -> None:
    with pytest.raises(InvalidInput):
        GeodesicTravel(detour_factor, speed_kmh)
