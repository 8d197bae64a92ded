"""Judge a plan, ours or made by hand, by every hard rule and goal."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from busplan.domain.objective import CostTerms, cost_of
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.check import check_plan
from busplan.domain.rules.references import sound_part
from busplan.domain.rules.violation import Violation
from busplan.storage.store import Store
from busplan.usecases.planning_problem import build_problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Every violation of the plan, and its cost in points, of tours whose references hold."""

    violations: tuple[Violation, ...]
    terms: CostTerms
    problem: PlanningProblem


def judge_plan(engine: Engine, plan: Plan, cache_dir: Path | None) -> Judgement:
    """The judgement of a plan under the county, history and parameters in the database."""
    with Store.reading(engine) as store:
        problem = build_problem(store, plan.first_day, plan.weeks, cache_dir)
    return Judgement(
        violations=tuple(check_plan(plan, problem)),
        terms=cost_of(sound_part(plan, problem), problem),
        problem=problem,
    )
