"""How a running search is asked to end."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TypeVar

Found = TypeVar("Found")

POLL_SECONDS = 0.1
"""How long a search may go on after its end was asked for."""


@dataclass(slots=True)
class Stopper:
    """Ends a running search from another thread or a signal handler."""

    asked: bool = False

    def stop(self) -> None:
        """Ask for the end; the best result so far is kept."""
        self.asked = True


def watched(
    solve: Callable[[], Found], is_over: Callable[[], bool], stop: Callable[[], None]
) -> Found:
    """What ``solve`` finds in a thread of its own, so that this one hears signals meanwhile.

    ``stop`` is called, once or more, when ``is_over`` or an exception asks for the end.
    """
    with ThreadPoolExecutor(max_workers=1) as aside:
        solving = aside.submit(solve)
        try:
            while not wait((solving,), timeout=POLL_SECONDS).done:
                if is_over():
                    stop()
        except BaseException:
            stop()  # or leaving this block would wait for the solver's own end
            raise
        return solving.result()
