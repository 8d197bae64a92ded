"""The kinds of change that are tried for a visit that does not fit, in the order of ``remedies``.

Each is first made for everybody, to see whether and from how many minutes on it makes room, and
then only for those whom the new tour concerns, to be named.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from busplan.domain.dates import Window, clock, monday_of
from busplan.domain.demand import DemandId
from busplan.domain.plan import Duty, Plan, Tour, Visit
from busplan.domain.problem import PlanningProblem
from busplan.planning.explaining.changes import (
    with_any_bus,
    with_demand,
    with_every_weekday,
    with_higher_cap,
    with_higher_caps,
    with_longer_shift,
    with_longer_shifts,
    with_one_more_person,
    with_wider_windows,
)

MOST_STEPS = 24
"""No change of more than two hours at either end is proposed."""


Ease = Callable[[PlanningProblem, DemandId, int], PlanningProblem]
"""The changed problem, for a number of minutes that some changes have no use for."""


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change: what binds without it, how far it goes, what it does to everybody.

    ``holds`` is what ``rule`` is about, in words. ``narrow`` gives problems in which only those of
    a found plan's new tour are concerned, each with its sentence.
    """

    name: str
    rule: str
    holds: str
    steps: int
    ease: Ease
    narrow: Callable[["Found"], Iterator[tuple[PlanningProblem, str]]]


@dataclass(frozen=True, slots=True)
class Found:
    """A plan that serves the visit after a change of so many minutes, and its new visit."""

    problem: PlanningProblem
    demand_id: DemandId
    by_min: int
    plan: Plan
    tour: Tour
    visit: Visit


def _other_weekday(found: Found) -> Iterator[tuple[PlanningProblem, str]]:
    day = found.tour.service_date
    demand = found.problem.demand_by_id[found.demand_id]
    weekdays = demand.weekdays | {day.weekday()}
    yield with_demand(found.problem, replace(demand, weekdays=weekdays)), f"allow {day:%A}s"


def _wider_window(found: Found) -> Iterator[tuple[PlanningProblem, str]]:
    """The window that comes nearest to the new visit, just long enough to hold it."""
    visit = found.visit
    demand = found.problem.demand_by_id[found.demand_id]

    def hull(window: Window) -> Window:
        return Window(
            from_min=min(window.from_min, visit.open_min),
            to_min=max(window.to_min, visit.close_min),
        )

    old = min(demand.windows, key=lambda w: (_length(hull(w)) - _length(w), w.from_min))
    new = hull(old)
    windows = tuple(new if window == old else window for window in demand.windows)
    longer_min = _length(new) - _length(old)
    yield (
        with_demand(found.problem, replace(demand, windows=windows)),
        f"a window {new} instead of {old}, {longer_min} min longer",
    )


def _length(window: Window) -> int:
    return window.to_min - window.from_min


def _other_bus(found: Found) -> Iterator[tuple[PlanningProblem, str]]:
    bus = found.problem.bus_by_id[found.tour.bus_id]
    yield with_any_bus(found.problem, found.demand_id), f"allow {bus.name} to serve it"


def _longer_shift(found: Found) -> Iterator[tuple[PlanningProblem, str]]:
    """Those of the new tour who would be there outside their shifts; else everybody."""
    day = found.tour.service_date
    problem, sentences = found.problem, []
    for duty in found.tour.duties:
        early, late = _outside(duty, day.weekday(), found.problem)
        if early or late:
            problem = with_longer_shift(problem, duty.crew_id, day.weekday(), early, late)
            hours = f"{clock(duty.start_min)}-{clock(duty.end_min)}"
            sentences.append(
                f"{duty.crew_id} on duty {hours} on {day:%A}s, {early + late} min beyond the shift"
            )
    if sentences:
        yield problem, " and ".join(sentences)
    yield (
        with_longer_shifts(found.problem, found.by_min),
        f"shifts {found.by_min} min longer at both ends",
    )


def _outside(duty: Duty, weekday: int, problem: PlanningProblem) -> tuple[int, int]:
    """Minutes of the duty before and after the shift of that weekday that holds most of it."""
    shifts = problem.crew_by_id[duty.crew_id].shifts
    return min(
        (
            (
                max(0, shift.window.from_min - duty.start_min),
                max(0, duty.end_min - shift.window.to_min),
            )
            for shift in shifts
            if weekday in shift.weekdays
        ),
        key=sum,
    )


def _one_more_person(found: Found) -> Iterator[tuple[PlanningProblem, str]]:
    day = found.tour.service_date
    yield (
        with_one_more_person(found.problem, day),
        f"one more crew member on {day:%A} {day}",
    )
    yield with_one_more_person(found.problem), "one more crew member on every day"


def _higher_cap(found: Found) -> Iterator[tuple[PlanningProblem, str]]:
    """The bus of the new tour alone; else all buses and people."""
    bus = found.problem.bus_by_id[found.tour.bus_id]
    if bus.week_max_min is not None:
        monday = monday_of(found.tour.service_date)
        used = sum(
            max(duty.end_min for duty in tour.duties) - min(duty.start_min for duty in tour.duties)
            for tour in found.plan.tours
            if tour.bus_id == bus.id and monday_of(tour.service_date) == monday
        )
        higher_min = max(0, used - bus.week_max_min)
        yield (
            with_higher_cap(found.problem, bus.id, higher_min),
            f"a weekly cap of {bus.name} {higher_min} min higher",
        )
    yield (
        with_higher_caps(found.problem, found.by_min),
        f"weekly caps of buses and people {found.by_min} min higher",
    )


CHANGES = (
    Change(
        name="weekday",
        rule="weekday",
        holds="its weekdays",
        steps=1,
        ease=lambda problem, demand_id, _: with_every_weekday(problem, demand_id),
        narrow=_other_weekday,
    ),
    Change(
        name="window",
        rule="window",
        holds="its windows",
        steps=MOST_STEPS,
        ease=with_wider_windows,
        narrow=_wider_window,
    ),
    Change(
        name="bus",
        rule="bus",
        holds="the tours of the bus it asks for",
        steps=1,
        ease=lambda problem, demand_id, _: with_any_bus(problem, demand_id),
        narrow=_other_bus,
    ),
    Change(
        name="shift",
        rule="shifts",
        holds="the shifts of those who are there",
        steps=MOST_STEPS,
        ease=lambda problem, _, minutes: with_longer_shifts(problem, minutes),
        narrow=_longer_shift,
    ),
    Change(
        name="person",
        rule="crew_size",
        holds="the people who are there",
        steps=1,
        ease=lambda problem, _, __: with_one_more_person(problem),
        narrow=_one_more_person,
    ),
    Change(
        name="cap",
        rule="week_caps",
        holds="the weekly caps",
        steps=MOST_STEPS,
        ease=lambda problem, _, minutes: with_higher_caps(problem, minutes),
        narrow=_higher_cap,
    ),
)
"""In the order in which they are tried."""
