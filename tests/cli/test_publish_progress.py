"""What is shown while pages are written, and what Ctrl-C does meanwhile."""

import os
import signal
from collections.abc import Iterator
from io import StringIO

import pytest
import typer
from rich.console import Console

from busplan.cli.publish_progress import EXIT_INTERRUPTED, SPARSE, shown_writing


@pytest.fixture(autouse=True)
def heard_ctrl_c() -> Iterator[None]:
    """Ctrl-C as in a terminal, also where the tests were started in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_off_a_terminal_a_state_says_a_few_lines_and_a_county_none() -> None:
    console = Console(file=StringIO())

    with shown_writing(console, quiet=False) as show:
        for ready in range(2 * SPARSE + 1):
            show(ready, 2 * SPARSE + 7)

    assert told(console) == [f"{n:,} of 10,007 files are ready" for n in (5_000, 10_000)]


def test_quiet_says_nothing() -> None:
    console = Console(file=StringIO())

    with shown_writing(console, quiet=True) as show:
        show(SPARSE, 2 * SPARSE)

    assert told(console) == []


def test_on_a_terminal_one_line_tells_and_goes() -> None:
    console = Console(file=StringIO(), force_terminal=True, width=80)

    with shown_writing(console, quiet=False) as show:
        show(3, 4)

    assert "3/4" in "".join(told(console))
    assert "files are ready" not in "".join(told(console))


def test_ctrl_c_ends_with_words_and_the_status_of_an_interruption() -> None:
    console = Console(file=StringIO(), width=200)

    with pytest.raises(typer.Exit) as ended, shown_writing(console, quiet=False) as show:
        show(3, 4)
        os.kill(os.getpid(), signal.SIGINT)

    assert ended.value.exit_code == EXIT_INTERRUPTED == 130
    assert told(console) == [
        "Interrupted: the pages are as they were. Write them with: busplan pages"
    ]


def test_ctrl_c_waits_while_files_are_moved_into_their_places() -> None:
    console, handler = Console(file=StringIO()), signal.getsignal(signal.SIGINT)

    with shown_writing(console, quiet=False) as show:
        show(4, 4)
        os.kill(os.getpid(), signal.SIGINT)

    assert told(console) == []
    assert signal.getsignal(signal.SIGINT) is handler


def told(console: Console) -> list[str]:
    """The lines that the console was given."""
    file = console.file
    assert isinstance(file, StringIO)
    return file.getvalue().splitlines()
