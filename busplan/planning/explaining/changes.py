"""Changes of a planning problem that could make room for one more visit, each as a new problem."""

from dataclasses import replace
from datetime import date

from busplan.domain.dates import MINUTES_PER_DAY, DateRange, Window
from busplan.domain.demand import DemandId, DemandRecord
from busplan.domain.fleet import BusId, CrewId, CrewMember, Shift
from busplan.domain.problem import PlanningProblem

NEW_PERSON = "one more"
"""Begins the code of a person who is not there yet."""
EVERY_WEEKDAY = frozenset(range(7))


def with_demand(problem: PlanningProblem, demand: DemandRecord) -> PlanningProblem:
    """The problem with this demand record in place of the one of its id."""
    demands = tuple(demand if old.id == demand.id else old for old in problem.demands)
    return replace(problem, demands=demands)


def with_every_weekday(problem: PlanningProblem, demand_id: DemandId) -> PlanningProblem:
    """The demand record may be served on any weekday."""
    demand = problem.demand_by_id[demand_id]
    return with_demand(problem, replace(demand, weekdays=EVERY_WEEKDAY))


def with_any_bus(problem: PlanningProblem, demand_id: DemandId) -> PlanningProblem:
    """The demand record may be served by any bus."""
    return with_demand(problem, replace(problem.demand_by_id[demand_id], bus_id=None))


def with_wider_windows(
    problem: PlanningProblem, demand_id: DemandId, wider_min: int
) -> PlanningProblem:
    """Each window of the demand record is so many minutes longer at both ends."""
    demand = problem.demand_by_id[demand_id]
    windows = tuple(longer(window, wider_min, wider_min) for window in demand.windows)
    return with_demand(problem, replace(demand, windows=windows))


def with_longer_shifts(problem: PlanningProblem, longer_min: int) -> PlanningProblem:
    """Everybody is there so many minutes longer at both ends of each shift."""
    crew = tuple(
        replace(
            person,
            shifts=tuple(
                replace(shift, window=longer(shift.window, longer_min, longer_min))
                for shift in person.shifts
            ),
        )
        for person in problem.crew
    )
    return replace(problem, crew=crew)


def with_longer_shift(
    problem: PlanningProblem, person_id: CrewId, weekday: int, early_min: int, late_min: int
) -> PlanningProblem:
    """One person comes so many minutes earlier and leaves so many later, on one weekday only."""
    old = problem.crew_by_id[person_id]
    that_day = frozenset({weekday})
    shifts = []
    for shift in old.shifts:
        if shift.weekdays - that_day:
            shifts.append(replace(shift, weekdays=shift.weekdays - that_day))
        if weekday in shift.weekdays:
            shifts.append(
                Shift(weekdays=that_day, window=longer(shift.window, early_min, late_min))
            )
    person = replace(old, shifts=tuple(shifts))
    return replace(problem, crew=tuple(person if p.id == person_id else p for p in problem.crew))


def with_one_more_person(problem: PlanningProblem, day: date | None = None) -> PlanningProblem:
    """One more person, who can do everything at any hour, on that day or on every day."""
    person = CrewMember(
        id=CrewId(f"{NEW_PERSON} {len(problem.crew)}"),
        licences=frozenset(bus.licence for bus in problem.buses),
        offers=frozenset(demand.offer for demand in problem.demands),
        shifts=(Shift(weekdays=EVERY_WEEKDAY, window=Window(from_min=0, to_min=MINUTES_PER_DAY)),),
        employed=problem.horizon if day is None else DateRange(first=day, last=day),
    )
    return replace(problem, crew=(*problem.crew, person))


def with_higher_caps(problem: PlanningProblem, higher_min: int) -> PlanningProblem:
    """Every weekly cap of a bus or a person is so many minutes higher."""
    return replace(
        problem,
        buses=tuple(
            replace(bus, week_max_min=_higher(bus.week_max_min, higher_min))
            for bus in problem.buses
        ),
        crew=tuple(
            replace(person, week_max_min=_higher(person.week_max_min, higher_min))
            for person in problem.crew
        ),
    )


def with_higher_cap(problem: PlanningProblem, bus_id: BusId, higher_min: int) -> PlanningProblem:
    """The weekly cap of one bus is so many minutes higher."""
    bus = problem.bus_by_id[bus_id]
    higher = replace(bus, week_max_min=_higher(bus.week_max_min, higher_min))
    return replace(problem, buses=tuple(higher if b.id == bus_id else b for b in problem.buses))


def longer(window: Window, early_min: int, late_min: int) -> Window:
    """The window with so many minutes more before and after, within the day."""
    return Window(
        from_min=max(0, window.from_min - early_min),
        to_min=min(MINUTES_PER_DAY, window.to_min + late_min),
    )


def _higher(cap: int | None, higher_min: int) -> int | None:
    return None if cap is None else cap + higher_min
