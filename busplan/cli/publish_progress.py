"""How the writing of pages is shown, and what Ctrl-C means meanwhile."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from busplan.publishing.write import OnWriting

SPARSE = 5_000
"""Off a terminal, a line after so many files: none for a county, a few for a state."""
EXIT_INTERRUPTED = 128 + signal.SIGINT


@contextmanager
def shown_writing(console: Console, *, quiet: bool) -> Iterator[OnWriting]:
    """Show how many files are ready; Ctrl-C leaves the pages as they were and says so.

    Once all are ready they are moved into their places, and for that moment Ctrl-C has to wait.
    """
    columns = (TextColumn("pages"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    hidden = quiet or not console.is_terminal
    before = signal.getsignal(signal.SIGINT)
    try:
        with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
            task = bar.add_task("pages", total=None)

            def show(ready: int, of: int) -> None:
                bar.update(task, completed=ready, total=of)
                if hidden and not quiet and ready and ready % SPARSE == 0:
                    console.print(f"{ready:,} of {of:,} files are ready")
                if ready == of:
                    signal.signal(signal.SIGINT, _wait)

            yield show
    except KeyboardInterrupt:
        console.print("Interrupted: the pages are as they were. Write them with: busplan pages")
        raise typer.Exit(EXIT_INTERRUPTED) from None
    finally:
        signal.signal(signal.SIGINT, before)


def _wait(number: int, frame: FrameType | None) -> None:
    del number, frame
