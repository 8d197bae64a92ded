"""A terminal of our own, for tests of what people see and press."""

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 120
"""A hanging command fails the test instead of stopping the whole run."""


class Terminal:
    """A terminal of our own with one command in it."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.seen = ""
        self._ours, theirs = pty.openpty()
        environment = os.environ | {
            "BUSPLAN_DATABASE_URL": f"sqlite:///{folder / 'busplan.db'}",
            "BUSPLAN_CACHE_DIR": str(folder / "cache"),
            "COLUMNS": "200",
            "TERM": "xterm",
        }
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from busplan.cli.main import main; main()", *arguments],
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def read_until(self, text: str) -> bool:
        """Read what is printed up to the text; ``False`` if the command ends without it."""
        until = time.monotonic() + PATIENCE_S
        while text not in self.seen:
            assert time.monotonic() < until, self.seen[-2000:]
            if not self.read_more():
                return False
        return True

    def read_more(self) -> bool:
        """Wait for more to be printed; ``False`` if the command has ended."""
        try:
            self.seen += os.read(self._ours, 65536).decode(errors="replace")
        except OSError:  # the other side is closed
            return False
        return True

    def press_ctrl_c(self) -> None:
        """As a terminal does: told to the command and to every process it has started."""
        os.killpg(self._process.pid, signal.SIGINT)

    def wait(self) -> int:
        """Read on to the end; the exit status."""
        self.read_until("\0")
        return self._process.wait(PATIENCE_S)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)


@contextmanager
def terminal(folder: Path, *arguments: str) -> Iterator[Terminal]:
    screen = Terminal(folder, *arguments)
    try:
        yield screen
    finally:
        screen.close()
