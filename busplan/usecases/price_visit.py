"""Price a visit: what a week would cost, lose and change if a wish were also served."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from busplan.domain.demand import DemandId
from busplan.domain.errors import NotFound
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.planning.limits import SearchLimits
from busplan.planning.progress import OnProgress, ignore
from busplan.planning.stopping import Stopper
from busplan.planning.what_if import Alternative, NotPossible, plan_also
from busplan.usecases.explain_plan import plan_in_question


def price_visit(
    engine: Engine,
    first_day: date,
    plan: Plan | None,
    demand_id: str,
    day: date | None,
    *,
    limits: SearchLimits,
    seed: int,
    cache_dir: Path | None,
    on_progress: OnProgress = ignore,
    stopper: Stopper | None = None,
) -> tuple[Plan, PlanningProblem, Alternative | NotPossible]:
    """The plan asked about, its problem, and the cheapest plan found that serves the wish too.

    Nothing is stored. Raises ``NotFound`` for a plan, demand record or day that is not there.
    """
    plan, problem = plan_in_question(engine, first_day, plan, cache_dir)
    if demand_id not in problem.demand_by_id:
        raise NotFound(f"no demand record {demand_id}")
    if day is not None and day not in problem.horizon:
        raise NotFound(f"{day} is not in the plan of {problem.horizon}")
    wanted = DemandId(demand_id)
    answer = plan_also(problem, plan, wanted, day, limits, seed, on_progress, stopper)
    return plan, problem, answer
