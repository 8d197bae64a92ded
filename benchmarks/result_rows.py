"""Result files that grow row by row, so that a stopped run goes on where it was."""

import csv
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
CPU_INFO = Path("/proc/cpuinfo")

Row = Mapping[str, object]


def read_rows(path: Path) -> list[dict[str, str]]:
    """All rows of a result file, none where there is no file yet."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    """The whole file, replaced at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        names = list(dict.fromkeys(name for row in rows for name in row))
        writer = csv.DictWriter(file, fieldnames=names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    part.replace(path)


def replace_rows(path: Path, new: Sequence[Row], key: Sequence[str]) -> None:
    """Put rows into a file in place of those that agree with the first of them in ``key``."""
    wanted = [str(new[0][name]) for name in key]
    kept = [row for row in read_rows(path) if [row[name] for name in key] != wanted]
    write_rows(path, sorted([*kept, *new], key=lambda row: [str(row[name]) for name in key]))


def measured_on(*packages: str) -> dict[str, str]:
    """Date, machine and versions of what was measured."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, {_processor()}, Python {platform.python_version()}",
        "versions": ", ".join(f"{name} {version(name)}" for name in packages),
    }


def _processor() -> str:
    lines = CPU_INFO.read_text("utf-8").splitlines() if CPU_INFO.exists() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
