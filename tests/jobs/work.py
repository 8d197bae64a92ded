"""Work for workers to import: it succeeds, fails, dies or hangs as its argument says."""

import os
import signal
import threading
from pathlib import Path

from busplan.domain.errors import InvalidInput


def square(number: int) -> int:
    return number * number


def refuse_odd(number: int) -> int:
    if number % 2:
        raise InvalidInput(f"{number} is odd")
    return number


def divide_12(number: int) -> float:
    return 12 / number


def die_at_first(marker: Path) -> str:
    """Kills its worker, unless some worker has died of this marker before."""
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return marker.name


def die_unless(name: str) -> str:
    """Kills its worker always, but for one name."""
    if name != "sound":
        os.kill(os.getpid(), signal.SIGKILL)
    return name


def hang(pid_file: Path) -> None:
    """Writes the worker's process id and never ends."""
    part = pid_file.with_suffix(".part")
    part.write_text(str(os.getpid()), encoding="utf-8")
    part.replace(pid_file)
    threading.Event().wait()


def process_id(_: None) -> int:
    return os.getpid()


def blocked_signals(_: None) -> set[int]:
    return set(signal.pthread_sigmask(signal.SIG_BLOCK, ()))
