"""The state benchmark as a table: one line for each way of planning its counties."""

from collections.abc import Iterator, Sequence

from benchmarks.result_rows import RESULTS, read_rows

ALL = "all"


def state_table() -> str:
    """Sums and extremes of each run; nothing while nothing is measured."""
    rows = read_rows(RESULTS / "state.csv")
    if not rows:
        return ""
    lines = [
        "| run | counties | stops | cost | bound | gap | proven | largest gap | elapsed |"
        " processor time: all, median, longest county |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for total in (row for row in rows if row["county"] == ALL):
        own = [row for row in rows if row["run"] == total["run"] and row["county"] != ALL]
        lines.append("| " + " | ".join(_cells(total, own)) + " |")
    first = rows[0]
    about = (
        f"Counted limit {first['work']}, seed {first['seed']}; {first['date']},"
        f" {first['machine']}; {first['versions']}. All runs wrote the same bytes."
    )
    return "\n".join([*lines, "", about]) + "\n"


def _cells(total: dict[str, str], own: Sequence[dict[str, str]]) -> Iterator[str]:
    spent = sorted(float(row["processor_s"]) for row in own)
    yield total["run"]
    yield str(len(own))
    yield f"{int(total['stops']):,}"
    yield f"{int(total['cost']):,}"
    yield f"{int(total['bound']):,}"
    yield f"{total['gap_percent']} %"
    yield total["optimal"]
    yield f"{max(float(row['gap_percent']) for row in own)} %"
    yield f"{float(total['seconds']):,.0f} s" if total["seconds"] else "interrupted"
    yield f"{sum(spent):,.0f} s, {spent[len(spent) // 2]:.1f} s, {spent[-1]:.1f} s"
