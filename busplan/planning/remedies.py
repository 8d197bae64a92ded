"""The smallest change that lets a plan serve one more visit and still do all it does now.

Changes are tried in this order, which is the order of who has to agree:

1. another weekday, 2. a wider window, 3. another bus: those who ask decide;
4. a longer shift, 5. one more crew member: one person, on one day;
6. a higher weekly cap: rules of the house.

Minutes are the fewest on a grid of five, found by bisection. Every change named has been applied
and the plan solved again near the present one: it serves the visit, no other is lost, and no plan
that does without the visit is cheaper. Where no such change is found, something else has to go.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from busplan.domain.dates import Window, clock, monday_of
from busplan.domain.demand import DemandId
from busplan.domain.plan import Duty, Plan, Tour, Visit
from busplan.domain.problem import PlanningProblem
from busplan.planning.changes import (
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
from busplan.planning.nearby import Forced, Nearby

GRID_MIN = 5
MOST_STEPS = 24
"""No change of more than two hours is proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """A change that has been tried: the problem after it, and a plan that serves the visit.

    ``by_min`` is its size where it has one.
    """

    change: "Change"
    by_min: int
    sentence: str
    problem: PlanningProblem
    plan: Plan


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


def smallest_change(problem: PlanningProblem, demand_id: DemandId, nearby: Nearby) -> Remedy | None:
    """The first change in the order above that helps, in its smallest size.

    ``None`` where none does, or none is needed because the plan merely overlooked the visit.
    Raises ``AskedEnough``.
    """
    return next(filter(None, _helpful(problem, demand_id, nearby)), None)


def _helpful(
    problem: PlanningProblem, demand_id: DemandId, nearby: Nearby
) -> Iterator[Remedy | None]:
    now = nearby.cost_now(demand_id)

    def makes_room(eased: PlanningProblem) -> bool:
        forced = nearby.beside_all(eased, demand_id)
        return forced is not None and forced.cost <= now

    if not makes_room(_all_eased(problem, demand_id)) or makes_room(problem):
        return
    for change in CHANGES:
        if change.ease(problem, demand_id, GRID_MIN) != problem:
            yield _smallest(change, problem, demand_id, nearby)


def _all_eased(problem: PlanningProblem, demand_id: DemandId) -> PlanningProblem:
    """Every change at once, each as far as it goes: what this does not help, none will."""
    for change in CHANGES:
        problem = change.ease(problem, demand_id, change.steps * GRID_MIN)
    return problem


def _smallest(
    change: Change, problem: PlanningProblem, demand_id: DemandId, nearby: Nearby
) -> Remedy | None:
    """Bisection for the first step that makes room; from there the first that is worth it."""
    now = nearby.cost_now(demand_id)

    @cache
    def forced_by(step: int) -> Forced | None:
        return nearby.beside_all(change.ease(problem, demand_id, step * GRID_MIN), demand_id)

    def makes_room(step: int) -> bool:
        forced = forced_by(step)
        return forced is not None and forced.cost <= now

    if not makes_room(change.steps):
        return None
    steps = range(1, change.steps + 1)
    first = steps[bisect_left(steps, True, key=makes_room)]
    for step in range(first, change.steps + 1):
        forced = forced_by(step)
        eased = change.ease(problem, demand_id, step * GRID_MIN)
        if forced is not None and nearby.is_worth_it(eased, demand_id, forced):
            return _narrowed(change, problem, demand_id, step * GRID_MIN, forced.plan, nearby)
    return None


def _narrowed(
    change: Change,
    problem: PlanningProblem,
    demand_id: DemandId,
    by_min: int,
    plan: Plan,
    nearby: Nearby,
) -> Remedy | None:
    """The change for as few as it takes; the wide one, named for all, where that is too little."""
    tour, visit = _new_visit(plan, nearby.plan, demand_id)
    found = Found(problem, demand_id, by_min, plan, tour, visit)
    for narrow, sentence in change.narrow(found):
        forced = nearby.beside_all(narrow, demand_id)
        if forced is not None and nearby.is_worth_it(narrow, demand_id, forced):
            return Remedy(
                change=change,
                by_min=by_min if change.steps > 1 else 0,
                sentence=sentence,
                problem=narrow,
                plan=forced.plan,
            )
    return None


def _new_visit(plan: Plan, before: Plan, demand_id: DemandId) -> tuple[Tour, Visit]:
    """The visit that was not there before; where all have moved, the last."""
    days = {t.service_date for t, visit in before.visits() if visit.demand_id == demand_id}
    here = [(t, visit) for t, visit in plan.visits() if visit.demand_id == demand_id]
    return next((pair for pair in here if pair[0].service_date not in days), here[-1])


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
