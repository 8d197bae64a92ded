"""Pictures are drawn from result rows alone: the same rows, the same file."""

from pathlib import Path

import pytest

pytest.importorskip("matplotlib", reason="pip install '.[bench]'")

from benchmarks.pictures import draw_bars, draw_fleet, draw_gaps

ROWS = [
    {"authority": "north_shire", "row": "free", "km": "75.0", "published_km": "100.0"},
    {"authority": "north_shire", "row": "PyVRP", "km": "", "published_km": "100.0"},
]


def step(row: str, at_s: float, km: float, authority: str = "north_shire") -> dict[str, str]:
    return {"authority": authority, "row": row, "at_s": str(at_s), "km": str(km)}


def test_bars_name_authorities_and_solvers(tmp_path: Path) -> None:
    draw_bars(ROWS, tmp_path / "one.svg")
    draw_bars(ROWS, tmp_path / "two.svg")

    drawn = (tmp_path / "one.svg").read_text("utf-8")
    for words in ("North Shire", "busplan, days free", "PyVRP", "published"):
        assert words in drawn
    assert drawn == (tmp_path / "two.svg").read_text("utf-8")


def test_gaps_compare_what_answers_the_same_question(tmp_path: Path) -> None:
    """Weekdays kept is another problem; an authority that one solver lacks is none to average."""
    history = [
        *(step("free", 0.1, 100), step("free", 2.0, 80), step("PyVRP", 0.1, 90)),
        *(step("weekdays kept", 0.1, 95), step("free", 0.1, 50, "south_shire")),
    ]

    draw_gaps(history, tmp_path / "gap.svg")

    drawn = (tmp_path / "gap.svg").read_text("utf-8")
    assert "1 authorities" in drawn
    assert "PyVRP" in drawn
    assert "weekdays kept" not in drawn


def test_a_fleet_is_drawn_above_its_best_bound(tmp_path: Path) -> None:
    def value(solver: str, at_s: float, value_m: int, seed: str = "1") -> dict[str, str]:
        asked = "without patterns"
        key = {"seed": seed, "solver": solver, "asked": asked}
        return key | {"at_s": str(at_s), "value_m": str(value_m)}

    history = [
        *(value("bound", 5.0, 70), value("bound", 9.0, 80)),
        *(value("busplan", 0.1, 200), value("busplan", 2.0, 100), value("PyVRP", 0.1, 160)),
        value("another fleet's", 0.1, 160, seed="2"),
    ]

    draw_fleet(history, tmp_path / "one.svg")
    draw_fleet(history, tmp_path / "two.svg")

    drawn = (tmp_path / "one.svg").read_text("utf-8")
    assert "busplan, without patterns" in drawn
    assert "PyVRP, without patterns" in drawn
    assert "bound, without patterns" not in drawn
    assert "another fleet" not in drawn
    assert drawn == (tmp_path / "two.svg").read_text("utf-8")
