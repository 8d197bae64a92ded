"""Road legs between consecutive stops of a mobile library's tours, from a CSV file."""

from dataclasses import replace
from pathlib import Path

from busplan.domain.errors import InvalidInput, Problem
from busplan.domain.road_leg import RoadLeg
from busplan.exchange.cells import number
from busplan.exchange.mobile_library import degrees
from busplan.exchange.table_files import read_table
from busplan.exchange.tables import Column, Table, at_point, text_column

MOST = 1e7
"""Metres or seconds of one leg."""


def _measured(name: str, about: str) -> Column:
    return Column(name=name, kind=number(0, MOST), about=about)


def _end(of: str) -> tuple[Column, Column, Column]:
    return (
        text_column(f"{of}_stop", f"stop at the {of}"),
        Column(name=f"{of}_stop_latitude", kind=degrees(90), about=f"latitude of the {of}"),
        Column(name=f"{of}_stop_longitude", kind=degrees(180), about=f"longitude of the {of}"),
    )


def _make(**cells: object) -> RoadLeg:
    ends = {"here": cells["here"], "there": cells["there"]}
    return RoadLeg(**ends, metres=cells["distance"], seconds=cells["duration"])  # type: ignore[arg-type]


LEGS = Table(
    file="legs.csv",
    about="one row per drive from stop to stop",
    make=_make,
    columns=(
        text_column("mobile", "the vehicle"),
        text_column("route", "the day's tour"),
        *_end("origin"),
        *_end("destination"),
        _measured("distance", "metres by road"),
        _measured("duration", "seconds"),
    ),
    joined=(
        at_point("here", "origin_stop_latitude", "origin_stop_longitude"),
        at_point("there", "destination_stop_latitude", "destination_stop_longitude"),
    ),
)


def read_road_legs(path: Path) -> tuple[RoadLeg, ...]:
    """All legs of a file. Raises ``InvalidInput`` with every problem, or where there is no leg."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}") from error
    read = read_table(replace(LEGS, file=path.name), content)
    problems = read.problems
    if not problems and not read.things:
        problems = (Problem(file=path.name, expected="a leg"),)
    if problems:
        raise InvalidInput(f"{path.name} holds no usable legs", problems)
    return read.things
