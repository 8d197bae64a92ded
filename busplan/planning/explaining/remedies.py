"""The smallest change that lets a plan serve one more visit and still do all it does now.

Changes are tried in this order, which is the order of who has to agree:

1. another weekday, 2. a wider window, 3. another bus: those who ask decide;
4. a longer shift, 5. one more crew member: one person, on one day;
6. a higher weekly cap: rules of the house.

Minutes are the fewest on a grid of five, found by bisection. Every change named has been applied
and the plan solved again near the present one: it serves the visit, no other is lost, and no plan
that does without the visit is cheaper. Where no such change is found, something else has to go.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from busplan.domain.demand import DemandId
from busplan.domain.plan import Plan, Tour, Visit
from busplan.domain.problem import PlanningProblem
from busplan.planning.explaining.nearby import Forced, Nearby
from busplan.planning.explaining.tried_changes import CHANGES, Change, Found

GRID_MIN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """A change that has been tried: the problem after it, and a plan that serves the visit.

    ``by_min`` is its size where it has one.
    """

    change: Change
    by_min: int
    sentence: str
    problem: PlanningProblem
    plan: Plan


def smallest_change(problem: PlanningProblem, demand_id: DemandId, nearby: Nearby) -> Remedy | None:
    """The first change in the order above that helps, in its smallest size.

    ``None`` where none does, or none is needed because the plan merely overlooked the visit.
    Raises ``AskedEnough``.
    """
    return next(filter(None, _helpful(problem, demand_id, nearby)), None)


def _helpful(
    problem: PlanningProblem, demand_id: DemandId, nearby: Nearby
) -> Iterator[Remedy | None]:
    now = nearby.cost_now(demand_id)

    def makes_room(eased: PlanningProblem) -> bool:
        forced = nearby.beside_all(eased, demand_id)
        return forced is not None and forced.cost <= now

    if not makes_room(_all_eased(problem, demand_id)) or makes_room(problem):
        return
    for change in CHANGES:
        if change.ease(problem, demand_id, GRID_MIN) != problem:
            yield _smallest(change, problem, demand_id, nearby)


def _all_eased(problem: PlanningProblem, demand_id: DemandId) -> PlanningProblem:
    """Every change at once, each as far as it goes: what this does not help, none will."""
    for change in CHANGES:
        problem = change.ease(problem, demand_id, change.steps * GRID_MIN)
    return problem


def _smallest(
    change: Change, problem: PlanningProblem, demand_id: DemandId, nearby: Nearby
) -> Remedy | None:
    """Bisection for the first step that makes room; from there the first that is worth it."""
    now = nearby.cost_now(demand_id)

    @cache
    def forced_by(step: int) -> Forced | None:
        return nearby.beside_all(change.ease(problem, demand_id, step * GRID_MIN), demand_id)

    def makes_room(step: int) -> bool:
        forced = forced_by(step)
        return forced is not None and forced.cost <= now

    if not makes_room(change.steps):
        return None
    steps = range(1, change.steps + 1)
    first = steps[bisect_left(steps, True, key=makes_room)]
    for step in range(first, change.steps + 1):
        forced = forced_by(step)
        eased = change.ease(problem, demand_id, step * GRID_MIN)
        if forced is not None and nearby.is_worth_it(eased, demand_id, forced):
            return _narrowed(change, problem, demand_id, step * GRID_MIN, forced.plan, nearby)
    return None


def _narrowed(
    change: Change,
    problem: PlanningProblem,
    demand_id: DemandId,
    by_min: int,
    plan: Plan,
    nearby: Nearby,
) -> Remedy | None:
    """The change for as few as it takes; the wide one, named for all, where that is too little."""
    tour, visit = _new_visit(plan, nearby.plan, demand_id)
    found = Found(problem, demand_id, by_min, plan, tour, visit)
    for narrow, sentence in change.narrow(found):
        forced = nearby.beside_all(narrow, demand_id)
        if forced is not None and nearby.is_worth_it(narrow, demand_id, forced):
            return Remedy(
                change=change,
                by_min=by_min if change.steps > 1 else 0,
                sentence=sentence,
                problem=narrow,
                plan=forced.plan,
            )
    return None


def _new_visit(plan: Plan, before: Plan, demand_id: DemandId) -> tuple[Tour, Visit]:
    """The visit that was not there before; where all have moved, the last."""
    days = {t.service_date for t, visit in before.visits() if visit.demand_id == demand_id}
    here = [(t, visit) for t, visit in plan.visits() if visit.demand_id == demand_id]
    return next((pair for pair in here if pair[0].service_date not in days), here[-1])
