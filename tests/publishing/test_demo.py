"""The committed demo is lawful, and what the code writes today."""

from sqlalchemy import Engine

from busplan.exchange.county_folder import read_county
from busplan.usecases.check_plan_file import judge_plan
from busplan.usecases.load_county import load_county
from tests.publishing.demo import COUNTY, FOLDER, demo_files, demo_solution


def test_the_demo_shows_its_plan() -> None:
    """When this fails on purpose, ``scripts/demo`` writes the demo anew."""
    committed = {
        path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for path in FOLDER.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }

    assert demo_files() == committed


def test_the_plan_breaks_no_rule_and_costs_what_it_says(engine: Engine) -> None:
    solution = demo_solution()
    load_county(engine, read_county(COUNTY))

    judgement = judge_plan(engine, solution.plan, None)

    assert judgement.violations == ()
    assert solution.quality is not None
    assert judgement.terms == solution.quality.terms
