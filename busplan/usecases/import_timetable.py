"""Import a published timetable: a county's folder, drafted from its file, whole or not at all."""

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from busplan.domain.county import CountyData
from busplan.domain.county_draft import draft_county
from busplan.domain.errors import InvalidInput
from busplan.domain.timetable_cycle import TimetableCycle
from busplan.exchange.county_folder import format_county, parse_county, write_county
from busplan.exchange.mobile_library import read_timetable
from busplan.usecases.timetable_problem import estimate_depots


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableImported:
    """The drafted county, and what surprised in the file."""

    data: CountyData
    warnings: tuple[str, ...]


def import_timetable(file: Path, folder: Path, region: str, today: date) -> TimetableImported:
    """Draft a county from a timetable in the mobile-library-stops schema into a new folder.

    Raises ``InvalidInput`` with every problem of the file, for a region without known holidays,
    and for a folder that is there already and not empty; then nothing is written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidInput(f"{folder} is there already; name a new folder")
    read = read_timetable(file)
    depots = estimate_depots(TimetableCycle(timetable=read.timetable))
    data = draft_county(read.timetable, depots, region, today)
    parse_county(format_county(data))
    _write_whole(data, folder)
    # End and exceptions of a visit only surprise those who plan it anew.
    told = (warned for warned in read.warnings if warned.column not in ("end", "exceptions"))
    return TimetableImported(data=data, warnings=tuple(map(str, told)))


def _write_whole(data: CountyData, folder: Path) -> None:
    """Write beside the folder, then rename: nobody meets half a county."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".import-") as beside:
        whole = Path(beside) / "county"
        write_county(data, whole)
        whole.rename(folder)
