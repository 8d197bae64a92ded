"""Hard rule: no person, bus or stop is needed twice at the same time."""

from collections.abc import Iterator
from itertools import combinations

from busplan.domain.dates import clock
from busplan.domain.plan import Plan, Tour, Visit
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.person_days import person_days
from busplan.domain.rules.violation import Violation
from busplan.domain.rules.wording import say_day

RULE = "overlaps"


def check_overlaps(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """A person has one duty at a time, a bus one visit; two buses share no stop.

    Visits last from arrival to departure. Two buses may stand at one stop at the same time if
    the demand record of either visit is joint.
    """
    yield from _double_duties(plan)
    yield from _double_visits(plan, problem)


def _double_duties(plan: Plan) -> Iterator[Violation]:
    for (crew_id, day), duties in person_days(plan).items():
        for one, other in combinations(duties, 2):
            if one.start_min < other.end_min and other.start_min < one.end_min:
                yield Violation(
                    RULE,
                    f"{crew_id} {day}",
                    f"{crew_id} has two duties at once on {say_day(day)}:"
                    f" {clock(one.start_min)}-{clock(one.end_min)}"
                    f" and {clock(other.start_min)}-{clock(other.end_min)}",
                )


def _double_visits(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    for (tour, one), (other_tour, other) in combinations(plan.visits(), 2):
        if tour.service_date != other_tour.service_date or not _at_once(one, other):
            continue
        if tour.bus_id == other_tour.bus_id:
            yield Violation(
                RULE, one.id, f"{tour.bus_id} makes this visit and {other.id} at the same time"
            )
        elif one.stop_id == other.stop_id and not _joint((one, other), problem):
            yield Violation(RULE, one.id, _two_at_one_stop(tour, other_tour, one, problem))


def _at_once(one: Visit, other: Visit) -> bool:
    return one.arrival_min < other.departure_min and other.arrival_min < one.departure_min


def _joint(visits: tuple[Visit, ...], problem: PlanningProblem) -> bool:
    return any(problem.demand_by_id[visit.demand_id].joint for visit in visits)


def _two_at_one_stop(tour: Tour, other: Tour, visit: Visit, problem: PlanningProblem) -> str:
    stop = problem.stop_by_id[visit.stop_id]
    return (
        f"{tour.bus_id} and {other.bus_id} stand at {stop.name} at the same time on"
        f" {say_day(tour.service_date)}, which nobody asked for"
    )
