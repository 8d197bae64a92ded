"""``busplan plan --counties``: counties planned side by side, and the table of what came out."""

import os
from collections.abc import Collection
from datetime import date
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from busplan.cli.interruption import interrupted_by_ctrl_c
from busplan.cli.plan_progress import shown_progress
from busplan.domain.dates import week_of
from busplan.domain.errors import InvalidInput
from busplan.domain.solution import Proof
from busplan.exchange.counties_summary import FILE, CountyEntry, PlanFigures
from busplan.jobs.cluster import Cluster
from busplan.jobs.processes import Processes
from busplan.planning.limits import SearchLimits
from busplan.planning.stopping import Stopper
from busplan.settings import Settings
from busplan.usecases.plan_counties import plan_counties

PLANS = Path("var/plans")
"""Where plans go by default, in a folder for each week."""


def plan_folder(
    folder: Path,
    first_day: date,
    weeks: int,
    workers: Processes | Cluster,
    *,
    out: Path | None,
    limits: SearchLimits,
    seed: int,
) -> None:
    """Plan every county of the folder; exit status 1 if one is left without a plan."""
    settings, console, stopper = Settings(), Console(emoji=False), Stopper()
    out = out or PLANS / week_of(first_day)
    with (
        workers,
        shown_progress(console) as show,
        interrupted_by_ctrl_c(stopper),
    ):
        entries = plan_counties(
            folder,
            first_day,
            weeks,
            workers=workers,
            out=out,
            limits=limits,
            seed=seed,
            cache_dir=settings.cache_dir,
            faults_dir=settings.faults_dir,
            on_progress=show,
            stopper=stopper,
        )
    print_entries(console, entries)
    console.print(f"Plans and {FILE} are in {escape(str(out))}.")
    if any(entry.figures is None for entry in entries):
        raise typer.Exit(1)


def open_workers(processes: int | None, scheduler: str) -> Processes | Cluster:
    """The workers asked for; by default as many processes as this one may use cores."""
    if scheduler and processes is not None:
        raise InvalidInput("--scheduler and --processes exclude each other")
    if scheduler:
        return Cluster(scheduler)
    return Processes(processes or len(os.sched_getaffinity(0)))


def print_entries(console: Console, entries: tuple[CountyEntry, ...]) -> None:
    """Print a row for each county that has a plan, the sums, and who has none and why."""
    planned = {e.county: e.figures for e in entries if e.figures is not None}
    table = Table("county", title="Counties", title_justify="left", show_footer=bool(planned))
    for heading in ("cost", "bound", "gap", "proof", "unserved visits", "seconds"):
        table.add_column(heading, justify="right")
    for county, figures in planned.items():
        table.add_row(
            escape(county),
            f"{figures.cost:,}",
            f"{figures.bound:,}",
            f"{figures.gap:.2%}",
            figures.proof.value,
            str(figures.unserved_visits),
            f"{figures.seconds:,.1f}",
        )
    sums = (f"{len(planned)} of {len(entries)}", *_sums(planned.values()))
    for column, total in zip(table.columns, sums, strict=True):
        column.footer = total
    console.print(table)
    for entry in entries:
        if entry.figures is None:
            console.print(
                f"[bold red]{escape(entry.county)} has no plan:[/] {escape(entry.note)}",
                soft_wrap=True,
            )


def _sums(planned: Collection[PlanFigures]) -> tuple[str, ...]:
    cost = sum(figures.cost for figures in planned)
    bound = sum(figures.bound for figures in planned)
    return (
        f"{cost:,}",
        f"{bound:,}",
        f"{(cost - bound) / cost if cost else 0:.2%}",
        f"{sum(figures.proof is Proof.OPTIMAL for figures in planned)} optimal",
        f"{sum(figures.unserved_visits for figures in planned):,}",
        f"{sum(figures.seconds for figures in planned):,.1f}",
    )
