"""Hard rule: a bus stands only where a site agreement allows it."""

from collections.abc import Iterator

from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.violation import Violation
from busplan.domain.rules.wording import say_day

RULE = "agreements"


def check_agreements(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """The site agreement of each stop holds the date of the visit."""
    for tour, visit in plan.visits():
        stop = problem.stop_by_id[visit.stop_id]
        if stop.agreement is None:
            yield Violation(RULE, visit.id, f"there is no site agreement for {stop.name}")
        elif tour.service_date not in stop.agreement:
            yield Violation(
                RULE,
                visit.id,
                f"the site agreement for {stop.name} holds {stop.agreement},"
                f" not on {say_day(tour.service_date)}",
            )
