"""How the cost of the best plan falls while a search goes on."""

import time
from collections.abc import Callable

from busplan.planning.progress import Progress


class CostBySecond:
    """Hears of progress; keeps every lower cost with its seconds since it was made."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.history: list[tuple[float, float]] = []
        self._clock = clock
        self._started = clock()

    def __call__(self, progress: Progress) -> None:
        """Keep the cost if it is lower than all before."""
        cost = progress.cost
        if cost is not None and (not self.history or cost < self.history[-1][1]):
            self.history.append((self._clock() - self._started, cost))
