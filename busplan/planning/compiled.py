"""What compiled code stands on: the decorator, and random numbers that are the same everywhere."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., object])
Random = NDArray[np.uint64]
"""One number, the whole state of a generator; every search has one of its own."""

STEP = np.uint64(0x9E3779B97F4A7C15)
FIRST_MIX = np.uint64(0xBF58476D1CE4E5B9)
SECOND_MIX = np.uint64(0x94D049BB133111EB)
FIRST_SHIFT, SECOND_SHIFT, LAST_SHIFT = np.uint64(30), np.uint64(27), np.uint64(31)
LOW_BITS = np.uint64(11)
UNIT = 2.0**-53


def compiled(function: F) -> F:
    """The function as machine code, kept on disk; it lets other threads run meanwhile.

    It makes no arrays, so it need not count references to them, which took nine tenths of the
    search's time.
    """
    return _translate(function, counts_references=False)


def compiled_allocating(function: F) -> F:
    """The same for a function that makes arrays."""
    return _translate(function, counts_references=True)


def _translate(function: F, *, counts_references: bool) -> F:
    translate: Any = numba.njit  # its types leave out _nrt, Numba's switch for counting
    options = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": counts_references}
    return cast("F", translate(**options)(function))


def make_random(seed: int, stream: int) -> Random:
    """A generator of its own for every seed and stream."""
    return np.array([(seed * 1_000_003 + stream) % 2**63], dtype=np.uint64)


@compiled
def draw_bits(random: Random) -> Any:
    """The next 64 bits (SplitMix64: Steele, Lea & Flood, OOPSLA 2014)."""
    random[0] += STEP
    bits = random[0]
    bits = (bits ^ (bits >> FIRST_SHIFT)) * FIRST_MIX
    bits = (bits ^ (bits >> SECOND_SHIFT)) * SECOND_MIX
    return bits ^ (bits >> LAST_SHIFT)


@compiled
def draw(random: Random) -> float:
    """A number from 0 up to, not including, 1."""
    return float(draw_bits(random) >> LOW_BITS) * UNIT


@compiled
def draw_below(random: Random, limit: int) -> int:
    """A whole number from 0 up to, not including, ``limit``."""
    return int(draw(random) * limit)
