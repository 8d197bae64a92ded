"""Everything busplan refuses on purpose, as one small tree.

BusplanError
├── InvalidInput      a value, file or request that cannot be used; lists every problem
├── NotFound          a name nobody here knows
├── NotAllowed        a caller without the right to ask this
├── EventRefused      a stop event that contradicts what already happened
├── ToolMissing       a library or program of this machine that is not installed
├── ServiceDown       a server of others that does not answer, or answers nonsense
└── PlanBroken        a plan that breaks a hard rule, so it is not published
"""

from dataclasses import dataclass


class BusplanError(Exception):
    """The root of all deliberate errors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with an input, told so that its author can mend it.

    ``row`` counts from 1 with the header as row 1, as spreadsheets do; 0 means the whole file.
    """

    file: str
    row: int = 0
    column: str = ""
    value: str = ""
    expected: str

    def __str__(self) -> str:
        where = self.file
        if self.row:
            where += f", row {self.row}"
        if self.column:
            where += f", column {self.column}"
        return f"{where}: {self.value!r} found, expected {self.expected}"


class InvalidInput(BusplanError):
    """An input that cannot be used; ``problems`` names every fault, not the first only."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class NotFound(BusplanError):
    """A name nobody here knows."""


class NotAllowed(BusplanError):
    """A caller without the right to ask this."""


class EventRefused(BusplanError):
    """A stop event that repeats or contradicts what already happened."""


class ToolMissing(BusplanError):
    """A library or program of this machine that is not installed."""


class ServiceDown(BusplanError):
    """A server of others that does not answer, or answers nonsense."""


class PlanBroken(BusplanError):
    """A plan that breaks a hard rule; ``violations`` holds the sentences."""

    def __init__(self, message: str, violations: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.violations = violations
