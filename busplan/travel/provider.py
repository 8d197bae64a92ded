"""TravelTimes: whoever knows how long it takes from place to place."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from busplan.domain.places import Coordinate

Table = NDArray[np.float64]
"""Square; row = from, column = to."""


class TravelTimes(Protocol):
    """A source of travel times; two sources with the same ``key`` give the same times."""

    @property
    def key(self) -> str:
        """Names the source and every parameter that its times depend on."""

    def times(self, nodes: Sequence[Coordinate]) -> tuple[Table, Table]:
        """Driving minutes and metres by road between all nodes, n x n, not rounded.

        Raises ``NotFound`` where the source knows no way between two nodes.
        """
