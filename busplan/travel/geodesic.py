"""Travel times without a server: geodesics on WGS 84, a detour factor and one speed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from geopy.distance import geodesic
from pyproj import Geod

from busplan.domain.errors import InvalidInput
from busplan.domain.places import Coordinate
from busplan.travel.provider import Table

METRES_PER_KM = 1000
MINUTES_PER_HOUR = 60
_EARTH = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class GeodesicTravel:
    """Metres by road are geodesic metres x ``detour_factor``, driven at ``speed_kmh``.

    Times are alike in both directions and keep the triangle inequality, since geodesics do.
    """

    detour_factor: float
    speed_kmh: float

    def __post_init__(self) -> None:
        if not (np.isfinite(self.detour_factor) and self.detour_factor >= 1):
            raise InvalidInput(f"detour factor {self.detour_factor} is below 1")
        if not (np.isfinite(self.speed_kmh) and self.speed_kmh > 0):
            raise InvalidInput(f"speed {self.speed_kmh} km/h is not above 0")

    @property
    def key(self) -> str:
        """The source and its two parameters."""
        return f"geodesic detour_factor={self.detour_factor!r} speed_kmh={self.speed_kmh!r}"

    def times(self, nodes: Sequence[Coordinate]) -> tuple[Table, Table]:
        """Driving minutes and metres by road between all nodes, n x n, not rounded."""
        metres = geodesic_table_m(nodes) * self.detour_factor
        return metres * self._minutes_per_metre, metres

    def leg(self, here: Coordinate, there: Coordinate) -> tuple[float, float]:
        """Driving minutes and metres by road of one leg, as ``times`` would say."""
        metres = geodesic_m(here, there) * self.detour_factor
        return metres * self._minutes_per_metre, metres

    @property
    def _minutes_per_metre(self) -> float:
        return MINUTES_PER_HOUR / (self.speed_kmh * METRES_PER_KM)


def geodesic_m(here: Coordinate, there: Coordinate) -> float:
    """Shortest distance on the ellipsoid, in metres."""
    metres: float = geodesic((here.lat, here.lon), (there.lat, there.lon)).meters
    return metres


def geodesic_table_m(nodes: Sequence[Coordinate]) -> Table:
    """Shortest distances between all nodes in metres, exactly symmetric, 0 on the diagonal.

    The same as ``geodesic_m`` pair by pair, but some hundred times faster.
    """
    lats = np.array([node.lat for node in nodes], dtype=np.float64)
    lons = np.array([node.lon for node in nodes], dtype=np.float64)
    rows, columns = np.triu_indices(len(nodes), k=1)
    metres = np.zeros((len(nodes), len(nodes)))
    if rows.size:
        _, _, above = _EARTH.inv(lons[rows], lats[rows], lons[columns], lats[columns])
        metres[rows, columns] = above
        metres[columns, rows] = above
    return metres
