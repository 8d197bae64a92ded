"""How a running search is shown: stage, best plan, bound, gap and elapsed time."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from busplan.planning.progress import OnProgress, Progress


@contextmanager
def shown_progress(console: Console) -> Iterator[OnProgress]:
    """Show progress in one line that goes when the search ends; on no terminal, show nothing."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading")

        def show(progress: Progress) -> None:
            bar.update(task, description=describe(progress))

        yield show


def describe(progress: Progress) -> str:
    """The progress in one line."""
    parts = [f"[bold]{progress.stage}[/]"]
    if progress.detail:
        parts.append(progress.detail)
    if progress.cost is not None:
        parts.append(f"best {progress.cost:,}")
    if progress.bound is not None:
        parts.append(f"bound {progress.bound:,}")
    if progress.gap is not None:
        parts.append(f"gap {progress.gap:.2%}")
    return "  ".join(parts)
