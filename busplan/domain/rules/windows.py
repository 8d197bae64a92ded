"""Hard rule: a visit is what its demand record asks for, when and where it is asked."""

from collections.abc import Iterator

from busplan.domain.blocks import Block
from busplan.domain.dates import WEEKDAYS, clock
from busplan.domain.demand import DayKind, DemandRecord
from busplan.domain.plan import Plan, Tour, Visit
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.violation import Violation
from busplan.domain.rules.wording import say_day, say_minutes

RULE = "windows"


def check_windows(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """Each visit fits its demand record: stop, date, kind of day, bus, weekday, window, length.

    A block visit names a running block that falls on its date, with the same demand record, stop
    and bus, and is open exactly during the block's window; the block then stands in for the
    record's weekdays, windows and service time. Every other visit opens on the timetable's step.
    """
    for tour, visit in plan.visits():
        demand = problem.demand_by_id[visit.demand_id]
        sentences = [
            *_wrong_place(visit, demand, problem),
            *_wrong_date(tour, demand, problem),
        ]
        if not any(_gives(block, tour, visit) for block in problem.blocks):
            sentences += _wrong_time(tour, visit, demand, problem)
        for sentence in sentences:
            yield Violation(RULE, visit.id, sentence)


def _wrong_place(visit: Visit, demand: DemandRecord, problem: PlanningProblem) -> Iterator[str]:
    stop = problem.stop_by_id[visit.stop_id]
    if demand.stop_id is not None and demand.stop_id != stop.id:
        yield f"{demand.id} asks for stop {demand.stop_id}, not for {stop.id}"
    if demand.stop_id is None and demand.ags != stop.ags:
        yield f"{demand.id} asks for a stop in {demand.ags}, {stop.id} lies in {stop.ags}"


def _wrong_date(tour: Tour, demand: DemandRecord, problem: PlanningProblem) -> Iterator[str]:
    day = tour.service_date
    calendar = problem.calendar
    if day not in demand.valid:
        yield f"{say_day(day)} is outside {demand.valid}, when {demand.id} is asked for"
    if demand.days is DayKind.SCHOOL and not calendar.is_school_day(day):
        yield f"{demand.id} is for school days, {say_day(day)} is none"
    if demand.days is DayKind.HOLIDAYS and day not in calendar.school_holidays:
        yield f"{demand.id} is for school holidays, {say_day(day)} lies outside them"
    if demand.bus_id is not None and demand.bus_id != tour.bus_id:
        yield f"{demand.id} asks for bus {demand.bus_id}, not for {tour.bus_id}"


def _wrong_time(
    tour: Tour, visit: Visit, demand: DemandRecord, problem: PlanningProblem
) -> Iterator[str]:
    opened = f"{clock(visit.open_min)}-{clock(visit.close_min)}"
    if tour.service_date.weekday() not in demand.weekdays:
        days = ", ".join(WEEKDAYS[day] for day in sorted(demand.weekdays))
        yield f"{say_day(tour.service_date)} is none of the weekdays of {demand.id}: {days}"
    if not any(window.holds(visit.open_min, visit.close_min) for window in demand.windows):
        windows = ", ".join(map(str, demand.windows))
        yield f"open {opened}, but {demand.id} asks for a time within {windows}"
    if visit.service_min != demand.service_min:
        yield (
            f"open for {say_minutes(visit.service_min)},"
            f" but {demand.id} asks for {say_minutes(demand.service_min)}"
        )
    step_min = problem.parameters.timetable_step_min
    if visit.open_min % step_min:
        yield f"opens at {clock(visit.open_min)}, which is not a multiple of {step_min} min"


def _gives(block: Block, tour: Tour, visit: Visit) -> bool:
    """Whether the visit keeps this block exactly."""
    return (
        visit.block_id == block.id
        and block.falls_on(tour.service_date)
        and block.demand_id == visit.demand_id
        and block.stop_id == visit.stop_id
        and block.bus_id == tour.bus_id
        and (block.window.from_min, block.window.to_min) == (visit.open_min, visit.close_min)
    )
