"""The table of the fleet without county borders: busplan and PyVRP beside the bound."""

from collections.abc import Sequence

from benchmarks.result_rows import RESULTS, read_rows

BOUND = "bound"
ON_TWO_CORES = "busplan on two cores"
RELAXED = "without patterns"


def fleet_table() -> str:
    """A line per run; nothing while nothing is measured."""
    rows = read_rows(RESULTS / "one_fleet.csv")
    return "\n".join(lines_of(rows)) + "\n" if rows else ""


def lines_of(rows: Sequence[dict[str, str]]) -> list[str]:
    """Every run with its gap to the best bound of its fleet, and what it was measured with."""
    lines = [
        "| stops, buses, seed | asked | solver | limit | driven | bus days"
        " | above the bound | processor |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        if row["solver"] != BOUND:
            lines.append("| " + " | ".join(_cells(row, _best_bound(rows, row))) + " |")
    lines.append("")
    for row in rows:
        if row["solver"] == BOUND:
            lines.append(_told(row))
    last = rows[-1]
    measured = f"{last['date']}; {last['machine']}; {last['versions']}"
    return [*lines, "", f"{measured}; one thread, but for two cores."]


def _cells(row: dict[str, str], bound_m: float | None) -> tuple[str, ...]:
    cost, gap = "no plan", ""
    if row["cost_m"]:
        cost = _km(row["cost_m"])
        gap = (
            "no bound" if bound_m is None else f"{100 * (1 - bound_m / float(row['cost_m'])):.2f} %"
        )
    return (
        _size(row),
        row["asked"],
        row["solver"],
        f"{float(row['limit_s']):g} s",
        cost,
        row["vehicle_days"],
        gap,
        f"{float(row['processor_s']):.0f} s",
    )


def _best_bound(rows: Sequence[dict[str, str]], of: dict[str, str]) -> float | None:
    """The best bound of the same fleet: one of the relaxation holds for the whole too."""
    found = [
        float(row["bound_m"])
        for row in rows
        if row["bound_m"] and _size(row) == _size(of) and row["asked"] in (of["asked"], RELAXED)
    ]
    return max(found, default=None)


def _told(row: dict[str, str]) -> str:
    bound = f"at least {_km(row['bound_m'])}" if row["bound_m"] else "no bound found"
    return (
        f"- {_size(row)}, {row['asked']}: {bound}, computed apart in"
        f" {float(row['processor_s']):.0f} s of processor time"
    )


def _size(row: dict[str, str]) -> str:
    return f"{int(row['stops']):,}, {row['buses']}, {row['seed']}"


def _km(metres: str) -> str:
    return f"{float(metres) / 1000:,.0f} km"
