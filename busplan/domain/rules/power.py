"""Hard rule: a bus that needs power stands where there is some."""

from collections.abc import Iterator

from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.violation import Violation

RULE = "power"


def check_power(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """Stops have power for the buses that need it."""
    for tour, visit in plan.visits():
        stop = problem.stop_by_id[visit.stop_id]
        if problem.bus_by_id[tour.bus_id].needs_power and not stop.power:
            yield Violation(RULE, visit.id, f"{tour.bus_id} needs power, {stop.name} has none")
