"""The table of invented periodic problems: where seeds end."""

from collections import defaultdict
from collections.abc import Sequence
from statistics import mean, median

from benchmarks.result_rows import RESULTS, read_rows


def invented_table() -> str:
    """A line per instance and limit; nothing while nothing is measured."""
    rows = read_rows(RESULTS / "invented_periodic.csv")
    return "\n".join(lines_of(rows)) + "\n" if rows else ""


def lines_of(rows: Sequence[dict[str, str]]) -> list[str]:
    """Every instance with the costs of all seeds, and what they were measured with."""
    by_case: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        by_case[row["instance"], row["work"]].append(row)
    lines = [
        "| instance | units | mean | by seed | tours | processor |",
        "|---|---|---|---|---|---|",
    ]
    for (instance, work), found in by_case.items():
        costs = [float(row["cost"]) for row in found if row["cost"]]
        cells = (
            f"{instance} stops",
            work,
            f"{mean(costs):,.1f}" if costs else "no plan",
            "; ".join(f"{cost:,.1f}" for cost in costs),
            "; ".join(row["tours"] for row in found if row["cost"]),
            f"{median(float(row['processor_s']) for row in found):.0f} s",
        )
        lines.append("| " + " | ".join(cells) + " |")
    last = rows[-1]
    return [*lines, "", f"{last['date']}; {last['machine']}; {last['versions']}."]
