"""``busplan explain``: why something is not planned, and what would be if."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from sqlalchemy import Engine

from busplan.cli.comparison import compare, print_comparison, print_refusals, refused
from busplan.cli.database import open_database
from busplan.cli.faults import reported_faults
from busplan.cli.interruption import interrupted_by_ctrl_c
from busplan.cli.plan import Week, coming_week
from busplan.cli.plan_progress import shown_progress
from busplan.cli.plan_summary import print_unserved
from busplan.domain.dates import BERLIN, parse_week
from busplan.domain.errors import InvalidInput
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.exchange.plan_files import read_plan_file
from busplan.planning.limits import SearchLimits
from busplan.planning.stopping import Stopper
from busplan.planning.what_if import Alternative, NotPossible
from busplan.settings import Settings
from busplan.usecases.explain_plan import explain_week
from busplan.usecases.plan_without_bus import plan_without_bus
from busplan.usecases.price_visit import price_visit

SEED = 1
DATE = ["%Y-%m-%d"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(explain)


def explain(
    week: Week = "",
    plan: Annotated[
        Path | None, typer.Option(help="The plan in this file, not the newest of the week.")
    ] = None,
    visit: Annotated[str, typer.Option(help="What would it cost to also visit this demand?")] = "",
    day: Annotated[
        datetime | None, typer.Option(formats=DATE, help="On this day; any day if left out.")
    ] = None,
    without: Annotated[str, typer.Option(help="What if this bus is off? Needs --on.")] = "",
    on: Annotated[datetime | None, typer.Option(formats=DATE, help="The day it is off.")] = None,
    work: Annotated[float, typer.Option(help="Counted search limit.")] = 60.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell why wishes are not in a plan, what one more visit would cost, or what a lost day does.

    Nothing is stored. Ctrl-C ends the search with the best answer so far.
    """
    _refuse_odd_questions(visit, day, without, on)
    settings, console, stopper = Settings(), Console(emoji=False), Stopper()
    limits = SearchLimits(work=work)
    about = (
        open_database(settings),
        parse_week(week or coming_week(datetime.now(BERLIN))),
        None if plan is None else read_plan_file(plan).plan,
    )
    progress_to = Console(stderr=True, emoji=False) if as_json else console
    with (
        reported_faults(settings, f"{limits}, seed {SEED}"),
        shown_progress(progress_to) as show,
        interrupted_by_ctrl_c(stopper),
    ):
        search: dict[str, Any] = {
            "limits": limits,
            "seed": SEED,
            "cache_dir": settings.cache_dir,
            "on_progress": show,
            "stopper": stopper,
        }
        if visit:
            on_day = None if day is None else day.date()
            answer = _compared(*price_visit(*about, visit, on_day, **search))
        elif on is not None:
            answer = _compared(*plan_without_bus(*about, without, on.date(), **search))
        else:
            answer = _reasons(*about, settings.cache_dir, stopper)
    if as_json:
        print(json.dumps(answer.document, indent=2, ensure_ascii=False))
    else:
        answer.show(console)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is told, as JSON or in words."""

    document: Any
    show: Callable[[Console], None]


def _compared(before: Plan, problem: PlanningProblem, answer: Alternative | NotPossible) -> _Answer:
    if isinstance(answer, NotPossible):
        return _Answer(refused(answer), partial(print_refusals, answer=answer))
    comparison = compare(before, problem, answer)
    show = partial(print_comparison, comparison=comparison, before=before, after=answer.plan)
    return _Answer(comparison, show)


def _reasons(
    engine: Engine, first_day: date, plan: Plan | None, cache_dir: Path, stopper: Stopper
) -> _Answer:
    _, problem, unserved = explain_week(
        engine, first_day, plan, cache_dir=cache_dir, stopper=stopper
    )
    show = partial(print_unserved, unserved=unserved, problem=problem)
    return _Answer([asdict(entry) for entry in unserved], show)


def _refuse_odd_questions(
    visit: str, day: datetime | None, without: str, on: datetime | None
) -> None:
    if visit and without:
        raise InvalidInput("ask one thing at a time: --visit or --without")
    if bool(without) != (on is not None):
        raise InvalidInput("--without and --on go together: which bus is off on which day?")
    if day is not None and not visit:
        raise InvalidInput("--day goes with --visit")
