"""Jobs side by side that end in the same order on any machine.

Every job counts its work. That is its clock, and jobs are taken as done in the order of their
clocks, not in that in which threads happen to finish: a job that is done waits until all others
are done or have counted further (conservative simulation: Chandy & Misra, IEEE Trans. Softw. Eng.
5, 1979). Counted work goes about as time does, so the wait is short.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import Generic, TypeVar

Result = TypeVar("Result")
POLL_SECONDS = 0.005
"""Between two looks at the clocks of jobs, which only ever run on."""


@dataclass(frozen=True, slots=True, eq=False)
class Job(Generic[Result]):
    """Work begun at a moment of the common clock; ``worked`` tells how much it has counted."""

    begun: float
    worked: Callable[[], float]
    future: Future[Result]

    @property
    def clock(self) -> float:
        """The moment the job has come to."""
        return self.begun + self.worked()


def first_done(jobs: Sequence[Job[Result]]) -> Job[Result]:
    """The job that ends first by the common clock; the first of those that end together."""
    while True:
        done = [job for job in jobs if job.future.done()]
        running = [job for job in jobs if job not in done]
        if done:
            first = min(done, key=lambda job: job.clock)
            if all(job.clock > first.clock for job in running):
                return first
        wait([job.future for job in running], POLL_SECONDS, FIRST_COMPLETED)
