"""The tables of the benchmarks' README say what the result files say, and nothing else."""

from benchmarks.tables import README, mobile_library_lines, with_tables


def row(kind: str, **cells: str) -> dict[str, str]:
    """A result row, 100 km published and 80 km planned."""
    told = {"work": "1.0", "seed": "1", "date": "2026-11-25", "machine": "m", "versions": "v"}
    published = {"km": "100.0", "driving_min": "150", "vehicle_days": "8", "longest_day_min": "480"}
    planned = {"km": "80.0", "driving_min": "120", "vehicle_days": "7", "longest_day_min": "470"}
    return {
        "authority": "north_shire",
        "row": kind,
        **{f"published_{name}": value for name, value in published.items()},
        **planned,
        "saved_percent": "20.0",
        "note": "whole problem",
        "processor_s": "3.0",
        "other_weekday": "5",
        "visits": "40",
        **told,
        **cells,
    }


def test_no_figure_was_typed_by_hand() -> None:
    text = README.read_text("utf-8")

    assert "<!-- table mobile_libraries -->" in text
    assert with_tables(text) == text


def test_a_line_tells_published_ours_and_what_peers_were_not_asked() -> None:
    rows = [row("free"), row("PyVRP", note="3 stops fixed"), row("VROOM", km="", note="none")]

    lines = mobile_library_lines(rows)

    line = next(line for line in lines if line.startswith("| North Shire"))
    assert "100 km, 150 min, 8, 480" in line
    assert "**−20.0 %** 80 km, 120 min, 7, 470" in line
    assert "**−20.0 %** * 80 km" in line
    assert "no plan (none)" in line
    assert "5 of 40, no bound, 3.0 s" in line


def test_only_authorities_with_every_plan_are_summed() -> None:
    complete = [row(kind) for kind in ("free", "weekdays kept", "PyVRP", "VROOM")]
    partly = [row("free", authority="south_shire", km="1.0")]

    told = "\n".join(mobile_library_lines([*complete, *partly]))

    assert "Kilometres of the 1 authorities together: published 100, free 80 (−20.0 %)" in told
