"""``busplan data``: check a county's folder, load it into the database."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from busplan.cli.database import open_database
from busplan.domain.county import CountyData
from busplan.domain.dates import BERLIN
from busplan.domain.places import Origin
from busplan.exchange import outlines
from busplan.exchange.county_folder import read_county
from busplan.exchange.county_tables import CALENDAR, PARAMETERS
from busplan.exchange.county_warnings import list_warnings
from busplan.exchange.place_tables import MUNICIPALITIES, PLACES, STOPS
from busplan.exchange.programme_tables import GUESTS, ON_BOARD, SIGNPOSTS
from busplan.exchange.service_tables import BLOCKS, CREW, DEMAND, FLEET
from busplan.settings import Settings
from busplan.usecases.load_county import load_county

Folder = Annotated[
    Path, typer.Argument(help="A county's folder, such as data/kreis-dueren.", show_default=False)
]
commands = typer.Typer(no_args_is_help=True, help="Check and load the data of a county.")


def register(app: typer.Typer) -> None:
    """Add ``busplan data`` with its commands."""
    app.add_typer(commands, name="data")


@commands.command()
def check(folder: Folder) -> None:
    """Tell every problem of a county's folder; change nothing."""
    _summarise(read_county(folder))


@commands.command()
def load(folder: Folder) -> None:
    """Replace the county's data in the database, all or nothing."""
    data = read_county(folder)
    load_county(open_database(Settings()), data)
    _summarise(data)
    Console().print(f"{escape(data.county.name)} is loaded.")


def _summarise(data: CountyData) -> None:
    console = Console(highlight=False)
    console.print(_counts(data))
    today = datetime.now(BERLIN).date()
    for warning in list_warnings(data, today):
        console.print(f"Warning: {escape(warning)}", style="yellow", soft_wrap=True)


def _counts(data: CountyData) -> Table:
    table = Table("file", "rows", "of these", title=f"{escape(data.county.name)}: no problem found")
    for file, rows, remark in _rows(data):
        table.add_row(file, str(rows), remark)
    return table


def _rows(data: CountyData) -> tuple[tuple[str, int, str], ...]:
    origins = Counter(stop.origin for stop in data.stops)
    served = sum(town.served for town in data.municipalities)
    return (
        (MUNICIPALITIES.file, len(data.municipalities), f"{served} served"),
        (outlines.FILE, len(data.outlines), ""),
        (PLACES.file, len(data.places), ""),
        (STOPS.file, len(data.stops), f"{origins[Origin.INVENTED]} invented"),
        (DEMAND.file, len(data.demands), ""),
        (BLOCKS.file, len(data.blocks), ""),
        (FLEET.file, len(data.buses), ""),
        (CREW.file, len(data.crew), ""),
        (CALENDAR.file, len(data.calendar_entries), ""),
        (PARAMETERS.file, len(data.parameter_sources), ""),
        (ON_BOARD.file, len(data.programme.on_board), ""),
        (GUESTS.file, len(data.programme.guests), ""),
        (SIGNPOSTS.file, len(data.programme.signposts), ""),
    )
