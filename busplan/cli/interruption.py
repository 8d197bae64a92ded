"""What Ctrl-C means while busplan searches."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from busplan.planning.stopping import Stopper


@contextmanager
def interrupted_by_ctrl_c(stopper: Stopper) -> Iterator[None]:
    """Let the first Ctrl-C end the search with what it has; a second one ends the program."""

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        signal.signal(signal.SIGINT, signal.default_int_handler)
        stopper.stop()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
