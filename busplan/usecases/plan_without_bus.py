"""Plan a week without one bus on one day, changing little else."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from busplan.domain.errors import NotFound
from busplan.domain.fleet import BusId
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.planning.limits import SearchLimits
from busplan.planning.progress import OnProgress, ignore
from busplan.planning.stopping import Stopper
from busplan.planning.what_if import Alternative, plan_without
from busplan.usecases.explain_plan import plan_in_question


def plan_without_bus(
    engine: Engine,
    first_day: date,
    plan: Plan | None,
    bus_id: str,
    day: date,
    *,
    limits: SearchLimits,
    seed: int,
    cache_dir: Path | None,
    on_progress: OnProgress = ignore,
    stopper: Stopper | None = None,
) -> tuple[Plan, PlanningProblem, Alternative]:
    """The plan asked about, its problem, and the best plan found without the bus that day.

    Nothing is stored. Raises ``NotFound`` for a plan, bus or day that is not there.
    """
    plan, problem = plan_in_question(engine, first_day, plan, cache_dir)
    if bus_id not in problem.bus_by_id:
        raise NotFound(f"no bus {bus_id}")
    if day not in problem.horizon:
        raise NotFound(f"{day} is not in the plan of {problem.horizon}")
    wanted = BusId(bus_id)
    answer = plan_without(problem, plan, wanted, day, limits, seed, on_progress, stopper)
    return plan, problem, answer
