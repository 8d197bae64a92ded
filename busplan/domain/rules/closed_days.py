"""Hard rule: no tour on a day its bus does not work, no visit where it is closed."""

from collections.abc import Iterator

from busplan.domain.calendar import Closure, Scope
from busplan.domain.places import Stop
from busplan.domain.plan import Plan, Tour
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.violation import Violation
from busplan.domain.rules.wording import say_day

RULE = "closed_days"


def check_closed_days(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """Buses keep to their weekdays and, unless they work then, off public holidays.

    No visit falls on a closed date of its stop, nor on a closure of the stop, its municipality
    or the whole county. Closures of a bus are judged by the rule ``vehicle``.
    """
    for tour in plan.tours:
        for sentence in _bus_off(tour, problem):
            yield Violation(RULE, tour.id, sentence)
        for visit in tour.visits:
            stop = problem.stop_by_id[visit.stop_id]
            for sentence in _stop_closed(stop, tour, problem):
                yield Violation(RULE, visit.id, sentence)


def _bus_off(tour: Tour, problem: PlanningProblem) -> Iterator[str]:
    bus = problem.bus_by_id[tour.bus_id]
    day = tour.service_date
    if day.weekday() not in bus.weekdays:
        yield f"{bus.id} does not work on {say_day(day)}"
    holiday = problem.calendar.public_holidays.get(day)
    if holiday is not None and not bus.public_holidays:
        yield f"{bus.id} does not work on public holidays, {say_day(day)} is {holiday}"


def _stop_closed(stop: Stop, tour: Tour, problem: PlanningProblem) -> Iterator[str]:
    day = tour.service_date
    for closed in stop.closed:
        if day in closed:
            yield f"{stop.name} is closed {closed}"
    for closure in problem.calendar.closures:
        if _hits(closure, stop, tour):
            yield f"{stop.name} is closed {closure.dates}: {closure.reason}"


def _hits(closure: Closure, stop: Stop, tour: Tour) -> bool:
    day = tour.service_date
    return closure.hits(Scope.STOP, stop.id, day) or closure.hits(Scope.MUNICIPALITY, stop.ags, day)
