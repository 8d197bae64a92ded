"""What a planner reads after planning: the demo week, on a narrow terminal."""

from io import StringIO

import pytest
from rich.console import Console
from sqlalchemy import Engine

from busplan.cli.plan_summary import print_solution
from busplan.domain.dates import clock
from busplan.exchange.county_folder import read_county
from busplan.usecases.check_plan_file import judge_plan
from busplan.usecases.load_county import load_county
from tests.publishing.demo import COUNTY, demo_solution

SOLUTION = demo_solution()


@pytest.fixture
def summary(engine: Engine) -> str:
    load_county(engine, read_county(COUNTY))
    problem = judge_plan(engine, SOLUTION.plan, None).problem
    paper = StringIO()
    print_solution(Console(file=paper, width=80), SOLUTION, problem)
    return paper.getvalue()


def test_eighty_columns_cut_nothing_off(summary: str) -> None:
    assert "…" not in summary
    assert all(len(line) <= 80 for line in summary.splitlines())
    for _, visit in SOLUTION.plan.visits():
        assert f"{clock(visit.open_min)}-{clock(visit.close_min)}" in summary


def test_a_town_is_named_where_the_stop_does_not_tell_it(summary: str) -> None:
    assert "Hürtgenwald *" in summary
    assert "Heimbach Grundschule *" in summary


def test_every_wish_not_placed_is_listed_with_its_rule(summary: str) -> None:
    for entry in SOLUTION.unserved:
        assert entry.demand_id in summary
        assert f"{entry.rule}:" in summary
