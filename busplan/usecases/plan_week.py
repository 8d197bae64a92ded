"""Plan one to four weeks and keep the plan as a draft."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from busplan.domain.dates import DAYS_PER_WEEK
from busplan.domain.errors import NotFound
from busplan.domain.plan import MAX_WEEKS, Plan
from busplan.domain.plan_version import PlanVersion
from busplan.domain.problem import Pin, PlanningProblem
from busplan.domain.solution import Solution
from busplan.planning.limits import SearchLimits
from busplan.planning.progress import OnProgress, ignore
from busplan.planning.solve import solve
from busplan.planning.stopping import Stopper
from busplan.storage.store import Store
from busplan.usecases.bans import parse_bans
from busplan.usecases.planning_problem import build_problem


def plan_week(
    engine: Engine,
    first_day: date,
    weeks: int,
    *,
    limits: SearchLimits,
    seed: int,
    now: datetime,
    cache_dir: Path | None,
    pins: Sequence[str] = (),
    bans: Sequence[str] = (),
    start: Plan | None = None,
    on_progress: OnProgress = ignore,
    stopper: Stopper | None = None,
) -> tuple[PlanVersion, PlanningProblem]:
    """The new draft and the problem it answers.

    ``pins`` are ids of visits, in the newest draft or else the published plan of these weeks,
    that must stay as they are. ``bans`` forbid visits, as ``bans.parse_bans`` reads them. The
    search starts from ``start``, or else from the last plan published before these weeks. Raises
    ``NotFound`` for a pin that is in neither plan and ``InvalidInput`` for a ban of nothing known.
    """
    with Store.reading(engine) as store:
        pinned = _pins(store, first_day, pins)
        problem = build_problem(store, first_day, weeks, cache_dir, pinned)
        start = start or _last_published(store, first_day)
    problem = replace(problem, bans=parse_bans(bans, problem))
    solution = solve(problem, limits, seed, on_progress, stopper, start)
    with Store(engine) as store:
        return store.plans.add_draft(solution, now), problem


def current_plan(store: Store, first_day: date) -> Solution:
    """The newest draft that starts on the Monday, or else the published plan that covers it.

    Raises ``NotFound`` when there is neither.
    """
    published = store.plans.list_published(first_day, first_day)
    try:
        return store.plans.latest_draft(first_day).solution
    except NotFound:
        if not published:
            raise
        return published[0].solution


def _last_published(store: Store, first_day: date) -> Plan | None:
    """The plan published for the weeks just before; of several the last."""
    since = first_day - timedelta(days=MAX_WEEKS * DAYS_PER_WEEK)
    earlier = store.plans.list_published(since, first_day - timedelta(days=1))
    return earlier[-1].solution.plan if earlier else None


def _pins(store: Store, first_day: date, visit_ids: Sequence[str]) -> tuple[Pin, ...]:
    if not visit_ids:
        return ()
    plan = current_plan(store, first_day).plan
    known = {
        str(visit.id): Pin(
            demand_id=visit.demand_id,
            stop_id=visit.stop_id,
            bus_id=tour.bus_id,
            service_date=tour.service_date,
            open_min=visit.open_min,
            close_min=visit.close_min,
        )
        for tour, visit in plan.visits()
    }
    unknown = [visit_id for visit_id in visit_ids if visit_id not in known]
    if unknown:
        raise NotFound(f"no visit {', '.join(unknown)} in the plan of {plan.week}")
    # A visit named twice is held once: the goals would count it twice, the solver once.
    return tuple(known[visit_id] for visit_id in dict.fromkeys(visit_ids))
