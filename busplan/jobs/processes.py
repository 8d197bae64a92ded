"""Worker processes on this machine."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

A = TypeVar("A")
R = TypeVar("R")


class Processes:
    """So many worker processes, each a pool of one, so that losing it touches one job only.

    They are fresh interpreters, started when first needed, deaf to Ctrl-C: what it means is for
    this process to decide. They end at once when they are closed or when this process dies.
    """

    losses = (BrokenProcessPool,)

    def __init__(self, count: int) -> None:
        self._context = get_context("spawn")
        self._watched, self._lifeline = self._context.Pipe(duplex=False)
        self._pools = [self._pool() for _ in range(count)]
        self._last: list[Future[Any] | None] = [None] * count

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *_: object) -> None:
        self._lifeline.close()
        for pool in self._pools:
            pool.shutdown(cancel_futures=True)
        self._watched.close()

    def start(self, work: Callable[[A], R], argument: A) -> Future[R] | None:
        """Have the work done by a process that is free, if there is one."""
        for number, last in enumerate(self._last):
            if last is None or last.done():
                future = self._submit(number, work, argument)
                self._last[number] = future
                return future
        return None

    def _submit(self, number: int, work: Callable[[A], R], argument: A) -> Future[R]:
        with _ctrl_c_blocked():
            try:
                return self._pools[number].submit(work, argument)
            except BrokenProcessPool:
                self._pools[number].shutdown()
                self._pools[number] = self._pool()
                return self._pools[number].submit(work, argument)

    def _pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            1, mp_context=self._context, initializer=_live_on, initargs=(self._watched,)
        )


@contextmanager
def _ctrl_c_blocked() -> Iterator[None]:
    """Block the signal; processes started meanwhile inherit that and never hear it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _live_on(lifeline: Connection) -> None:
    """In a worker: live as long as the other end of the line is open."""
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()


def _end_with(lifeline: Connection) -> None:
    with suppress(EOFError, OSError):
        lifeline.recv_bytes()
    os._exit(1)
