"""A bug report of the solver as a file: the problem it was given, its plan, the rules broken."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from busplan.domain.errors import InvalidInput
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.violation import Violation
from busplan.domain.solution import Solution
from busplan.exchange.plan_json import read_plan, write_plan
from busplan.exchange.problem_json import parse_problem, problem_parts

FORMAT = "busplan-fault-1"
DIGEST_LENGTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultReport:
    """What it takes to see a fault of the solver again.

    ``circumstances`` are words about release, limits and seed. ``plan`` is ``None`` where the
    solver found none at all.
    """

    message: str
    circumstances: str
    violations: tuple[Violation, ...]
    problem: PlanningProblem
    plan: Plan | None


def write_fault(report: FaultReport) -> str:
    """The report as JSON; the same report gives the same text."""
    document = {
        "format": FORMAT,
        "message": report.message,
        "circumstances": report.circumstances,
        "violations": [
            {"rule": v.rule, "place": v.place, "sentence": v.sentence} for v in report.violations
        ],
        "plan": None if report.plan is None else json.loads(write_plan(Solution(plan=report.plan))),
        "problem": problem_parts(report.problem),
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def read_fault(text: str, file: str) -> FaultReport:
    """What the text says. Raises ``InvalidInput`` for one that is no report."""
    try:
        document: dict[str, Any] = json.loads(text)
        if document["format"] != FORMAT:
            raise InvalidInput(f"{file} is {document['format']!r}, expected {FORMAT}")
        return FaultReport(
            message=document["message"],
            circumstances=document["circumstances"],
            violations=tuple(Violation(**parts) for parts in document["violations"]),
            problem=parse_problem(document["problem"], file),
            plan=None
            if document["plan"] is None
            else read_plan(json.dumps(document["plan"]), file).plan,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInput(f"{file} is no report of a fault: {error}") from error


def digest_of(text: str) -> str:
    """A short name for a report: equal reports are one file."""
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]
