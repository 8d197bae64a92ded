"""When a search ends."""

from dataclasses import dataclass
from math import inf

from busplan.domain.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchLimits:
    """Counted work, in deterministic units of about a second, and optionally wall-clock seconds.

    Only the counted limit gives the same plan every time; seconds are for people who wait.
    """

    work: float = 120.0
    seconds: float | None = None

    def __post_init__(self) -> None:
        if not self.work > 0 or not (self.seconds is None or 0 < self.seconds < inf):  # nor nan
            raise InvalidInput(f"search limits {self.work} and {self.seconds} must be above zero")
