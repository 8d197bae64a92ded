"""``busplan serve`` and ``busplan token``: the web, and who may write to it."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer
import uvicorn
from rich.console import Console
from rich.table import Table

from busplan.cli.database import open_database
from busplan.cli.publish import NO_ADDRESS
from busplan.domain.dates import BERLIN
from busplan.settings import Settings
from busplan.usecases.create_token import create_token
from busplan.usecases.list_tokens import list_tokens
from busplan.usecases.revoke_token import revoke_token

tokens = typer.Typer(no_args_is_help=True, help="Staff tokens for the tracking API.")

APP = "busplan.web.app:make_app"
"""By name: cli and web are neighbours, and neither imports the other."""
Label = Annotated[str, typer.Argument(help="Whose token it is, such as bus-wilde13.")]


def register(app: typer.Typer) -> None:
    """Add ``busplan serve`` and ``busplan token`` with its commands."""
    app.command()(serve)
    app.add_typer(tokens, name="token")


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", min=0, max=65535)] = None,
) -> None:
    """Serve the published pages, the stop-lookup API and tracking until Ctrl-C."""
    settings = Settings()
    open_database(settings).dispose()
    config = server_config(APP, host or settings.host, settings.port if port is None else port)
    Console().print(f"Serving http://{config.host}:{config.port}/ (Ctrl-C ends)", highlight=False)
    if not settings.public_url:
        Console(soft_wrap=True, highlight=False).print(NO_ADDRESS)
    uvicorn.Server(config).run()


def server_config(app: Any, host: str, port: int) -> uvicorn.Config:
    """How busplan is served: nobody's address or query is written anywhere.

    ``app`` is an ASGI app, or the name of a function that makes one.
    """
    return uvicorn.Config(
        app,
        factory=isinstance(app, str),
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=5,
    )


@tokens.command()
def create(label: Label) -> None:
    """Create a token and show it, this once."""
    engine = open_database(Settings())
    token = create_token(engine, label, datetime.now(UTC))
    console = Console(soft_wrap=True, highlight=False)
    console.print(token, markup=False)
    Console(stderr=True).print("Keep it well: it is not stored and cannot be shown again.")


@tokens.command("list")
def list_() -> None:
    """List all tokens by label."""
    table = Table("Label", "Created", "State")
    for token in list_tokens(open_database(Settings())):
        created = token.created_at.astimezone(BERLIN)
        table.add_row(token.label, f"{created:%Y-%m-%d %H:%M}", _state(revoked=token.revoked))
    Console().print(table)


@tokens.command()
def revoke(label: Label) -> None:
    """Let a token open nothing from now on."""
    revoke_token(open_database(Settings()), label)
    Console().print(f"Revoked: {label}", markup=False, highlight=False)


def _state(*, revoked: bool) -> str:
    return "revoked" if revoked else "good"
