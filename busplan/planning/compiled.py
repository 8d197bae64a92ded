"""What compiled code stands on: the decorator, and random numbers that are the same everywhere."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

import numba
import numba.extending
import numpy as np
from numba.core import cgutils
from numpy.typing import NDArray

T = TypeVar("T")
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
    """The function as machine code, kept on disk; it lets other threads run meanwhile."""
    return cast("F", numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def _bare(typing: Any, value: Any) -> Any:
    """The same array, or tuple of arrays, but compiled code does not count references to it.

    Counting them at every call took most of the search's time. The caller keeps them alive.
    """
    del typing

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _without_owner(context, builder, signature.args[0], arguments[0])

    return value(value), generate


def _without_owner(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    """A value whose arrays name no owner, so that there is nothing to count."""
    if isinstance(kind, numba.types.Array):
        array = _structures.create_struct_proxy(kind)(context, builder, value=value)
        array.meminfo = _structures.get_null_value(array.meminfo.type)
        array.parent = _structures.get_null_value(array.parent.type)
        return array._getvalue()
    for place, part in enumerate(kind if isinstance(kind, Iterable) else ()):
        inner = _without_owner(context, builder, part, builder.extract_value(value, place))
        value = builder.insert_value(value, inner, place)
    return value


_structures: Any = cgutils
bare: Callable[[T], T] = cast("Any", numba.extending.intrinsic(_bare))


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
