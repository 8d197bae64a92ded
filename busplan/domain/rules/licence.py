"""Hard rule: who drives may drive this bus."""

from collections.abc import Iterator

from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.violation import Violation

RULE = "licence"


def check_licence(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """The driver of each tour holds the licence class of its bus."""
    for tour in plan.tours:
        needed = problem.bus_by_id[tour.bus_id].licence
        for duty in tour.duties:
            held = problem.crew_by_id[duty.crew_id].licences
            if duty.drives and needed not in held:
                yield Violation(
                    RULE,
                    tour.id,
                    f"{duty.crew_id} drives {tour.bus_id}, which needs licence {needed},"
                    f" and holds {', '.join(sorted(held)) or 'none'}",
                )
