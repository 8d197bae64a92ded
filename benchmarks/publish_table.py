"""The publishing benchmark as a table: one line for each size."""

from collections.abc import Iterator, Mapping

from benchmarks.result_rows import RESULTS, read_rows


def publish_table() -> str:
    """Seconds and files of each publication; nothing while nothing is measured."""
    rows = read_rows(RESULTS / "publish_site.csv")
    if not rows:
        return ""
    lines = [
        "| size | towns, stops, buses' visits | files | first publication | nothing new |"
        " one visit cancelled | one bus withdrawn |",
        "|---|---|---|---|---|---|---|",
        *("| " + " | ".join(_cells(row)) + " |" for row in rows),
    ]
    first = rows[0]
    about = (
        f"Medians of {first['runs']} runs; {first['date']}, {first['machine']};"
        f" {first['versions']}."
    )
    return "\n".join([*lines, "", about]) + "\n"


def _cells(row: Mapping[str, str]) -> Iterator[str]:
    yield row["size"]
    yield ", ".join(f"{int(row[name]):,}" for name in ("towns", "stops", "visits"))
    yield f"{int(row['files']):,}, {row['megabytes']} MB"
    yield f"{row['first_s']} s"
    yield f"{row['unchanged_s']} s"
    yield f"{row['one_change_s']} s, {int(row['one_change_files']):,} files"
    yield f"{row['withdraw_s']} s, {int(row['withdraw_files']):,} files"
