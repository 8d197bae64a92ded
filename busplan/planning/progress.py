"""What a search tells while it runs."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The stage of the search and, once known, cost of the best plan and its bound.

    Both count points, or whatever the costs of a periodic problem are.
    """

    stage: str
    detail: str = ""
    cost: float | None = None
    bound: float | None = None

    @property
    def gap(self) -> float | None:
        """Share of the cost that a better plan could still save."""
        if self.cost is None or self.bound is None:
            return None
        return max(0, self.cost - self.bound) / self.cost if self.cost else 0.0


OnProgress = Callable[[Progress], None]


def ignore(progress: Progress) -> None:
    """Listen to nothing."""
    del progress
