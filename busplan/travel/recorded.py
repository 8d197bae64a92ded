"""Travel times recorded in a file, for tests and benchmarks."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import isfinite
from pathlib import Path

import numpy as np

from busplan.domain.errors import InvalidInput, NotFound, Problem
from busplan.domain.places import Coordinate
from busplan.travel.provider import Table

COLUMNS = ("from_lat", "from_lon", "to_lat", "to_lon", "seconds", "metres")
SECONDS_PER_MINUTE = 60
DECIMALS = 6
"""Of a degree; points that agree so far, about 10 cm, are the same place."""

_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class RecordedTravel:
    """Seconds and metres of single legs, each valid in its own direction only."""

    legs: Mapping[tuple[_Point, _Point], tuple[float, float]]

    @property
    def key(self) -> str:
        """A digest of all legs."""
        return f"recorded {sha256(repr(sorted(self.legs.items())).encode()).hexdigest()}"

    def times(self, nodes: Sequence[Coordinate]) -> tuple[Table, Table]:
        """Driving minutes and metres between all nodes, n x n; 0 from a point to itself.

        Raises ``NotFound`` for the first leg that is not in the file.
        """
        points = [_point(node) for node in nodes]
        table = np.array(
            [[self._leg(here, there) for there in points] for here in points], dtype=np.float64
        ).reshape(len(points), len(points), 2)
        return table[:, :, 0] / SECONDS_PER_MINUTE, table[:, :, 1]

    def _leg(self, here: _Point, there: _Point) -> tuple[float, float]:
        if here == there:
            return 0.0, 0.0
        try:
            return self.legs[here, there]
        except KeyError:
            raise NotFound(f"no recorded leg from {here} to {there}") from None


def read_legs(path: Path) -> RecordedTravel:
    """The legs of a CSV file with the columns ``COLUMNS``.

    Raises ``InvalidInput`` with every problem of the file.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise _invalid(path, [_problem(path, 1, name, "", "this column") for name in missing])
        rows = list(reader)
    problems = [p for number, row in enumerate(rows, start=2) for p in _faults(path, number, row)]
    if problems:
        raise _invalid(path, problems)
    return RecordedTravel(
        {
            (_point_of(row, "from"), _point_of(row, "to")): (
                float(row["seconds"]),
                float(row["metres"]),
            )
            for row in rows
        }
    )


def _point(node: Coordinate) -> _Point:
    return round(node.lat, DECIMALS), round(node.lon, DECIMALS)


def _point_of(row: Mapping[str, str], end: str) -> _Point:
    return _point(Coordinate(float(row[f"{end}_lat"]), float(row[f"{end}_lon"])))


def _faults(path: Path, number: int, row: Mapping[str, str | None]) -> Iterator[Problem]:
    limits = {"lat": (-90.0, 90.0), "lon": (-180.0, 180.0)}
    for name in COLUMNS:
        value = row[name] or ""
        least, most = limits.get(name[-3:], (0.0, float("inf")))
        if not _is_number(value) or not least <= float(value) <= most:
            yield _problem(path, number, name, value, f"a number from {least:g} to {most:g}")


def _is_number(value: str) -> bool:
    try:
        return isfinite(float(value))
    except ValueError:
        return False


def _problem(path: Path, row: int, column: str, value: str, expected: str) -> Problem:
    return Problem(file=path.name, row=row, column=column, value=value, expected=expected)


def _invalid(path: Path, problems: list[Problem]) -> InvalidInput:
    return InvalidInput(f"{path.name} holds no usable legs", tuple(problems))
