"""Violation: one broken hard rule, told to the planner."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a plan breaks: its name, the tour, visit or person, and one plain sentence."""

    rule: str
    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.place}: {self.sentence}"
