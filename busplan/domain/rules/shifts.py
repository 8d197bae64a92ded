"""Hard rule: every tour is staffed from start to end by people who are available."""

from collections.abc import Iterator

from busplan.domain.dates import clock
from busplan.domain.plan import Duty, Plan, Tour
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.violation import Violation
from busplan.domain.rules.wording import say_day

RULE = "shifts"
MAX_ADULTS = 2
"""Most duties on one tour: a driver and a second adult."""


def check_shifts(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """Each tour has enough adults, one of them driving, all there from preparing to finishing.

    A crew member is employed and not absent on the date, and one shift of theirs on that weekday
    holds the whole duty.
    """
    for tour in plan.tours:
        sentences = [*_wrong_crew_size(tour, problem)]
        for duty in tour.duties:
            sentences += _too_short(duty, tour, problem)
            sentences += _not_available(duty, tour, problem)
        for sentence in sentences:
            yield Violation(RULE, tour.id, sentence)


def _wrong_crew_size(tour: Tour, problem: PlanningProblem) -> Iterator[str]:
    least = problem.bus_by_id[tour.bus_id].min_adults
    adults = len(tour.duties)
    if not least <= adults <= MAX_ADULTS:
        yield f"{adults} adults on board; {tour.bus_id} needs {least} and takes {MAX_ADULTS}"
    drivers = sum(duty.drives for duty in tour.duties)
    if drivers != 1:
        yield f"{drivers} people are named as driver, not one"


def _too_short(duty: Duty, tour: Tour, problem: PlanningProblem) -> Iterator[str]:
    bus = problem.bus_by_id[tour.bus_id]
    start_min, end_min = tour.depart_min - bus.prepare_min, tour.return_min + bus.finish_min
    if duty.start_min > start_min:
        yield (
            f"{duty.crew_id} starts at {clock(duty.start_min)}; to leave at"
            f" {clock(tour.depart_min)} after preparing, {clock(start_min)} is the latest"
        )
    if duty.end_min < end_min:
        yield (
            f"{duty.crew_id} ends at {clock(duty.end_min)}; with the return at"
            f" {clock(tour.return_min)} and finishing, {clock(end_min)} is the earliest"
        )


def _not_available(duty: Duty, tour: Tour, problem: PlanningProblem) -> Iterator[str]:
    member = problem.crew_by_id[duty.crew_id]
    day = tour.service_date
    if day not in member.employed:
        yield f"{member.id} is employed {member.employed}, not on {say_day(day)}"
    for absence in member.absent:
        if day in absence:
            yield f"{member.id} is absent {absence}, so on {say_day(day)}"
    shifts = [shift.window for shift in member.shifts if day.weekday() in shift.weekdays]
    if not any(window.holds(duty.start_min, duty.end_min) for window in shifts):
        offered = ", ".join(map(str, shifts)) or "no shift"
        yield (
            f"{member.id} is given {clock(duty.start_min)}-{clock(duty.end_min)} on"
            f" {say_day(day)}, but has {offered} then"
        )
