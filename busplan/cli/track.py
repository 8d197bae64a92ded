"""``busplan track``: tell what happens at the stops, and see how the day stands."""

from datetime import datetime
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from busplan.cli.database import open_database
from busplan.domain.dates import BERLIN, clock, parse_clock
from busplan.domain.errors import InvalidInput
from busplan.domain.plan import VisitId
from busplan.domain.stop_events import (
    AgeBand,
    CancelReason,
    EventKind,
    StopEvent,
    Tally,
    VisitState,
)
from busplan.settings import Settings
from busplan.tracking.live_board import BoardLine
from busplan.usecases.record_stop_event import record_stop_event
from busplan.usecases.show_board import Board, show_board
from busplan.usecases.write_pages import write_pages

VisitName = Annotated[
    str, typer.Argument(help="The visit, such as 2026-12-01-wilde13-1.", show_default=False)
]
At = Annotated[
    str | None,
    typer.Option(
        "--at",
        help="When, in ISO 8601, such as 2026-12-01T15:04; Berlin time unless it says otherwise.",
        show_default="now",
    ),
]
commands = typer.Typer(no_args_is_help=True, help="Record what happens at the stops.")


def register(app: typer.Typer) -> None:
    """Add ``busplan track`` with its commands."""
    app.add_typer(commands, name="track")


@commands.command()
def arrive(visit: VisitName, at: At = None) -> None:
    """The bus has arrived."""
    _record(StopEvent(visit_id=VisitId(visit), kind=EventKind.ARRIVE, at=_moment(at)))


@commands.command()
def leave(
    visit: VisitName,
    at: At = None,
    tally: Annotated[
        list[str] | None,
        typer.Option(
            help="Contacts of one age band, such as 10_to_13=5; repeat it for further bands: "
            + ", ".join(AgeBand),
            show_default=False,
        ),
    ] = None,
) -> None:
    """The bus has left; contacts are counted by age band, never persons."""
    _record(
        StopEvent(
            visit_id=VisitId(visit),
            kind=EventKind.LEAVE,
            at=_moment(at),
            tally=parse_tally(tally) if tally else None,
        )
    )


@commands.command()
def cancel(
    visit: VisitName,
    reason: Annotated[CancelReason, typer.Option(help="Internal; never published.")],
    at: At = None,
) -> None:
    """The visit does not take place."""
    _record(
        StopEvent(visit_id=VisitId(visit), kind=EventKind.CANCEL, at=_moment(at), reason=reason)
    )


@commands.command()
def move(
    visit: VisitName,
    to: Annotated[str, typer.Option(help="The stop where it takes place instead.")],
    opens: Annotated[str, typer.Option("--open", help="Opening there, such as 15:00.")],
    closes: Annotated[str, typer.Option("--close", help="Closing there, such as 18:00.")],
    at: At = None,
) -> None:
    """The visit takes place elsewhere or at another time of the same day."""
    _record(
        StopEvent(
            visit_id=VisitId(visit),
            kind=EventKind.MOVE,
            at=_moment(at),
            to_stop_id=to,
            to_open_min=parse_clock(opens),
            to_close_min=parse_clock(closes),
        )
    )


@commands.command()
def status(
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Service date.", show_default="today"),
    ] = None,
) -> None:
    """Every visit of a day and where it stands; for staff only."""
    service_date = (day or datetime.now(BERLIN)).date()
    board = show_board(open_database(Settings()), service_date)
    console = Console(highlight=False)
    if board.lines:
        console.print(_table(board))
    else:
        console.print(f"No published visit on {service_date}.")


def parse_tally(parts: list[str]) -> Tally:
    """Counts such as ``under_10=3``. Raises ``InvalidInput`` for anything else."""
    return Tally(counts=tuple(_parse_count(part) for part in parts))


def parse_moment(text: str) -> datetime:
    """An aware moment in ISO 8601; without a zone it is Berlin's. Raises ``InvalidInput``."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"{text!r} is not a moment like 2026-12-01T15:04") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)


def _parse_count(part: str) -> tuple[AgeBand, int]:
    band, _, count = part.partition("=")
    if band not in list(AgeBand) or not count.isdecimal():
        raise InvalidInput(f"{part!r} is not a count like {AgeBand.FROM_10}=5; {_known_bands()}")
    return AgeBand(band), int(count)


def _known_bands() -> str:
    return "age bands are " + ", ".join(AgeBand)


def _moment(at: str | None) -> datetime:
    now = datetime.now(BERLIN)
    moment = parse_moment(at) if at else now
    if moment > now:
        raise InvalidInput(f"{moment.isoformat()} has not come yet")
    return moment


def _record(event: StopEvent) -> None:
    settings = Settings()
    engine = open_database(settings)
    state = record_stop_event(engine, event)
    write_pages(
        engine,
        datetime.now(BERLIN),
        maps_dir=settings.maps_dir,
        cache_dir=settings.cache_dir,
        tile_url=settings.tile_url,
        tile_attribution=settings.tile_attribution,
        public_url=settings.public_url,
    )
    Console(highlight=False, soft_wrap=True).print(
        f"{escape(event.visit_id)} is {_sentence(state)}."
    )


def _sentence(state: VisitState) -> str:
    contacts = f", {state.tally.total} contacts" if state.tally else ""
    return f"{state.status.value}{contacts}"


def _table(board: Board) -> Table:
    table = Table(title=f"{board.day:%Y-%m-%d}", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("visit", no_wrap=True)  # to be copied into the next command
    table.add_column("open", no_wrap=True)
    table.add_column("there", no_wrap=True)
    table.add_column("stop", overflow="fold")
    table.add_column("status", overflow="fold")
    for line in board.lines:
        table.add_row(*map(escape, _cells(line, board)))
    return table


def _cells(line: BoardLine, board: Board) -> tuple[str, ...]:
    reason = f": {line.state.reason.value}" if line.state.reason else ""
    return (
        line.visit_id,
        f"{clock(line.open_min)}-{clock(line.close_min)}",
        _there(line.state),
        board.stop_names.get(line.stop_id, line.stop_id),
        f"{_sentence(line.state)}{reason}",
    )


def _there(state: VisitState) -> str:
    """When the bus was at the stop, as far as it is known: 14:45-16:10, or 14:45-."""
    if state.arrived_at is None:
        return ""
    left = f"{state.left_at.astimezone(BERLIN):%H:%M}" if state.left_at else ""
    return f"{state.arrived_at.astimezone(BERLIN):%H:%M}-{left}"
