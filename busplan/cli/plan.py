"""``busplan plan``, ``check`` and ``diff``: make, judge and compare weekly plans."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from busplan.cli.database import open_database
from busplan.cli.faults import reported_faults
from busplan.cli.interruption import interrupted_by_ctrl_c
from busplan.cli.plan_counties import open_workers, plan_folder
from busplan.cli.plan_progress import shown_progress
from busplan.cli.plan_summary import print_change, print_solution
from busplan.domain.dates import BERLIN, parse_week, week_of
from busplan.domain.errors import InvalidInput, PlanBroken
from busplan.domain.plan_diff import diff_plans
from busplan.exchange.plan_files import read_plan_file, write_text
from busplan.exchange.plan_json import write_plan
from busplan.planning.limits import SearchLimits
from busplan.planning.stopping import Stopper
from busplan.settings import Settings
from busplan.usecases.check_plan_file import judge_plan
from busplan.usecases.plan_week import plan_week

MAX_SEED = 2**31 - 1
Week = Annotated[str, typer.Option(help="ISO week, as 2026-W49; the coming week if left out.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(plan)
    app.command()(check)
    app.command()(diff)


def plan(
    week: Week = "",
    weeks: Annotated[int, typer.Option(min=1, max=4, help="Weeks to plan at once.")] = 1,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Also write the plan to this JSON file; with --counties, the folder for plans."
        ),
    ] = None,
    pin: Annotated[
        list[str] | None, typer.Option(help="A visit of the last plan that must stay as it is.")
    ] = None,
    forbid: Annotated[
        list[str] | None,
        typer.Option(
            help="A visit not to plan: a demand record, and after colons, if only there, a date,"
            " bus or stop: n-heimbach:2026-12-03:ninja."
        ),
    ] = None,
    start: Annotated[
        Path | None,
        typer.Option(
            "--from", help="Start from the plan in this file, not from the last one published."
        ),
    ] = None,
    work: Annotated[
        float, typer.Option(help="Counted search limit: the same plan on every machine.")
    ] = 120.0,
    seconds: Annotated[
        float | None, typer.Option(help="End the search after so many seconds.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=MAX_SEED, help="Seed of the search.")] = 1,
    counties: Annotated[
        Path | None,
        typer.Option(
            help="Plan every county's folder in this folder instead, each by itself: without the"
            " database and without the weeks before."
        ),
    ] = None,
    processes: Annotated[
        int | None,
        typer.Option(min=1, help="With --counties: so many at once; else one for each core."),
    ] = None,
    scheduler: Annotated[
        str,
        typer.Option(
            help="With --counties: the address of a dask.distributed scheduler, whose workers plan."
        ),
    ] = "",
) -> None:
    """Plan the tours of a week; Ctrl-C keeps the best plan so far, or the counties finished."""
    settings, now = Settings(), datetime.now(BERLIN)
    first_day = parse_week(week or coming_week(now))
    limits = SearchLimits(work=work, seconds=seconds)
    if counties is not None:
        if pin or forbid or start:
            raise InvalidInput("--pin, --forbid and --from are of one county, not of --counties")
        workers = open_workers(processes, scheduler)
        plan_folder(counties, first_day, weeks, workers, out=out, limits=limits, seed=seed)
        return
    if processes is not None or scheduler:
        raise InvalidInput("--processes and --scheduler need --counties")
    console, stopper = Console(emoji=False), Stopper()
    with (
        reported_faults(settings, f"{limits}, seed {seed}"),
        shown_progress(console) as show,
        interrupted_by_ctrl_c(stopper),
    ):
        version, problem = plan_week(
            open_database(settings),
            first_day,
            weeks,
            limits=limits,
            seed=seed,
            now=now,
            cache_dir=settings.cache_dir,
            pins=tuple(pin or ()),
            bans=tuple(forbid or ()),
            start=None if start is None else read_plan_file(start).plan,
            on_progress=show,
            stopper=stopper,
        )
    print_solution(console, version.solution, problem)
    console.print(
        f"Draft {version.id} kept. Publish it with: busplan publish --week {week_of(first_day)}"
    )
    if out is not None:
        write_text(out, write_plan(version.solution))
        console.print(f"Plan written to {escape(str(out))}.")


def check(plan_file: Annotated[Path, typer.Argument(metavar="PLAN")]) -> None:
    """Judge a plan file by every hard rule; exit status 1 if any is broken."""
    settings, console = Settings(), Console(emoji=False)
    solution = read_plan_file(plan_file)
    judgement = judge_plan(open_database(settings), solution.plan, settings.cache_dir)
    if judgement.violations:
        raise PlanBroken(
            f"{plan_file} breaks {len(judgement.violations)} rules:",
            tuple(f"{v.rule}: {v.place}: {v.sentence}" for v in judgement.violations),
        )
    visits = sum(1 for _ in solution.plan.visits())
    console.print(
        f"{escape(str(plan_file))}: no rule is broken."
        f" {len(solution.plan.tours)} tours, {visits} visits, cost {judgement.terms.total:,}."
    )


def diff(
    before: Annotated[Path, typer.Argument(metavar="A")],
    after: Annotated[Path, typer.Argument(metavar="B")],
) -> None:
    """List the visits that are new, moved or gone from plan A to plan B."""
    console = Console(emoji=False)
    old, new = read_plan_file(before).plan, read_plan_file(after).plan
    changes = diff_plans(old, new)
    for change in changes:
        print_change(console, change, new.first_day)
    counts = {kind: sum(c.kind == kind for c in changes) for kind in ("new", "moved", "gone")}
    console.print(", ".join(f"{count} {kind}" for kind, count in counts.items()) + ".")


def coming_week(now: datetime) -> str:
    """The ISO week after the one that holds ``now``."""
    return week_of(now.astimezone(BERLIN).date() + timedelta(days=7))
