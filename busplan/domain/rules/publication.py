"""Hard rule: a visit is never more public than its stop allows and its demand record says."""

from collections.abc import Iterator

from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.violation import Violation

RULE = "publication"


def check_publication(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """A visit has its demand record's publication level, none where that sets none.

    The level is not more open than that of the stop.
    """
    for _, visit in plan.visits():
        stop = problem.stop_by_id[visit.stop_id]
        asked = problem.demand_by_id[visit.demand_id].level
        if visit.level is not asked:
            yield Violation(
                RULE,
                visit.id,
                f"its publication level is {visit.level or 'not set'},"
                f" {visit.demand_id} asks for {asked or 'none of its own'}",
            )
        if visit.level is not None and visit.level.openness > stop.level.openness:
            yield Violation(
                RULE,
                visit.id,
                f"its publication level is {visit.level}, {stop.name} allows {stop.level}",
            )
