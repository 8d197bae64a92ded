"""Jobs that need nothing of one another, done side by side until each is done or given up."""

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from busplan.domain.errors import BusplanError, ServiceDown

A = TypeVar("A")
R = TypeVar("R")
MOST_LOSSES = 2
"""A job whose worker was lost in company gets another one alone; if that is lost, it is given up.

Whatever else runs beside a job may be what kills its worker, by taking the memory for instance,
and a cluster counts the loss of a worker against every job that the worker was given.
"""
POLL_SECONDS = 0.1
"""How long jobs may go on after their end was asked for."""

_log = logging.getLogger(__name__)


class Workers(Protocol):
    """Where jobs are done: processes of this machine, or a cluster."""

    @property
    def losses(self) -> tuple[type[BaseException], ...]:
        """The exceptions of a future that say that its worker was lost, not that its job failed."""

    def start(self, work: Callable[[A], R], argument: A) -> Future[R] | None:
        """Have ``work(argument)`` done, or ``None`` while nobody is free.

        A future that ends cancelled tells that all workers are gone.
        """


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """A job's name and what its work returned."""

    name: str
    result: R


@dataclass(frozen=True, slots=True)
class Failed:
    """A job's name and why it will never be done; ``error`` is what its work raised, if it did."""

    name: str
    reason: str
    error: BaseException | None = field(default=None, compare=False)


def side_by_side(
    workers: Workers,
    work: Callable[[A], R],
    jobs: Mapping[str, A],
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Done[R] | Failed]:
    """What became of each job, in the order in which they end; none holds up another.

    ``work`` is a function of a module, so that workers can import it; arguments and results are
    pickled. A job whose worker was lost is done again. Once ``stopped()`` the rest is left out.
    Raises ``ServiceDown`` when all workers are gone.
    """
    waiting, suspects, losses = deque(jobs), deque[str](), Counter[str]()
    busy: dict[Future[R], str] = {}
    while (waiting or suspects or busy) and not stopped():
        if not waiting and not busy:
            waiting.append(suspects.popleft())
        while waiting and (future := workers.start(work, jobs[waiting[0]])) is not None:
            busy[future] = waiting.popleft()
        for future in wait(busy, POLL_SECONDS, FIRST_COMPLETED).done:
            name = busy.pop(future)
            outcome = _outcome(name, future, workers)
            if outcome is not None:
                yield outcome
                continue
            _log.warning("the worker that did %s was lost", name)
            losses[name] += 1
            if losses[name] < MOST_LOSSES:
                suspects.append(name)
            else:
                yield Failed(name, "its workers end without an answer, even when it runs alone")


def _outcome(name: str, future: Future[R], workers: Workers) -> Done[R] | Failed | None:
    """What became of a job that has ended; ``None`` when its worker was lost."""
    if future.cancelled():
        raise ServiceDown(f"all workers are gone; {name} and what was left are not done")
    error = future.exception()
    if error is None:
        return Done(name, future.result())
    if isinstance(error, workers.losses):
        return None
    return Failed(name, _reason(name, error), error)


def _reason(name: str, error: BaseException) -> str:
    """The error in one line; what nobody foresaw is logged with its traceback as well."""
    if isinstance(error, BusplanError):
        return str(error)
    _log.error("%s failed", name, exc_info=error)
    return f"{type(error).__name__}: {error}"
