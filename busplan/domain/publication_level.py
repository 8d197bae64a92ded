"""How much of a visit the public may know."""

from collections.abc import Iterable
from enum import StrEnum


class PublicationLevel(StrEnum):
    """What the public sees of a visit, from least to most.

    NONE nothing; AREA the town, the day and the part of the day; SHORT_NOTICE as AREA until some
    hours before, then as FULL; FULL place and times.
    """

    NONE = "none"
    AREA = "area"
    SHORT_NOTICE = "short_notice"
    FULL = "full"

    @property
    def openness(self) -> int:
        """0 for nothing to 3 for everything; levels are compared by it, never by name."""
        return list(PublicationLevel).index(self)


def strictest(levels: Iterable[PublicationLevel]) -> PublicationLevel:
    """The level that shows least; FULL if none is given."""
    return min(levels, key=lambda level: level.openness, default=PublicationLevel.FULL)
