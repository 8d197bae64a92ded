"""Which named part of a computation takes how much processor time, threads and machine code too.

The system's profiling timer counts processor time of the whole process; at its ticks what was used
since the last one goes to the part where the main thread stands, or waits for threads of its own.
Nothing is counted twice, and what is in no part is the rest. The code runs as it is, without calls
being traced. A change of parts between two ticks is noticed late, by some milliseconds.
"""

import signal
import time
from collections.abc import Callable, Iterator, Mapping
from types import CodeType, FrameType
from typing import Any

TICK_S = 0.001
"""What the timer is asked for; the system may tick less often."""
REST = "rest"
Parts = Mapping[str, tuple[Callable[..., Any], ...]]
"""The functions of each part with all that they call; where two parts hold, the first does."""


def processor_shares(parts: Parts, compute: Callable[[], object]) -> dict[str, float]:
    """Processor seconds of every part, in their order, and of the rest. In the main thread only."""
    codes = {name: {one.__code__ for one in functions} for name, functions in parts.items()}
    spent = dict.fromkeys((*parts, REST), 0.0)
    last = time.process_time()

    def tick(_: int, frame: FrameType | None) -> None:
        nonlocal last
        now = time.process_time()
        stack = set(_stack(frame))
        spent[next((name for name in parts if codes[name] & stack), REST)] += now - last
        last = now

    before = signal.signal(signal.SIGPROF, tick)
    signal.setitimer(signal.ITIMER_PROF, TICK_S, TICK_S)
    try:
        compute()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    tick(signal.SIGPROF, None)
    return spent


def _stack(frame: FrameType | None) -> Iterator[CodeType]:
    """The code of a frame and of all that called it."""
    while frame is not None:
        yield frame.f_code
        frame = frame.f_back
