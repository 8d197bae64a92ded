"""Asks a source of travel times and returns the matrix; the only place that rounds."""

from collections.abc import Mapping

import numpy as np

from busplan.domain.matrix import TravelMatrix
from busplan.domain.places import Coordinate
from busplan.travel.provider import Table, TravelTimes

NOISE = 1e-6
"""Of a minute or metre: an excess this small comes from floating point, not from the road."""


def build_matrix(nodes: Mapping[str, Coordinate], travel: TravelTimes) -> TravelMatrix:
    """The travel matrix of all nodes, in their order, from one source.

    Parameters
    ----------
    nodes
        Stop and depot ids with their positions.
    travel
        Where the times come from.

    Returns
    -------
    TravelMatrix
        Whole minutes and metres, both rounded up: plans are never optimistic, and where the
        source keeps the triangle inequality, the matrix does. 0 on the diagonal.

    Raises
    ------
    NotFound
        When the source knows no way between two nodes.

    """
    minutes, metres = travel.times(tuple(nodes.values()))
    return TravelMatrix(
        nodes=tuple(nodes), minutes=_rounded_up(minutes), metres=_rounded_up(metres)
    )


def _rounded_up(table: Table) -> tuple[tuple[int, ...], ...]:
    whole = np.ceil(table - NOISE).astype(np.int64)
    np.fill_diagonal(whole, 0)
    return tuple(tuple(row) for row in whole.tolist())
