"""Processor time is told once, by the part where a thread stands, and none is left out."""

import time
from collections.abc import Callable
from threading import Thread

import pytest

from benchmarks.processor_shares import REST, Parts, processor_shares

LONG_S = 0.3
"""Many looks, which are some milliseconds apart."""


def spend() -> None:
    until = time.process_time() + LONG_S
    while time.process_time() < until:
        pass


def first() -> None:
    spend()


def second() -> None:
    first()
    spend()


def neither() -> None:
    second()
    spend()


def spend_in_a_thread() -> None:
    thread = Thread(target=second)
    thread.start()
    thread.join()


def close_to(seconds: float) -> object:
    return pytest.approx(seconds, abs=LONG_S / 2)


@pytest.mark.parametrize(
    ("parts", "seconds"),
    [
        ({"first": (first,), "second": (second,)}, (LONG_S, LONG_S, LONG_S)),
        ({"second": (second,), "first": (first,)}, (2 * LONG_S, 0, LONG_S)),
        ({"both": (first, second)}, (2 * LONG_S, LONG_S)),
    ],
)
def test_the_first_part_that_holds_has_the_time(parts: Parts, seconds: tuple[float, ...]) -> None:
    spent = processor_shares(parts, neither)

    assert list(spent) == [*parts, REST]
    assert list(spent.values()) == [close_to(part) for part in seconds]


@pytest.mark.parametrize(
    ("parts", "seconds"),
    [
        ({"waiting": (spend_in_a_thread,)}, (2 * LONG_S, 0)),
        ({"first": (first,), "waiting": (spend_in_a_thread,)}, (LONG_S, LONG_S, 0)),
        ({"waiting": (spend_in_a_thread,), "first": (first,)}, (2 * LONG_S, 0, 0)),
    ],
)
def test_a_thread_is_also_where_the_main_one_waits(
    parts: Parts, seconds: tuple[float, ...]
) -> None:
    spent = processor_shares(parts, spend_in_a_thread)

    assert list(spent.values()) == [close_to(part) for part in seconds]


@pytest.mark.parametrize("compute", [second, spend_in_a_thread])
def test_all_processor_time_is_told(compute: Callable[[], None]) -> None:
    before = time.process_time()

    spent = processor_shares({"first": (first,)}, compute)

    assert min(spent.values()) > -0.01
    assert sum(spent.values()) == pytest.approx(time.process_time() - before, abs=0.1)
