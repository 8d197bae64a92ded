"""Hard rule: no visit that the planner has forbidden."""

from collections.abc import Iterator

from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.violation import Violation
from busplan.domain.rules.wording import say_day

RULE = "bans"


def check_bans(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """No ban of the planner hits a visit."""
    for tour, visit in plan.visits():
        for ban in problem.bans:
            if ban.hits(visit.demand_id, visit.stop_id, tour.bus_id, tour.service_date):
                yield Violation(
                    RULE,
                    visit.id,
                    f"{visit.demand_id} is on {say_day(tour.service_date)} at {visit.stop_id} by"
                    f" {tour.bus_id}, the planner forbids {ban}",
                )
