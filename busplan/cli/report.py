"""``busplan report``: planned against done, as files."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from busplan.cli.database import open_database
from busplan.domain.dates import BERLIN
from busplan.settings import Settings
from busplan.usecases.export_report import export_report


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report")(report)


def report(
    first: Annotated[
        datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First service date.")
    ],
    last: Annotated[
        datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last service date.")
    ],
    out: Annotated[Path, typer.Option(help="Folder for the files; made if missing.")] = Path(
        "reports"
    ),
) -> None:
    """Write planned against done per visit, and summed per town, bus and month.

    One XLSX workbook and the same sheets as CSV. For internal use: exact figures.
    """
    engine = open_database(Settings())
    files = export_report(engine, first.date(), last.date(), datetime.now(BERLIN))
    out.mkdir(parents=True, exist_ok=True)
    console = Console(soft_wrap=True, highlight=False)
    for name, content in files.items():
        (out / name).write_bytes(content)
        console.print(str(out / name), markup=False)
