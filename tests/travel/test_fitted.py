"""The geodesic model learns from measured roads."""

import pytest

from busplan.domain.errors import InvalidInput
from busplan.domain.places import Coordinate
from busplan.domain.road_leg import RoadLeg
from busplan.travel.fitted import fitted_travel
from busplan.travel.geodesic import geodesic_m

HERE, THERE = Coordinate(50.8, 6.5), Coordinate(50.8, 6.6)
STRAIGHT_M = geodesic_m(HERE, THERE)


def leg(metres: float, seconds: float, there: Coordinate = THERE) -> RoadLeg:
    return RoadLeg(here=HERE, there=there, metres=metres, seconds=seconds)


def test_sums_of_metres_and_seconds_are_made_right() -> None:
    travel = fitted_travel([leg(STRAIGHT_M * 1.2, 600), leg(STRAIGHT_M * 1.4, 700)])

    assert travel.detour_factor == pytest.approx(1.3)
    assert travel.speed_kmh == pytest.approx(STRAIGHT_M * 2.6 / 1300 * 3.6)


def test_legs_that_mislead_and_repeated_ones_count_for_nothing() -> None:
    good = leg(STRAIGHT_M * 1.2, 600)
    next_door = leg(900, 300, Coordinate(50.8, 6.5005))

    assert fitted_travel([good, good, leg(STRAIGHT_M / 2, 60), next_door]) == fitted_travel([good])


def test_without_a_usable_leg_there_is_no_model() -> None:
    with pytest.raises(InvalidInput, match="none of 1 legs"):
        fitted_travel([leg(STRAIGHT_M / 2, 60)])
