"""How long and how far it is between all places; data only, built in ``travel/``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from busplan.domain.errors import InvalidInput, NotFound


@dataclass(frozen=True)
class TravelMatrix:
    """Whole minutes, rounded up, and metres by road; row = from, column = to.

    ``nodes`` are stop and depot ids. Square, with as many rows as nodes.
    """

    nodes: tuple[str, ...]
    minutes: tuple[tuple[int, ...], ...]
    metres: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        size = len(self.nodes)
        for table in (self.minutes, self.metres):
            if len(table) != size or any(len(row) != size for row in table):
                raise InvalidInput(f"a travel matrix of {size} nodes needs {size} x {size} values")

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Row and column number of each node."""
        return {node: i for i, node in enumerate(self.nodes)}

    def travel_min(self, here: str, there: str) -> int:
        """Driving minutes. Raises ``NotFound`` for an unknown node."""
        return self.minutes[self._row(here)][self._row(there)]

    def length_m(self, here: str, there: str) -> int:
        """Metres by road. Raises ``NotFound`` for an unknown node."""
        return self.metres[self._row(here)][self._row(there)]

    def _row(self, node: str) -> int:
        try:
            return self.index[node]
        except KeyError:
            raise NotFound(f"{node} is not in the travel matrix") from None
