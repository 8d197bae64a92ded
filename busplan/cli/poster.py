"""``busplan poster`` and ``busplan text``: what is public, to hang up and to paste."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from busplan.cli.database import open_database
from busplan.cli.plan import Week, coming_week
from busplan.domain.dates import BERLIN, parse_week
from busplan.publishing.paper import Paper
from busplan.settings import Settings
from busplan.usecases.make_posters import make_posters
from busplan.usecases.tell_week import tell_week


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(poster)
    app.command()(text)


def poster(
    out: Annotated[Path, typer.Option(help="Folder for the posters.")] = Path("var/posters"),
    paper: Annotated[Paper, typer.Option(help="Size of the paper.")] = Paper.A4,
) -> None:
    """Make posters to print: a page per stop and a sheet per week, as PDF and HTML."""
    settings, console = Settings(), Console(soft_wrap=True, highlight=False)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Posters", total=None)
        written = make_posters(
            open_database(settings),
            datetime.now(BERLIN),
            folder=out,
            paper=paper,
            cache_dir=settings.cache_dir,
            public_url=settings.public_url,
            on_progress=lambda made, of: progress.update(task, completed=made, total=of),
        )
    console.print(f"{written.posters} posters in {escape(str(out))}.")
    console.print(f"{written.changed} files were new or changed.")
    if not settings.public_url:
        console.print("They carry no QR code: BUSPLAN_PUBLIC_URL does not say where the pages are.")


def text(week: Week = "") -> None:
    """Print a week as text, to be pasted into messengers and mails."""
    settings, now = Settings(), datetime.now(BERLIN)
    monday = parse_week(week or coming_week(now))
    engine = open_database(settings)
    print(tell_week(engine, monday, now, settings.cache_dir, settings.public_url), end="")
