"""Where processor time goes, as a table: one line for each planning, its parts largest first."""

from collections.abc import Mapping, Sequence

from benchmarks.processor_shares import REST
from benchmarks.result_rows import RESULTS, read_rows


def profile_table() -> str:
    """All plannings; nothing while nothing is measured."""
    rows = read_rows(RESULTS / "profiles.csv")
    return "\n".join(profile_lines(rows)) + "\n" if rows else ""


def profile_lines(rows: Sequence[dict[str, str]]) -> list[str]:
    """The table, and what it was measured with."""
    lines = ["| planning | processor time | parts |", "|---|---|---|"]
    for name in dict.fromkeys(row["profile"] for row in rows):
        parts = told_parts(rows, name)
        total_s = sum(float(row["processor_s"]) for row in parts)
        told = ", ".join(f"{row['part']} {row['share_percent']} %" for row in parts)
        lines.append(f"| {name} | {total_s:.1f} s | {told} |")
    first = rows[0]
    about = f"Counted limit {first['work']}; {first['date']}, {first['machine']}"
    return [*lines, "", f"{about}; {first['versions']}."]


def told_parts(rows: Sequence[Mapping[str, str]], profile: str) -> list[Mapping[str, str]]:
    """The rows of a planning's parts that took time, largest first, the rest last."""
    own = [row for row in rows if row["profile"] == profile and float(row["share_percent"]) > 0]
    return sorted(own, key=lambda row: (row["part"] == REST, -float(row["processor_s"])))
