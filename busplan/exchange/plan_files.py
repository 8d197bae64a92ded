"""Plans as files on disk: read with every problem told, written whole or not at all."""

from contextlib import suppress
from pathlib import Path

from busplan.domain.errors import InvalidInput
from busplan.domain.solution import Solution
from busplan.exchange.plan_json import read_plan


def read_plan_file(path: Path) -> Solution:
    """The plan in a file. Raises ``InvalidInput`` for one that cannot be read."""
    try:
        return read_plan(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path} is no UTF-8 text: byte {error.start}") from error


def write_text(path: Path, text: str) -> None:
    """Write the whole file or nothing. Raises ``InvalidInput`` where it cannot be written."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            part.unlink()
