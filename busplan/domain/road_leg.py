"""A drive that somebody has measured on the road."""

from dataclasses import dataclass

from busplan.domain.errors import InvalidInput
from busplan.domain.places import Coordinate


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadLeg:
    """From one place to another in so many metres and seconds by road."""

    here: Coordinate
    there: Coordinate
    metres: float
    seconds: float

    def __post_init__(self) -> None:
        if self.metres < 0 or self.seconds < 0:
            raise InvalidInput("metres and seconds not below zero")
