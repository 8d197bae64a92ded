"""``busplan import``: what others have published, as the draft of a county's folder."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from busplan.domain.dates import BERLIN
from busplan.usecases.import_timetable import import_timetable

commands = typer.Typer(no_args_is_help=True, help="Draft a county's data from files of others.")


def register(app: typer.Typer) -> None:
    """Add ``busplan import`` with its command."""
    app.add_typer(commands, name="import")


@commands.callback()
def imports() -> None:
    """Draft a county's data from files of others."""


@commands.command()
def mobile_library(
    file: Annotated[
        Path, typer.Argument(help="A timetable in the open mobile-library-stops schema (CSV).")
    ],
    out: Annotated[Path, typer.Option(help="New folder for the county's data.")],
    region: Annotated[
        str, typer.Option(help="Whose holidays hold, ISO 3166-2, as DE-NW.")
    ] = "GB-ENG",
) -> None:
    """Draft a county's folder: stops, demand and buses as published, all else as placeholders."""
    imported = import_timetable(file, out, region, datetime.now(BERLIN).date())
    data, console = imported.data, Console(soft_wrap=True, highlight=False)
    for warning in imported.warnings:
        console.print(f"Warning: {escape(warning)}", style="yellow")
    console.print(
        f"{escape(data.county.name)} in {escape(str(out))}: {len(data.municipalities)} towns,"
        f" {len(data.stops)} stops, {len(data.demands)} demand records, {len(data.buses)} buses."
    )
    console.print("Towns' keys and residents, vehicles' sizes and crews are placeholders.")
