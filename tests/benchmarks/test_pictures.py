"""Pictures are drawn from result rows alone: the same rows, the same file."""

from pathlib import Path

import pytest

pytest.importorskip("matplotlib", reason="pip install '.[bench]'")

from benchmarks.pictures import draw_bars, draw_fleet, draw_gaps
from benchmarks.processor_shares import REST
from benchmarks.profile_picture import draw_profiles
from benchmarks.state_picture import draw_state

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


def test_a_profile_names_its_parts_that_took_time_the_rest_last(tmp_path: Path) -> None:
    def part(name: str, share: str) -> dict[str, str]:
        return {"profile": "county", "part": name, "share_percent": share, "processor_s": share}

    draw_profiles(
        [part("bound", "25.0"), part(REST, "60.0"), part("reasons", "15.0"), part("cuts", "0.0")],
        tmp_path / "one.svg",
    )

    drawn = (tmp_path / "one.svg").read_text("utf-8")
    places = [drawn.index(f">{words}<") for words in ("bound", "reasons", REST)]
    assert places == sorted(places)
    assert "county: 100 s" in drawn
    assert "cuts" not in drawn


def test_a_state_is_drawn_up_to_its_last_county(tmp_path: Path) -> None:
    def county(run: str, name: str, finished_s: str) -> dict[str, str]:
        return {"run": run, "county": name, "finished_s": finished_s}

    rows = [county("cluster 2", "one", "4.0"), county("cluster 2", "two", "2.0")]
    sums = [county("cluster 2", "all", ""), county("interrupted", "one", "")]
    draw_state([*rows, *sums], tmp_path / "state.svg")

    drawn = (tmp_path / "state.svg").read_text("utf-8")
    assert "cluster 2: 4 s" in drawn
    assert "interrupted" not in drawn
