"""A folder of county folders: all counties, or every problem of every one of them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from busplan.domain.county import CountyData
from busplan.domain.errors import InvalidInput, Problem
from busplan.exchange.county_folder import read_county


def read_counties(folder: Path) -> dict[str, CountyData]:
    """The county of every subfolder by the subfolder's name, in order of names.

    Files beside them and hidden folders are left out. Raises ``InvalidInput`` with every problem.
    """
    counties: dict[str, CountyData] = {}
    problems: list[Problem] = []
    for subfolder in _subfolders(folder):
        try:
            counties[subfolder.name] = read_county(subfolder)
        except InvalidInput as error:
            problems += _inside(subfolder.name, error.problems)
    if problems:
        raise InvalidInput(f"{len(problems)} problems in the counties of {folder}", tuple(problems))
    return counties


def _subfolders(folder: Path) -> list[Path]:
    try:
        found = [path for path in folder.iterdir() if path.is_dir() and path.name[0] != "."]
    except OSError as error:
        raise InvalidInput(f"{folder} cannot be read: {error.strerror}") from error
    if not found:
        problem = Problem(file=str(folder), expected="a folder of county folders")
        raise InvalidInput(f"{folder} holds no county's folder", (problem,))
    return sorted(found)


def _inside(subfolder: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    return (replace(problem, file=f"{subfolder}/{problem.file}") for problem in problems)
