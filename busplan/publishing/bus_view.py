"""A bus as it is drawn: what it looks like follows from itself, as far as may be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from busplan.domain.fleet import BusId
from busplan.domain.public_timetable import PublicTimetable

SHAPES = 4
"""Shapes of pins and styles of lines that ``site.css`` tells apart."""
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class BusView:
    """A bus as it is drawn: its colour goes by ``key``, its shape and line style by ``shape``.

    ``label`` is what its pins say. All but the shapes of a few buses and a label that it would
    share follow from the bus alone, so that another one may come or go and nothing of it changes.
    """

    key: str
    name: str
    label: str
    shape: int
    colour: str


def list_buses(timetable: PublicTimetable) -> dict[BusId, BusView]:
    """The buses in their order; as many as there are shapes differ in shape for certain."""
    labels = _labels([bus.name for bus in timetable.buses])
    few = len(timetable.buses) <= SHAPES
    return {
        bus.id: BusView(
            key=bus_key(bus.id),
            name=bus.name,
            label=label,
            shape=place if few else int(bus_key(bus.id), 16) % SHAPES,
            colour=bus.colour,
        )
        for place, (bus, label) in enumerate(zip(timetable.buses, labels, strict=True))
    }


def bus_key(bus_id: BusId) -> str:
    """What stands for a bus in addresses and styles: stable, and without its name."""
    return sha256(bus_id.encode()).hexdigest()[:8]


def _labels(names: Sequence[str]) -> list[str]:
    """The first of letter, letter with number, and place in the list that is a bus's own."""
    letters = list(map(_letter, names))
    numbered = [letter + _number(name) for letter, name in zip(letters, names, strict=True)]
    kinds = (letters, numbered)
    return [
        next((kind[n] for kind in kinds if kind[n] and kind.count(kind[n]) == 1), str(n + 1))
        for n in range(len(names))
    ]


def _letter(name: str) -> str:
    return next((char.upper() for char in name if char.isalpha()), "")


def _number(name: str) -> str:
    """The last number in a name, ``12`` in ``Bus 12``."""
    found: list[str] = _DIGITS.findall(name)
    return found[-1] if found else ""
