"""Hard rule: a plan names only things that exist, each tour and visit once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from busplan.domain.dates import MINUTES_PER_DAY
from busplan.domain.plan import Plan, Tour, visit_id
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.violation import Violation
from busplan.domain.rules.wording import say_day

RULE = "references"


def check_references(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """Every bus, stop, demand record, block and person exists; ids and dates are in order.

    A tour lies in the horizon of plan and problem, and its times within its day, 0:00 to 24:00.
    A bus has one tour a day, and visits are numbered by date, bus and place in the tour.
    """
    if (plan.first_day, plan.weeks) != (problem.first_day, problem.weeks):
        yield Violation(
            RULE,
            str(plan.first_day),
            f"the plan covers {plan.weeks} weeks from {plan.first_day},"
            f" the problem {problem.weeks} weeks from {problem.first_day}",
        )
    for tour in plan.tours:
        for sentence in _faults(tour, problem):
            yield Violation(RULE, tour.id, sentence)
        yield from _misnumbered(tour)
    yield from _repeated(plan)


def sound_part(plan: Plan, problem: PlanningProblem) -> Plan:
    """The plan without the tours that name unknown things or lie outside the horizon.

    All other rules can judge it: whatever it names, they find.
    """
    return replace(plan, tours=tuple(t for t in plan.tours if not any(_faults(t, problem))))


def _faults(tour: Tour, problem: PlanningProblem) -> Iterator[str]:
    """Why the other rules cannot judge this tour."""
    if tour.service_date not in problem.horizon:
        yield f"{say_day(tour.service_date)} lies outside the horizon {problem.horizon}"
    if not all(0 <= minute <= MINUTES_PER_DAY for minute in _minutes(tour)):
        yield "a time of this tour lies before 00:00 or after 24:00 of its day"
    yield from _unknown_names(tour, problem)


def _unknown_names(tour: Tour, problem: PlanningProblem) -> Iterator[str]:
    bus = problem.bus_by_id.get(tour.bus_id)
    blocks = {block.id for block in problem.blocks}
    if bus is None:
        yield f"there is no bus {tour.bus_id}"
    elif bus.depot.id not in problem.matrix.index:
        yield f"depot {bus.depot.id} is not in the travel matrix"
    for visit in tour.visits:
        if visit.stop_id not in problem.stop_by_id:
            yield f"there is no stop {visit.stop_id}"
        elif visit.stop_id not in problem.matrix.index:
            yield f"stop {visit.stop_id} is not in the travel matrix"
        if visit.demand_id not in problem.demand_by_id:
            yield f"there is no demand record {visit.demand_id}"
        if visit.block_id is not None and visit.block_id not in blocks:
            yield f"there is no block {visit.block_id}"
    for duty in tour.duties:
        if duty.crew_id not in problem.crew_by_id:
            yield f"there is no crew member {duty.crew_id}"


def _minutes(tour: Tour) -> Iterator[int]:
    yield from (tour.depart_min, tour.return_min)
    for visit in tour.visits:
        yield from (visit.arrival_min, visit.departure_min)
    for duty in tour.duties:
        yield from (duty.start_min, duty.end_min)
        for pause in duty.breaks:
            yield from (pause.start_min, pause.end_min)


def _misnumbered(tour: Tour) -> Iterator[Violation]:
    for number, visit in enumerate(tour.visits, start=1):
        expected = visit_id(tour.service_date, tour.bus_id, number)
        if visit.id != expected:
            yield Violation(RULE, visit.id, f"this visit must have the id {expected}")


def _repeated(plan: Plan) -> Iterator[Violation]:
    for tour_id, count in Counter(tour.id for tour in plan.tours).items():
        if count > 1:
            yield Violation(RULE, tour_id, f"this bus has {count} tours on one day, not one")
    for key, count in Counter(visit.id for _, visit in plan.visits()).items():
        if count > 1:
            yield Violation(RULE, key, f"{count} visits have this id")
