"""Depots of a mobile library: a CSV file with one row per vehicle."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from busplan.domain.errors import InvalidInput, Problem
from busplan.domain.places import Coordinate
from busplan.exchange.cells import TEXT
from busplan.exchange.table_files import read_table
from busplan.exchange.tables import Column, Table, TableRead, at_point, point_columns, problem_at


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleDepot:
    """Where one vehicle starts and ends its tours."""

    mobile: str
    location: Coordinate


DEPOTS = Table(
    file="depots.csv",
    about="one row per vehicle: where it starts and ends its tours",
    make=VehicleDepot,
    columns=(
        Column(name="mobile", kind=TEXT, about="the vehicle, as in the timetable"),
        *point_columns("the depot"),
    ),
    joined=(at_point("location"),),
    key="mobile",
)


def read_depots(path: Path, vehicles: Collection[str]) -> dict[str, Coordinate]:
    """The depot of every vehicle. Raises ``InvalidInput`` with every problem of the file.

    A vehicle of the timetable without a row is one, and so is a row of another vehicle.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}") from error
    read = read_table(replace(DEPOTS, file=path.name), content)
    problems = (*read.problems, *_unlike(read, vehicles))
    if problems:
        raise InvalidInput(f"{path.name} holds no usable depots", problems)
    return {depot.mobile: depot.location for depot in read.things}


def _unlike(read: TableRead[VehicleDepot], vehicles: Collection[str]) -> Iterator[Problem]:
    known = ", ".join(vehicles)
    for record in read.records:
        if record.cells.get("mobile", "") not in vehicles:
            yield problem_at(read.table, record, "mobile", f"a vehicle of the timetable: {known}")
    for vehicle in vehicles:
        if read.lacks(vehicle):
            yield Problem(
                file=read.table.file, column="mobile", expected=f"a row for vehicle {vehicle}"
            )
