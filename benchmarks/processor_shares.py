"""Which named part of a computation takes how much processor time, threads and machine code too.

A thread looks every few milliseconds what every other has used since, and where it stands. Time
goes to the part in which a thread, or the main thread meanwhile, is; that of threads too short to
be seen to where the main thread waits for them. So nothing is counted twice, and what is in no
part is the rest. Calls are not traced: the code runs as it is. Linux only.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

LOOK_S = 0.002
"""Between two looks; while Python code runs, it is a few milliseconds more."""
REST = "rest"
Parts = Mapping[str, tuple[Callable[..., Any], ...]]
"""The functions of each part with all that they call; where two parts hold, the first does."""


def processor_shares(parts: Parts, compute: Callable[[], object]) -> dict[str, float]:
    """Processor seconds of every part, in their order, and of the rest. In the main thread only."""
    shares = _Shares({name: {one.__code__ for one in parts[name]} for name in parts})
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(LOOK_S):
            shares.look()
        shares.look()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        compute()
    finally:
        ended.set()
        watcher.join()
    return shares.spent


@dataclass(slots=True)
class _Shares:
    """What each part has used, and what each thread had at the last look."""

    codes: Mapping[str, set[CodeType]]
    spent: dict[str, float] = field(init=False)
    before: dict[threading.Thread, float] = field(init=False)
    told: float = field(default_factory=time.process_time)

    def __post_init__(self) -> None:
        self.spent = dict.fromkeys((*self.codes, REST), 0.0)
        self.before = {one: _used_s(one) for one in threading.enumerate()}

    def look(self) -> None:
        """Share out what was used since the last look, but for the looking."""
        frames = sys._current_frames()
        main = set(_stack(frames.get(threading.main_thread().ident or 0)))
        for thread in threading.enumerate():
            if thread is threading.main_thread():
                continue
            last = self.before.get(thread, 0.0)
            new = max(0.0, _used_s(thread) - last)
            self.before[thread] = last + new
            self.told += new
            if thread is not threading.current_thread():
                self.spent[self._part(main | set(_stack(frames.get(thread.ident or 0))))] += new
        now = time.process_time()
        self.spent[self._part(main)] += now - self.told
        self.told = now

    def _part(self, stack: set[CodeType]) -> str:
        return next((name for name, codes in self.codes.items() if codes & stack), REST)


def _used_s(thread: threading.Thread) -> float:
    """Processor seconds of a living thread, by the kernel; 0 for one that has just ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        told = Path(f"/proc/self/task/{thread.native_id}/schedstat").read_text("ascii")
        return int(told.split()[0]) / 1e9
    return 0.0


def _stack(frame: FrameType | None) -> Iterator[CodeType]:
    """The code of a frame and of all that called it."""
    while frame is not None:
        yield frame.f_code
        frame = frame.f_back
