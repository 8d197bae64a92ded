"""A fault of the solver is told as our bug, with a file to report it by; no traceback, no plan."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from busplan.cli.faults import reported_faults
from busplan.cli.main import EXIT_FAILED, tell
from busplan.domain.errors import PlanBroken
from busplan.exchange.fault_json import read_fault
from busplan.planning.fault import refuse_faults
from busplan.settings import Settings
from tests.factories import make_plan, make_problem, make_tour


def test_a_plan_that_breaks_a_rule_is_a_bug_report(tmp_path: Path) -> None:
    settings = Settings(faults_dir=tmp_path / "faults")
    broken = make_plan(make_tour(depart_min=899))

    with pytest.raises(PlanBroken) as raised, reported_faults(settings, "work 5, seed 1"):
        refuse_faults(broken, make_problem())

    paper = StringIO()
    status = tell(raised.value, Console(file=paper, soft_wrap=True))
    (file,) = (tmp_path / "faults").iterdir()
    assert status == EXIT_FAILED
    assert "This is a bug in busplan, not in your data" in paper.getvalue()
    assert str(file) in paper.getvalue()
    report = read_fault(file.read_text("utf-8"), file.name)
    assert report.plan == broken
    assert "work 5, seed 1" in report.circumstances


def test_without_a_fault_nothing_is_written(tmp_path: Path) -> None:
    with reported_faults(Settings(faults_dir=tmp_path / "faults"), "seed 1"):
        refuse_faults(make_plan(), make_problem())

    assert list(tmp_path.iterdir()) == []
