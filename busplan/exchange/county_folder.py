"""A county's folder: CSV tables and outlines into CountyData and back, every fault told at once."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from busplan.domain.county import CountyData
from busplan.domain.errors import InvalidInput, Problem
from busplan.domain.parameters import Parameters
from busplan.domain.places import Outline
from busplan.domain.programme import Programme
from busplan.domain.site_facts import SiteFacts
from busplan.exchange import data_package, outlines
from busplan.exchange.county_checks import Reads, check_county
from busplan.exchange.county_tables import CALENDAR, PARAMETERS, TABLES, ParameterRow
from busplan.exchange.place_tables import COUNTY, MUNICIPALITIES, PLACES, STOPS
from busplan.exchange.programme_tables import GUESTS, ON_BOARD, SIGNPOSTS, SITE
from busplan.exchange.service_tables import BLOCKS, CREW, DEMAND, FLEET
from busplan.exchange.table_files import read_table, write_table
from busplan.exchange.tables import TableRead

FILES = (*(table.file for table in TABLES), outlines.FILE)
"""The files that make a county; others, such as ``datapackage.json``, describe them."""
_OPTIONAL = frozenset(table.file for table in TABLES if table.optional)


def read_county(folder: Path) -> CountyData:
    """All that the folder says; raises ``InvalidInput`` with every problem of every file."""
    if not folder.is_dir():
        problem = Problem(file=str(folder), expected="a county's folder")
        raise InvalidInput(f"{folder} is no folder", (problem,))
    contents, reasons = {}, {}
    for name in FILES:
        try:
            contents[name] = (folder / name).read_bytes()
        except OSError as error:
            if name not in _OPTIONAL or not isinstance(error, FileNotFoundError):
                reasons[name] = error.strerror or type(error).__name__
    return parse_county(contents, reasons)


def write_county(data: CountyData, folder: Path) -> None:
    """Files that ``read_county`` reads back as the same data; the folder is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in format_county(data).items():
        (folder / name).write_bytes(content)


def parse_county(
    contents: Mapping[str, bytes], reasons: Mapping[str, str] | None = None
) -> CountyData:
    """What the files say; ``reasons`` tells why one is absent. Raises ``InvalidInput``."""
    absent = {
        name: Problem(
            file=name, expected=f"a readable file ({(reasons or {}).get(name, 'none given')})"
        )
        for name in FILES
        if name not in contents and (name not in _OPTIONAL or name in (reasons or {}))
    }
    reads = {
        table.file: read_table(table, contents[table.file])
        if table.file in contents
        else TableRead(table=table, problems=tuple(absent[n] for n in absent if n == table.file))
        for table in TABLES
    }
    borders, faults = _read_borders(contents, absent)
    problems = [
        *(problem for read in reads.values() for problem in read.problems),
        *check_county(reads),
        *faults,
        *_unknown_towns(borders, reads),
    ]
    if problems:
        raise InvalidInput(f"{len(problems)} problems in the county's data", tuple(problems))
    return _assemble(reads, borders)


def format_county(data: CountyData) -> dict[str, bytes]:
    """The content of every file by name."""
    things: dict[str, Any] = {
        COUNTY.file: (data.county,),
        MUNICIPALITIES.file: data.municipalities,
        PLACES.file: data.places,
        STOPS.file: data.stops,
        DEMAND.file: data.demands,
        BLOCKS.file: data.blocks,
        FLEET.file: data.buses,
        CREW.file: data.crew,
        CALENDAR.file: data.calendar_entries,
        PARAMETERS.file: [
            ParameterRow(name=name, value=getattr(data.parameters, name), source=source)
            for name, source in data.parameter_sources
        ],
        ON_BOARD.file: data.programme.on_board,
        GUESTS.file: data.programme.guests,
        SIGNPOSTS.file: data.programme.signposts,
        SITE.file: (data.site,),
    }
    contents = {table.file: write_table(table, things[table.file]) for table in TABLES}
    names = {town.ags: town.name for town in data.municipalities}
    contents[outlines.FILE] = outlines.write_outlines(data.outlines, names)
    contents[data_package.FILE] = data_package.write_package(data.county)
    return contents


def _read_borders(
    contents: Mapping[str, bytes], absent: Mapping[str, Problem]
) -> tuple[tuple[Outline, ...], tuple[Problem, ...]]:
    if outlines.FILE in absent:
        return (), (absent[outlines.FILE],)
    return outlines.read_outlines(contents[outlines.FILE])


def _unknown_towns(borders: tuple[Outline, ...], reads: Reads) -> Iterator[Problem]:
    towns = reads[MUNICIPALITIES.file]
    for border in borders:
        if towns.lacks(border.ags):
            expected = f"one of the values of ags in {towns.table.file}"
            yield Problem(file=outlines.FILE, column="ags", value=border.ags, expected=expected)


def _assemble(reads: Reads, borders: tuple[Outline, ...]) -> CountyData:
    rows: tuple[ParameterRow, ...] = reads[PARAMETERS.file].things
    return CountyData(
        county=reads[COUNTY.file].things[0],
        municipalities=reads[MUNICIPALITIES.file].things,
        places=reads[PLACES.file].things,
        outlines=borders,
        stops=reads[STOPS.file].things,
        demands=reads[DEMAND.file].things,
        blocks=reads[BLOCKS.file].things,
        buses=reads[FLEET.file].things,
        crew=reads[CREW.file].things,
        calendar_entries=reads[CALENDAR.file].things,
        parameters=_parameters(rows),
        parameter_sources=tuple((row.name, row.source) for row in rows),
        programme=Programme(
            on_board=reads[ON_BOARD.file].things,
            guests=reads[GUESTS.file].things,
            signposts=reads[SIGNPOSTS.file].things,
        ),
        site=next(iter(reads[SITE.file].things), SiteFacts()),
    )


def _parameters(rows: tuple[ParameterRow, ...]) -> Parameters:
    usual = Parameters()
    values: dict[str, Any] = {row.name: type(getattr(usual, row.name))(row.value) for row in rows}
    return Parameters(**values)
