"""The table of generated county weeks: how soon, how close, with how much memory."""

import statistics
from collections.abc import Sequence

from benchmarks.result_rows import RESULTS, read_rows

SIZE = ("stops", "days", "cap")


def county_table(name: str = "county_weeks") -> str:
    """A line per size, with medians over its seeds."""
    rows = read_rows(RESULTS / f"{name}.csv")
    return "\n".join(lines_of(rows)) + "\n" if rows else ""


def lines_of(rows: Sequence[dict[str, str]]) -> list[str]:
    """The table and what it was measured with."""
    lines = [
        "| stops | days | weekly cap | proven | median gap, largest | median first plan, its gap"
        " | median end of the search | peak memory |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for size in dict.fromkeys(tuple(row[part] for part in SIZE) for row in rows):
        here = [row for row in rows if tuple(row[part] for part in SIZE) == size]
        gaps = _numbers(here, "gap_percent")
        proven = sum(row["proof"] == "optimal" for row in here)
        cap = f"{size[2]} min" if size[2] != "0" else "none"
        cells = (
            size[0],
            size[1],
            cap,
            f"{proven} of {len(here)}",
            f"{statistics.median(gaps):.2f} %, {max(gaps):.2f} %",
            f"{statistics.median(_numbers(here, 'first_plan_s')):.1f} s,"
            f" {statistics.median(_numbers(here, 'first_plan_gap_percent')):.1f} %",
            f"{statistics.median(_numbers(here, 'search_end_s')):.1f} s",
            f"{max(_numbers(here, 'peak_mib')):.0f} MiB",
        )
        lines.append("| " + " | ".join(cells) + " |")
    last = rows[-1]
    about = (
        f"Limits {last['seconds']} s and {last['work']} units; {last['date']}, {last['machine']},"
        f" ortools {last['ortools']}."
    )
    return [*lines, "", about]


def _numbers(rows: Sequence[dict[str, str]], column: str) -> list[float]:
    return [float(row[column]) for row in rows]
