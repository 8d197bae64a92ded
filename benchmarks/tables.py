"""Write the tables of benchmarks/README.md from the result files, between their markers.

    python -m benchmarks.tables [--check]

``--check`` changes nothing and fails when a table is not what its result file says.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.county_table import county_table
from benchmarks.fleet_table import fleet_table
from benchmarks.invented_table import invented_table
from benchmarks.profile_table import profile_table
from benchmarks.publish_table import publish_table
from benchmarks.published_table import published_table
from benchmarks.result_rows import RESULTS, read_rows
from benchmarks.state_table import state_table

README = Path(__file__).parent / "README.md"
MARKED = re.compile(r"(<!-- table (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> None:
    """Renew or check every marked table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    text = README.read_text("utf-8")
    renewed = with_tables(text)
    if given.check and renewed != text:
        sys.exit("benchmarks/README.md is not what the results say: python -m benchmarks.tables")
    if not given.check:
        README.write_text(renewed, "utf-8")


def with_tables(text: str) -> str:
    """The text with every marked table made anew."""
    return MARKED.sub(lambda found: found[1] + TABLES[found[2]]() + found[3], text)


def mobile_libraries() -> str:
    """Published and planned anew, a line per authority."""
    rows = read_rows(RESULTS / "mobile_libraries.csv")
    return "\n".join(mobile_library_lines(rows)) + "\n" if rows else ""


def mobile_library_lines(rows: Sequence[dict[str, str]]) -> list[str]:
    """The table, sums of authorities that every row has planned, and what it was measured with."""
    by_key = {(row["authority"], row["row"]): row for row in rows}
    authorities = sorted({row["authority"] for row in rows})
    kinds = ("free", "weekdays kept", "PyVRP", "VROOM")
    lines = [
        "| authority | published: km, min driven, days, longest | "
        + " | ".join(f"{'busplan, ' if kind in OURS else ''}{kind}" for kind in kinds)
        + " | free: other weekday, gap, processor s |",
        "|---|---|" + "---|" * len(kinds) + "---|",
    ]
    for authority in authorities:
        found = [by_key.get((authority, kind)) for kind in kinds]
        any_row = next(row for row in found if row is not None)
        cells = [_title(authority), _figures(any_row, "published_"), *map(_answer, found)]
        free = by_key.get((authority, "free"))
        cells.append(_proof(free) if free else "")
        lines.append("| " + " | ".join(cells) + " |")
    return [*lines, "", *_sums(rows, kinds), "", *_conditions(rows)]


OURS = ("free", "weekdays kept")
TABLES: dict[str, Callable[[], str]] = {
    "county_weeks": county_table,
    "invented_periodic": invented_table,
    "large_weeks": partial(county_table, "large_weeks"),
    "mobile_libraries": mobile_libraries,
    "one_fleet": fleet_table,
    "profiles": profile_table,
    "publish_site": publish_table,
    "published_periodic": published_table,
    "state": state_table,
}


def _title(authority: str) -> str:
    return authority.replace("_", " ").title()


def _figures(row: dict[str, str], of: str = "") -> str:
    km, minutes = float(row[f"{of}km"]), int(row[f"{of}driving_min"])
    return (
        f"{km:,.0f} km, {minutes:,} min, {row[f'{of}vehicle_days']}, {row[f'{of}longest_day_min']}"
    )


def _answer(row: dict[str, str] | None) -> str:
    if row is None:
        return ""
    if not row["km"]:
        return f"no plan ({row['note']})"
    star = "" if row["note"] == "whole problem" else " *"
    return f"**−{float(row['saved_percent']):.1f} %**{star} {_figures(row)}"


def _proof(row: dict[str, str]) -> str:
    gap = f"{float(row['gap_percent']):.1f} %" if row.get("gap_percent") else "no bound"
    return f"{row['other_weekday']} of {row['visits']}, {gap}, {row['processor_s']} s"


def _sums(rows: Sequence[dict[str, str]], kinds: Sequence[str]) -> Iterator[str]:
    """Kilometres of all authorities for which every row has a plan."""
    complete = {
        authority
        for authority in {row["authority"] for row in rows}
        if all(any(_is(row, authority, kind) and row["km"] for row in rows) for kind in kinds)
    }
    if not complete:
        return
    published = sum(
        float(row["published_km"])
        for row in rows
        if row["row"] == kinds[0] and row["authority"] in complete
    )
    told = []
    for kind in kinds:
        own = [float(r["km"]) for r in rows if r["row"] == kind and r["authority"] in complete]
        told.append(f"{kind} {sum(own):,.0f} (−{100 * (1 - sum(own) / published):.1f} %)")
    yield (
        f"Kilometres of the {len(complete)} authorities together: published {published:,.0f}, "
        + ", ".join(told)
        + "."
    )


def _is(row: dict[str, str], authority: str, kind: str) -> bool:
    return row["authority"] == authority and row["row"] == kind


def _conditions(rows: Sequence[dict[str, str]]) -> Iterator[str]:
    """What the rows were measured with; every row of the result file says it for itself."""
    seconds = sorted(float(row["processor_s"]) for row in rows if row["row"] in OURS)
    yield (
        f"- processor seconds of busplan: {seconds[0]:.1f} to {seconds[-1]:.1f}; peers get those of"
        " the row with days free"
    )
    for name, words in (
        ("work", "counted work of busplan, less for small timetables, one thread"),
        ("seed", "seed"),
        ("date", "measured on"),
        ("machine", "machine"),
        ("versions", "versions"),
    ):
        yield f"- {words}: {'; '.join(sorted({row[name] for row in rows}))}"
    if any(row["note"] != "whole problem" for row in rows):
        yield (
            "- \\* asked less than the whole problem: stops with several visits a cycle are fixed"
            " to their published days"
        )


if __name__ == "__main__":
    main()
