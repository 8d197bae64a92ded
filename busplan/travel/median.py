"""The point from which the way to many points is shortest."""

from collections.abc import Sequence

import numpy as np

from busplan.domain.errors import InvalidInput
from busplan.domain.places import Coordinate

ROUNDS = 500
NEAR = 1e-9
"""Degrees below which a point counts as reached: keeps the weights finite."""
DECIMALS = 6
"""Of a degree, about 10 cm."""


def median_point(points: Sequence[Coordinate]) -> Coordinate:
    """The geometric median: the sum of distances to all points is least (Weiszfeld 1937).

    On a plane that touches the earth amid the points, good to a percent within some 100 km.
    Raises ``InvalidInput`` without points.
    """
    if not points:
        raise InvalidInput("no points, so there is none in their middle")
    plane = np.array([(point.lat, point.lon) for point in points], dtype=np.float64)
    shrink = np.array([1.0, np.cos(np.radians(plane[:, 0].mean()))])
    plane *= shrink
    middle = plane.mean(axis=0)
    for _ in range(ROUNDS):
        weights = 1 / np.maximum(np.hypot(*(plane - middle).T), NEAR)
        middle = weights @ plane / weights.sum()
    lat, lon = middle / shrink
    return Coordinate(round(float(lat), DECIMALS), round(float(lon), DECIMALS))
