"""``busplan replan``: plan timetables anew that others have published."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from busplan.cli.interruption import interrupted_by_ctrl_c
from busplan.cli.plan_progress import shown_progress
from busplan.cli.replan_summary import print_replanning
from busplan.domain.timetable_cycle import Freedom, TimetableCycle
from busplan.exchange.depot_table import read_depots
from busplan.exchange.mobile_library import read_timetable
from busplan.exchange.road_legs import read_road_legs
from busplan.planning.limits import SearchLimits
from busplan.planning.stopping import Stopper
from busplan.travel.fitted import fitted_travel
from busplan.usecases.replan_timetable import calibrated_travel, replan_timetable
from busplan.usecases.write_replanning import write_replanning_files

MAX_SEED = 2**31 - 1
commands = typer.Typer(no_args_is_help=True, help="Plan published timetables anew.")


def register(app: typer.Typer) -> None:
    """Add ``busplan replan`` with its command."""
    app.add_typer(commands, name="replan")


@commands.callback()
def replan() -> None:
    """Plan published timetables anew."""


@commands.command()
def mobile_library(
    file: Annotated[
        Path, typer.Argument(help="A timetable in the open mobile-library-stops schema (CSV).")
    ],
    depots: Annotated[
        Path | None,
        typer.Option(
            help="Where vehicles start: CSV with mobile, lat, lon. Else estimated, for both sides."
        ),
    ] = None,
    legs: Annotated[
        Path | None,
        typer.Option(
            help="Fit the travel model to these measured road legs (CSV), for both sides."
        ),
    ] = None,
    keep_weekdays: Annotated[
        bool,
        typer.Option(
            "--keep-weekdays", help="Every visit stays on its weekday; only its week may change."
        ),
    ] = False,
    work: Annotated[
        float, typer.Option(help="Counted search limit: the same plan on every machine.")
    ] = 60.0,
    seconds: Annotated[
        float | None, typer.Option(help="End the search after so many seconds.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=MAX_SEED, help="Seed of the search.")] = 1,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for timetable, figures and map.", show_default="replanned/NAME"),
    ] = None,
) -> None:
    """Plan a mobile library's timetable anew; Ctrl-C keeps the best plan so far.

    Same stops, service times, frequency and spacing, no more vehicle days, no longer day.
    """
    console, stopper = Console(emoji=False), Stopper()
    read = read_timetable(file)
    for warning in read.warnings:
        console.print(f"Warning: {escape(str(warning))}", style="yellow", soft_wrap=True)
    vehicles = TimetableCycle(read.timetable).vehicles
    given = None if depots is None else read_depots(depots, vehicles)
    with shown_progress(console) as show, interrupted_by_ctrl_c(stopper):
        replanning = replan_timetable(
            read.timetable,
            limits=SearchLimits(work=work, seconds=seconds),
            seed=seed,
            freedom=Freedom.SAME_WEEKDAY if keep_weekdays else Freedom.ANY_DAY,
            depots=given,
            travel=calibrated_travel() if legs is None else fitted_travel(read_road_legs(legs)),
            on_progress=show,
            stopper=stopper,
        )
    print_replanning(console, replanning)
    folder = out if out is not None else Path("replanned") / replanning.name
    paths = write_replanning_files(replanning, folder)
    for name, path in zip(("Timetable", "Figures", "Map"), paths, strict=True):
        console.print(f"{name}: {escape(str(path))}", soft_wrap=True)
