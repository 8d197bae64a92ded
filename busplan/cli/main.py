"""The parser: every command, and how deliberate errors become words and an exit status."""

import sys

import typer
from rich.console import Console

from busplan.cli import data, explain, imports, plan, poster, publish, replan, report, serve, track
from busplan.domain.errors import BusplanError, InvalidInput, PlanBroken

EXIT_FAILED = 1
EXIT_INVALID = 2

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Plan, publish, track and report the weekly tours of mobile youth buses.",
)
for module in (data, imports, plan, explain, replan, publish, poster, serve, track, report):
    module.register(app)


def main() -> None:
    """Run one command; deliberate errors are told without a traceback."""
    try:
        app()
    except BusplanError as error:
        console = Console(stderr=True, soft_wrap=True, highlight=False, emoji=False)
        sys.exit(tell(error, console))


def tell(error: BusplanError, console: Console) -> int:
    """Print the error with every single problem and return the exit status it deserves."""
    console.print(str(error), style="bold red", markup=False)
    if isinstance(error, InvalidInput):
        for problem in error.problems:
            console.print(f"  {problem}", markup=False)
        return EXIT_INVALID
    if isinstance(error, PlanBroken):
        for sentence in error.violations:
            console.print(f"  {sentence}", markup=False)
    return EXIT_FAILED
