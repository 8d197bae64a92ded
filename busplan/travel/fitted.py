"""The geodesic model fitted to roads that somebody has measured."""

from collections.abc import Sequence

from busplan.domain.errors import InvalidInput
from busplan.domain.road_leg import RoadLeg
from busplan.travel.geodesic import MINUTES_PER_HOUR, GeodesicTravel, geodesic_m

LEAST_GEODESIC_M = 100
"""Nearer ends tell how a router snaps points to roads, not how far it is."""
SECONDS_PER_HOUR = 60 * MINUTES_PER_HOUR


def fitted_travel(legs: Sequence[RoadLeg]) -> GeodesicTravel:
    """The detour factor that makes the sum of metres right, and the speed that of seconds.

    Each leg counts once. Left out are those with ends nearer than ``LEAST_GEODESIC_M``, and those
    whose road is shorter than the geodesic, which no road is. Raises ``InvalidInput`` where
    none is left, or none took any time.
    """
    measured = [(leg, geodesic_m(leg.here, leg.there)) for leg in dict.fromkeys(legs)]
    usable = [
        (leg, geodesic)
        for leg, geodesic in measured
        if geodesic >= LEAST_GEODESIC_M and leg.metres >= geodesic
    ]
    metres = sum(leg.metres for leg, _ in usable)
    seconds = sum(leg.seconds for leg, _ in usable)
    if not seconds:
        raise InvalidInput(f"none of {len(legs)} legs tells how far and how long the road is")
    return GeodesicTravel(
        detour_factor=metres / sum(geodesic for _, geodesic in usable),
        speed_kmh=metres / 1000 / (seconds / SECONDS_PER_HOUR),
    )
