"""Hard rule: a tour can be driven as planned."""

from collections.abc import Iterator

from busplan.domain.dates import clock
from busplan.domain.plan import Plan, Tour
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.legs import Leg, legs_of
from busplan.domain.rules.violation import Violation
from busplan.domain.rules.wording import say_minutes, say_node

RULE = "travel"


def check_travel(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """Each bus has time to drive every leg with its buffer, to be set up and taken down.

    A tour has a visit and no more than its bus makes in a day; its driving minutes and metres
    are the sums over its legs by the travel matrix, without buffers.
    """
    for tour in plan.tours:
        legs = tuple(legs_of(tour, problem))
        sentences = [
            *_wrong_count(tour, problem),
            *_unreachable(legs, problem),
            *_rushed(tour, problem),
            *_wrong_sums(tour, legs),
        ]
        for sentence in sentences:
            yield Violation(RULE, tour.id, sentence)


def _wrong_count(tour: Tour, problem: PlanningProblem) -> Iterator[str]:
    most = problem.bus_by_id[tour.bus_id].max_visits_per_day
    if not tour.visits:
        yield "the tour has no visit"
    if len(tour.visits) > most:
        yield f"{len(tour.visits)} visits on one day, {tour.bus_id} makes at most {most}"


def _unreachable(legs: tuple[Leg, ...], problem: PlanningProblem) -> Iterator[str]:
    for leg in legs:
        if leg.due_min < leg.reached_min:
            here, there = say_node(leg.here, problem), say_node(leg.there, problem)
            yield (
                f"{there} planned {clock(leg.due_min)}, but leaving {here} at"
                f" {clock(leg.leave_min)} the bus is there at {clock(leg.reached_min)}"
                f" ({leg.drive_min} min drive, {problem.parameters.leg_buffer_min} min buffer)"
            )


def _rushed(tour: Tour, problem: PlanningProblem) -> Iterator[str]:
    bus = problem.bus_by_id[tour.bus_id]
    for visit in tour.visits:
        stop = say_node(visit.stop_id, problem)
        if visit.open_min - visit.arrival_min < bus.set_up_min:
            yield (
                f"{stop}: arrival {clock(visit.arrival_min)}, opening {clock(visit.open_min)};"
                f" setting up {bus.id} takes {say_minutes(bus.set_up_min)}"
            )
        if visit.departure_min - visit.close_min < bus.tear_down_min:
            yield (
                f"{stop}: closing {clock(visit.close_min)}, departure"
                f" {clock(visit.departure_min)}; taking {bus.id} down takes"
                f" {say_minutes(bus.tear_down_min)}"
            )


def _wrong_sums(tour: Tour, legs: tuple[Leg, ...]) -> Iterator[str]:
    drive_min = sum(leg.drive_min for leg in legs)
    length_m = sum(leg.length_m for leg in legs)
    if tour.drive_min != drive_min:
        yield f"the tour states {tour.drive_min} min of driving, its legs sum to {drive_min} min"
    if tour.length_m != length_m:
        yield f"the tour states {tour.length_m} m, its legs sum to {length_m} m"
