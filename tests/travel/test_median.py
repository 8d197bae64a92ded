"""The point in the middle of many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.errors import InvalidInput
from busplan.domain.places import Coordinate
from busplan.travel.geodesic import geodesic_m
from busplan.travel.median import median_point

points = st.builds(Coordinate, st.floats(50.5, 51.0), st.floats(6.0, 7.0))


def total_m(here: Coordinate, others: list[Coordinate]) -> float:
    return sum(geodesic_m(here, other) for other in others)


def test_the_corner_that_counts_most_is_the_middle() -> None:
    often, once = Coordinate(50.8, 6.5), Coordinate(50.9, 6.6)

    assert geodesic_m(median_point([often, often, often, once]), often) < 1


def test_one_point_is_its_own_middle() -> None:
    assert median_point([Coordinate(50.8, 6.5)]) == Coordinate(50.8, 6.5)


@given(places=st.lists(points, min_size=1, max_size=8), other=points)
def test_no_other_point_is_nearer_to_all(places: list[Coordinate], other: Coordinate) -> None:
    """To a percent: the plane it is sought on is flat."""
    middle = median_point(places)

    for point in (other, *places):
        assert total_m(middle, places) <= 1.01 * total_m(point, places) + 1


def test_without_points_there_is_no_middle() -> None:
    with pytest.raises(InvalidInput):
        median_point([])
