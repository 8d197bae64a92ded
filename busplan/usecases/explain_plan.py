"""Explain what a plan leaves out: for every wish the rule that binds and the smallest change."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.solution import Unserved
from busplan.planning.explaining.explain import explain_plan
from busplan.planning.stopping import Stopper
from busplan.storage.store import Store
from busplan.usecases.plan_week import current_plan
from busplan.usecases.planning_problem import build_problem

TOURS = 200_000
"""Tours listed to look for changes that help: some minutes of one core at most."""


def explain_week(
    engine: Engine,
    first_day: date,
    plan: Plan | None,
    *,
    cache_dir: Path | None,
    stopper: Stopper,
) -> tuple[Plan, PlanningProblem, tuple[Unserved, ...]]:
    """The plan asked about, its problem, and its reasons; see ``plan_in_question``."""
    plan, problem = plan_in_question(engine, first_day, plan, cache_dir)
    return plan, problem, explain_plan(problem, plan, stopper, TOURS)


def plan_in_question(
    engine: Engine, first_day: date, plan: Plan | None, cache_dir: Path | None
) -> tuple[Plan, PlanningProblem]:
    """The plan given, or the newest draft or else the published plan of the week, and its problem.

    Raises ``NotFound`` where there is no plan.
    """
    with Store.reading(engine) as store:
        plan = plan or current_plan(store, first_day).plan
        return plan, build_problem(store, plan.first_day, plan.weeks, cache_dir)
