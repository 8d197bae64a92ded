"""Lines of numbers in a published instance, with every fault told by file and line."""

import math
from dataclasses import dataclass, field
from pathlib import Path

from busplan.domain.errors import InvalidInput, Problem


@dataclass(slots=True)
class Lines:
    """The lines of a file, read one after the other; ``faults`` gathers what is wrong."""

    file: str
    texts: list[str]
    place: int = 0
    faults: list[Problem] = field(default_factory=list)

    def next_text(self, expected: str) -> str:
        """The next line that is not empty; raises InvalidInput at the end of the file."""
        while self.place < len(self.texts):
            self.place += 1
            if text := self.texts[self.place - 1].strip():
                return text
        self.fault("", expected + ", but the file ends")
        raise self.refusal()

    def next_numbers(self, least: int, expected: str) -> list[float] | None:
        """The next line's numbers, at least so many; ``None`` and a fault if it has others."""
        return self.numbers(self.next_text(expected), least, expected)

    def numbers(self, text: str, least: int, expected: str) -> list[float] | None:
        """The numbers of the present line; ``None`` and a fault if they are not."""
        try:
            values = [float(word) for word in text.split()]
        except ValueError:
            values = []
        if len(values) < least or not all(map(math.isfinite, values)):
            self.fault(text, expected)
            return None
        return values

    def fault(self, value: str, expected: str) -> None:
        """Something wrong with the present line."""
        self.faults.append(Problem(file=self.file, row=self.place, value=value, expected=expected))

    def refusal(self) -> InvalidInput:
        """All faults as one error."""
        told = "; ".join(map(str, self.faults[:5]))
        return InvalidInput(f"{self.file} cannot be read: {told}", tuple(self.faults))

    def finish(self) -> None:
        """Raise InvalidInput if anything was wrong."""
        if self.faults:
            raise self.refusal()


def read_lines(path: Path) -> Lines:
    """The lines of a file; raises InvalidInput for a file that is not there or not text."""
    try:
        texts = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        fault = Problem(file=path.name, value=str(error), expected="a readable text file")
        raise InvalidInput(f"{path} cannot be read", (fault,)) from error
    return Lines(path.name, texts)
