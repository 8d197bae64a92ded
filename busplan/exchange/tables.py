"""What a table of a county's folder is: columns with kinds, rows that make domain types."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from busplan.domain.dates import MINUTES_PER_DAY, DateRange
from busplan.domain.errors import Problem
from busplan.domain.places import Coordinate
from busplan.exchange.cells import DAY_DATE, FLAG, ID, TEXT, Kind, number, whole

T = TypeVar("T")
SHOWN_CHARACTERS = 80
LATITUDE = number(34, 72, "a European latitude, not exchanged with the longitude,")
LONGITUDE = number(-25, 33, "a European longitude, not exchanged with the latitude,")
REQUIRED = object()
"""Marks a column whose cells may not be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: an empty cell means ``blank``; ``refers_to`` is the file that holds its keys."""

    name: str
    kind: Kind
    about: str
    blank: Any = REQUIRED
    refers_to: str = ""

    @property
    def required(self) -> bool:
        """Whether every row must fill it."""
        return self.blank is REQUIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Several columns that make one field; all of them empty make it ``None``."""

    field: str
    columns: tuple[str, ...]
    join: Callable[..., Any]
    split: Callable[[Any], tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[T]):
    """A file of things; ``key`` names the column whose values are unique, if there is one.

    A folder may lack an ``optional`` file; then it holds no such things.
    """

    file: str
    about: str
    make: Callable[..., T]
    columns: tuple[Column, ...]
    joined: tuple[Joined, ...] = ()
    key: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Generic[T]):
    """One row as found: cells by column, and the thing it means unless the row has a fault."""

    row: int
    cells: Mapping[str, str]
    thing: T | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRead(Generic[T]):
    """All rows of a table, faultless or not, their keys, and everything wrong with them."""

    table: Table[T]
    records: tuple[Record[T], ...] = ()
    problems: tuple[Problem, ...] = ()
    keys: frozenset[str] = frozenset()

    @property
    def things(self) -> tuple[T, ...]:
        """What the faultless rows mean, in order of rows."""
        return tuple(record.thing for record in self.records if record.thing is not None)

    def lacks(self, key: str) -> bool:
        """Whether no row, faultless or not, has this key; never said of an unreadable table."""
        return key not in self.keys and not (self.problems and not self.keys)


def at_point(field: str, lat: str = "lat", lon: str = "lon") -> Joined:
    """Two columns that make a coordinate."""
    return Joined(field=field, columns=(lat, lon), join=Coordinate, split=lambda c: (c.lat, c.lon))


def from_to(field: str, first: str, last: str) -> Joined:
    """Two columns that make a stretch of days."""
    return Joined(
        field=field,
        columns=(first, last),
        join=lambda a, b: DateRange(first=a, last=b),
        split=lambda days: (days.first, days.last),
    )


def point_columns(of: str, lat: str = "lat", lon: str = "lon") -> tuple[Column, Column]:
    """Latitude and longitude, in bounds that tell swapped ones in Europe."""
    return (
        Column(name=lat, kind=LATITUDE, about=f"latitude of {of}, degrees, WGS 84"),
        Column(name=lon, kind=LONGITUDE, about=f"longitude of {of}, degrees, WGS 84"),
    )


def day_columns(first: str, last: str, about: str, blank: Any = REQUIRED) -> tuple[Column, Column]:
    """First and last day of a stretch."""
    return (
        Column(name=first, kind=DAY_DATE, about=f"first day {about}", blank=blank),
        Column(name=last, kind=DAY_DATE, about=f"last day {about}", blank=blank),
    )


def text_column(name: str, about: str, blank: Any = "") -> Column:
    """Free text; may be empty unless ``blank`` is ``REQUIRED``."""
    return Column(name=name, kind=TEXT, about=about, blank=blank)


def key_column(name: str, about: str, kind: Kind = ID) -> Column:
    """The key of each row."""
    return Column(name=name, kind=kind, about=about)


def flag_column(name: str, about: str) -> Column:
    """True or false."""
    return Column(name=name, kind=FLAG, about=about)


def minutes_column(name: str, about: str) -> Column:
    """Minutes within a day."""
    return Column(name=name, kind=whole(0, MINUTES_PER_DAY), about=about)


def problem_at(table: Table[Any], record: Record[Any], column: str, expected: str) -> Problem:
    """A fault in one cell of a row."""
    value = record.cells.get(column, "")
    return Problem(
        file=table.file, row=record.row, column=column, value=shorten(value), expected=expected
    )


def shorten(value: str) -> str:
    """A value short enough to be told."""
    return value if len(value) <= SHOWN_CHARACTERS else value[: SHOWN_CHARACTERS - 1] + "…"
