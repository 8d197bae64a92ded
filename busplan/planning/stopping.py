"""How a running search is asked to end."""

from dataclasses import dataclass

POLL_SECONDS = 0.1
"""How long a search may go on after its end was asked for."""


@dataclass(slots=True)
class Stopper:
    """Ends a running search from another thread or a signal handler."""

    asked: bool = False

    def stop(self) -> None:
        """Ask for the end; the best result so far is kept."""
        self.asked = True
