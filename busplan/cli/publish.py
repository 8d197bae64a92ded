"""``busplan publish`` and ``busplan pages``: put a checked plan before the public."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from busplan.cli.database import open_database
from busplan.cli.plan import Week, coming_week
from busplan.cli.publish_progress import shown_writing
from busplan.domain.dates import BERLIN, parse_week
from busplan.domain.errors import InvalidInput
from busplan.domain.fleet import BusId
from busplan.publishing.write import INDEX
from busplan.settings import Settings
from busplan.usecases.publish_week import publish_week
from busplan.usecases.withdraw_bus import restore_bus, withdraw_bus
from busplan.usecases.write_pages import PagesWritten, write_pages

Maps = Annotated[
    Path | None, typer.Option(help="Folder for the pages.", show_default="BUSPLAN_MAPS_DIR")
]

NO_ADDRESS = (
    "GTFS and GTFS-Realtime are left out, as they must name the address of these pages, and"
    " calendars and data link no page: set BUSPLAN_PUBLIC_URL, such as https://bus.example.org/"
)
PRINTED = (
    "What was printed, sent or saved by others stays: take posters down, make them again with"
    " busplan poster, and ask whoever copied pages or data to fetch them anew."
)
Quiet = Annotated[bool, typer.Option("--quiet", help="Show no progress.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(publish)
    app.command()(pages)


def publish(
    week: Week = "",
    maps: Maps = None,
    withdraw: Annotated[
        str, typer.Option(metavar="BUS", help="Publish no plan; show nothing of this bus any more.")
    ] = "",
    restore: Annotated[
        str, typer.Option(metavar="BUS", help="Publish no plan; show this bus again.")
    ] = "",
    quiet: Quiet = False,
) -> None:
    """Check the newest draft of a week, make it public and write its pages.

    --withdraw is for an emergency: once the pages are written, for a county in seconds, no page,
    file or answer holds a visit of the bus, its name or what is on board, and its own calendar
    is gone. Loading data or publishing plans does not bring it back; --restore does.

    Ctrl-C while pages are written leaves the old ones whole.
    """
    if withdraw or restore:
        _switch(withdraw, restore, maps, quiet)
        return
    settings, now, console = Settings(), datetime.now(BERLIN), _console()
    maps_dir = maps or settings.maps_dir
    with shown_writing(console, quiet=quiet) as show:
        published = publish_week(
            open_database(settings),
            parse_week(week or coming_week(now)),
            maps_dir=maps_dir,
            now=now,
            cache_dir=settings.cache_dir,
            tile_url=settings.tile_url,
            tile_attribution=settings.tile_attribution,
            public_url=settings.public_url,
            on_writing=show,
        )
    plan = published.version.solution.plan
    visits = sum(len(tour.visits) for tour in plan.tours)
    console.print(
        f"Plan {published.version.id} is public: {plan.week}, {plan.weeks} week(s),"
        f" {len(plan.tours)} tours, {visits} visits; no rule is broken."
    )
    console.print(f"This week: {escape(str(maps_dir / plan.week / INDEX))}")
    _tell(console, published.pages, settings)


def pages(maps: Maps = None, quiet: Quiet = False) -> None:
    """Write the public pages anew; run it nightly where no server does.

    Pages whose facts are the same as earlier that day are left alone, with the moment they state.
    Ctrl-C leaves the old pages whole.
    """
    settings, console = Settings(), _console()
    with shown_writing(console, quiet=quiet) as show:
        written = write_pages(
            open_database(settings),
            datetime.now(BERLIN),
            maps_dir=maps or settings.maps_dir,
            cache_dir=settings.cache_dir,
            tile_url=settings.tile_url,
            tile_attribution=settings.tile_attribution,
            public_url=settings.public_url,
            on_writing=show,
        )
    _tell(console, written, settings)


def _switch(withdraw: str, restore: str, maps: Path | None, quiet: bool) -> None:
    """Withdraw one bus or restore another, then write the pages."""
    if withdraw == restore:
        raise InvalidInput(f"bus {withdraw!r} cannot be withdrawn and restored at once")
    engine = open_database(Settings())
    if withdraw:
        withdraw_bus(engine, BusId(withdraw), datetime.now(BERLIN))
    if restore:
        restore_bus(engine, BusId(restore))
    console = _console()
    pages(maps, quiet)
    if withdraw:
        console.print(f"Withdrawn: nothing of {escape(withdraw)} is shown any more.")
        console.print(PRINTED)
    if restore:
        console.print(f"Restored: {escape(restore)} is shown as its levels allow.")


def _console() -> Console:
    return Console(soft_wrap=True, highlight=False)


def _tell(console: Console, written: PagesWritten, settings: Settings) -> None:
    console.print(f"Overview:  {escape(str(written.overview))}")
    console.print(f"{written.changed} of {written.files} files were new or changed.")
    if not settings.public_url:
        console.print(NO_ADDRESS)
    if written.statement_lacks:
        missing = ", ".join(written.statement_lacks)
        console.print(
            f"The accessibility statement is not complete and says so: site.csv of the county"
            f" lacks {missing}.",
            style="yellow",
        )
