"""Hard rule: a bus on tour is in service."""

from collections.abc import Iterator

from busplan.domain.calendar import Scope
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.violation import Violation
from busplan.domain.rules.wording import say_day

RULE = "vehicle"


def check_vehicle(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """The bus is in service on the date, and no workshop or other closure keeps it."""
    for tour in plan.tours:
        day = tour.service_date
        in_service = problem.bus_by_id[tour.bus_id].in_service
        if day not in in_service:
            yield Violation(
                RULE,
                tour.id,
                f"{tour.bus_id} is in service {in_service}, not on {say_day(day)}",
            )
        for closure in problem.calendar.closures:
            if closure.scope is Scope.BUS and closure.hits(Scope.BUS, tour.bus_id, day):
                yield Violation(
                    RULE,
                    tour.id,
                    f"{tour.bus_id} is not available {closure.dates}: {closure.reason}",
                )
