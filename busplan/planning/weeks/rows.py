"""A linear program under construction: rows, static variables, and what tours have to do with rows.

Tours are far too many to write down what each adds to each row. A row is told instead what in a
tour counts for it: a visit, the bus and day, a stay in a town, an offer, who could man it, how
late it ends. ``tour_rows`` reads that for any tour and prices them all.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, fields

from busplan.domain.dates import MINUTES_PER_DAY, Window

INFINITY = float("inf")
MINUTES = 2 * MINUTES_PER_DAY
"""Above every minute of a tour."""
Entry = tuple[int, int, int]
"""Number of what counts, row and coefficient."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A variable besides the tours: from 0 to ``upper``, minimised at ``cost`` a unit."""

    name: str
    cost: int = 0
    upper: int = 1
    integer: bool = False
    entries: tuple[tuple[int, int], ...]
    """Row and coefficient."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A row that counts the tours of a slot which one of the windows holds."""

    slot: int
    windows: tuple[Window, ...]
    row: int
    value: int


@dataclass(slots=True)
class Tellings:
    """What counts for which row, in entries (number of what counts, row, coefficient).

    ``visits`` count each visit of a candidate; ``slots`` each tour of a slot (a bus on a day),
    ``adults`` its adults, ``presence`` and ``work`` its minutes; ``towns`` a tour that stays in a
    town on a day without a joint visit there (day x towns + town); ``offers`` a tour of a slot on
    which an offer is given (slot x offers + offer); ``late`` a tour that ends at the minute or
    later, ``early`` one that starts at the minute or before (slot x MINUTES + minute); ``tours``
    single tours.
    """

    visits: list[Entry] = field(default_factory=list)
    slots: list[Entry] = field(default_factory=list)
    adults: list[Entry] = field(default_factory=list)
    presence: list[Entry] = field(default_factory=list)
    work: list[Entry] = field(default_factory=list)
    towns: list[Entry] = field(default_factory=list)
    offers: list[Entry] = field(default_factory=list)
    late: list[Entry] = field(default_factory=list)
    early: list[Entry] = field(default_factory=list)
    tours: list[Entry] = field(default_factory=list)
    shifts: list[Shift] = field(default_factory=list)

    def plain(self) -> Iterator[tuple[str, list[Entry]]]:
        """Every kind but shifts, with its entries."""
        for spec in fields(self):
            if spec.name != "shifts":
                yield spec.name, getattr(self, spec.name)


@dataclass(slots=True)
class Program:
    """Rows ``lower <= a x <= upper`` with whole coefficients, found by a name of any kind."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    variables: list[Variable] = field(default_factory=list)
    constant: int = 0
    tellings: Tellings = field(default_factory=Tellings)
    rare: set[int] = field(default_factory=set)
    """Rows that few choices break: a relaxation takes one on when it does."""
    _rows: dict[Hashable, int] = field(default_factory=dict)

    def row(self, name: Hashable, lower: float = -INFINITY, upper: float = INFINITY) -> int:
        """The row of that name, made with these limits if it is new."""
        if name not in self._rows:
            self._rows[name] = len(self.lower)
            self.lower.append(lower)
            self.upper.append(upper)
        return self._rows[name]

    def find_row(self, name: Hashable) -> int | None:
        """The row of that name, if there is one."""
        return self._rows.get(name)

    def row_names(self) -> tuple[Hashable, ...]:
        """Names of all rows in order."""
        return tuple(self._rows)

    def add(self, variable: Variable) -> int:
        """Add a variable and return its number."""
        self.variables.append(variable)
        return len(self.variables) - 1
