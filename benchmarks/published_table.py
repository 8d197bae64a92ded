"""The table of published periodic problems: gap to the best known, and to the bound."""

import statistics
from collections.abc import Sequence

from benchmarks.result_rows import RESULTS, read_rows


def published_table() -> str:
    """A line per instance, solver and limit, and the mean of every set."""
    rows = read_rows(RESULTS / "published_periodic.csv")
    return "\n".join(lines_of(rows)) + "\n" if rows else ""


def lines_of(rows: Sequence[dict[str, str]]) -> list[str]:
    """The table, means by set, solver and limit, and what it was measured with."""
    lines = [
        "| set | instance | solver | limit | best known | cost | gap | above the bound"
        " | processor |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        cost, bound = row["cost"] or "none found", _percent(row["bound_gap_percent"]) or "no bound"
        cells = (row["set"], row["instance"], row["solver"], row["limit"], row["best_known"])
        measured = (cost, _percent(row["gap_percent"]), bound, f"{float(row['processor_s']):.0f} s")
        lines.append("| " + " | ".join((*cells, *measured)) + " |")
    kinds = sorted({(row["set"], row["solver"], row["limit"]) for row in rows})
    lines.append("")
    for kind in kinds:
        here = [row for row in rows if (row["set"], row["solver"], row["limit"]) == kind]
        gaps = [float(row["gap_percent"]) for row in here if row["gap_percent"]]
        if gaps:
            lines.append(
                f"- {', '.join(kind)}: mean gap {statistics.mean(gaps):.2f} %, largest"
                f" {max(gaps):.2f} %, {len(gaps)} of {len(here)} instances with a plan"
            )
    about = "; ".join(_all(rows, part) for part in ("date", "machine", "versions"))
    about += f"; workers {_all(rows, 'workers')}."
    return [*lines, "", about]


def _all(rows: Sequence[dict[str, str]], column: str) -> str:
    """All values of a column, each once."""
    return " and ".join(sorted({row[column] for row in rows}))


def _percent(value: str) -> str:
    return f"{float(value) + 0.0:.2f} %" if value else ""  # no minus before zero
