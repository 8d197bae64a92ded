"""A bug report of the solver holds all it takes to plan the very same week again."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from busplan.domain.errors import InvalidInput
from busplan.domain.problem import PlanningProblem
from busplan.exchange.fault_json import FaultReport, digest_of, read_fault, write_fault
from busplan.planning.fault import SolverFault, refuse_faults
from busplan.usecases.report_fault import report_fault
from tests.factories import make_plan, make_problem, make_tour
from tests.tiny_problems import tiny_problems

BROKEN = make_plan(make_tour(depart_min=899))


def fault() -> SolverFault:
    with pytest.raises(SolverFault) as raised:
        refuse_faults(BROKEN, make_problem())
    return raised.value


def report(problem: PlanningProblem) -> FaultReport:
    return FaultReport(
        message="no plan", circumstances="seed 1", violations=(), problem=problem, plan=None
    )


def test_a_lawful_plan_is_no_fault() -> None:
    refuse_faults(make_plan(), make_problem())


def test_a_fault_names_the_first_rule_and_carries_problem_plan_and_violations() -> None:
    found = fault()

    assert str(found).startswith("the solver's plan breaks")
    assert "travel" in {violation.rule for violation in found.violations}
    assert (found.plan, found.problem) == (BROKEN, make_problem())


def test_the_file_tells_problem_plan_and_violations(tmp_path: Path) -> None:
    path = report_fault(fault(), "seed 1", tmp_path / "faults")

    read = read_fault(path.read_text("utf-8"), path.name)
    assert (read.problem, read.plan) == (make_problem(), BROKEN)
    assert read.violations == fault().violations
    assert read.circumstances == "seed 1"


def test_the_same_fault_is_one_file(tmp_path: Path) -> None:
    paths = {report_fault(fault(), "seed 1", tmp_path) for _ in range(2)}

    assert [*tmp_path.iterdir()] == [*paths]
    assert {path.stem for path in paths} == {digest_of(path.read_text("utf-8")) for path in paths}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=tiny_problems())
def test_reading_gives_back_the_very_problem(problem: PlanningProblem) -> None:
    text = write_fault(report(problem))

    again = read_fault(text, "fault.json")
    assert again.problem == problem
    assert write_fault(again) == text


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "busplan-plan-1"}'])
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"fault\.json is"):
        read_fault(text, "fault.json")


def test_every_wrong_part_of_the_problem_is_told() -> None:
    document = json.loads(write_fault(report(make_problem())))
    document["problem"]["weeks"] = "many"
    document["problem"]["stops"][0]["level"] = "loud"

    with pytest.raises(InvalidInput) as refused:
        read_fault(json.dumps(document), "fault.json")

    assert [p.column for p in refused.value.problems] == ["weeks", "stops.0.level"]
