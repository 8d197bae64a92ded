"""The summary of many counties tells figures, or why there are none, and is read back."""

from pathlib import Path

import pytest

from busplan.domain.solution import Proof
from busplan.exchange.counties_summary import (
    CountyEntry,
    PlanFigures,
    read_summary,
    write_summary,
)

FIGURES = PlanFigures(
    cost=200,
    bound=150,
    proof=Proof.BOUNDED,
    unserved_visits=3,
    seconds=1.25,
    processor_seconds=0.5,
    inputs_sha256="ab",
    plan_sha256="cd",
)


def test_each_county_is_a_row_with_figures_or_a_reason() -> None:
    entries = (
        CountyEntry(county="east", figures=FIGURES),
        CountyEntry(county="north", note="its workers end, always"),
    )

    assert write_summary(entries).splitlines() == [
        "county,cost,bound,gap,proof,unserved_visits,seconds,processor_seconds,note,"
        "inputs_sha256,plan_sha256",
        "east,200,150,0.250000,bounded,3,1.25,0.50,,ab,cd",
        'north,,,,,,,,"its workers end, always",,',
    ]


def test_figures_are_read_back_and_counties_without_any_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "summary.csv"
    entries = (CountyEntry(county="east", figures=FIGURES), CountyEntry(county="north", note="x"))
    path.write_text(write_summary(entries), "utf-8")

    assert read_summary(path) == {"east": FIGURES}


def test_without_a_file_nothing_is_planned_yet(tmp_path: Path) -> None:
    assert read_summary(tmp_path / "summary.csv") == {}


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"county;cost\neast;1\n",
        b"county,cost\neast,1\n",
        write_summary((CountyEntry(county="east", figures=FIGURES),))
        .replace("bounded", "sure")
        .encode(),
    ],
)
def test_a_summary_that_somebody_changed_counts_for_nothing(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "summary.csv"
    path.write_bytes(content)

    assert read_summary(path) == {}
    assert "cannot be read, so all is planned anew" in caplog.text


def test_a_plan_without_cost_has_no_gap() -> None:
    free = PlanFigures(
        cost=0,
        bound=0,
        proof=Proof.OPTIMAL,
        unserved_visits=0,
        seconds=0,
        processor_seconds=0,
        inputs_sha256="",
        plan_sha256="",
    )

    assert free.gap == 0
