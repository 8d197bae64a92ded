"""The judge of periodic plans: shares no code with the search that makes them.

Sums of many legs differ in their last digits with the order in which they are added; a limit is
broken where it is exceeded by more than ``TOLERANCE`` of its size (at least of 1).
"""

from collections import Counter
from collections.abc import Iterator

from busplan.domain.periodic import (
    PeriodicPlan,
    PeriodicProblem,
    PeriodicTour,
    legs_of,
)
from busplan.domain.rules.violation import Violation

TOLERANCE = 1e-6


def check_periodic_plan(plan: PeriodicPlan, problem: PeriodicProblem) -> Iterator[Violation]:
    """Every limit of a periodic problem that a plan breaks."""
    unknown = list(_check_references(plan, problem))
    yield from unknown
    if unknown:
        return
    yield from _check_patterns(plan, problem)
    yield from _check_depots(plan, problem)
    yield from _check_fleet(plan, problem)
    for tour in plan.tours:
        yield from check_periodic_tour(tour, problem)


def check_periodic_tour(tour: PeriodicTour, problem: PeriodicProblem) -> Iterator[Violation]:
    """Every limit that a tour breaks by itself, whatever other tours there are."""
    yield from _check_groups(tour, problem)
    yield from _check_capacity(tour, problem)
    yield from _check_times(tour, problem)


def _name(tour: PeriodicTour, problem: PeriodicProblem) -> str:
    return f"day {tour.day}, {problem.groups[tour.group].id}"


def _exceeds(value: float, limit: float) -> bool:
    return value > limit + TOLERANCE * max(1.0, abs(limit))


def _check_references(plan: PeriodicPlan, problem: PeriodicProblem) -> Iterator[Violation]:
    """Stops, groups and days exist, and every tour visits a stop."""
    for number, tour in enumerate(plan.tours):
        known = (
            0 <= tour.day < problem.days
            and 0 <= tour.group < len(problem.groups)
            and all(0 <= stop < len(problem.stops) for stop in tour.stops)
        )
        if not known:
            yield Violation("references", f"tour {number}", "names a day, group or stop not there")
        elif not tour.stops:
            yield Violation("references", f"tour {number}", "visits no stop")


def _check_patterns(plan: PeriodicPlan, problem: PeriodicProblem) -> Iterator[Violation]:
    """Each stop is visited on the days of one of its patterns, once a day."""
    visits = Counter((stop, tour.day) for tour in plan.tours for stop in tour.stops)
    days: dict[int, set[int]] = {number: set() for number in range(len(problem.stops))}
    for (number, day), times in sorted(visits.items()):
        days[number].add(day)
        if times > 1:
            yield Violation(
                "patterns", problem.stops[number].id, f"visited {times} times on day {day}"
            )
    for number, stop in enumerate(problem.stops):
        if days[number] not in stop.patterns:
            wanted = " or ".join(str(sorted(pattern)) for pattern in stop.patterns)
            yield Violation(
                "patterns", stop.id, f"visited on days {sorted(days[number])}, wanted {wanted}"
            )


def _check_depots(plan: PeriodicPlan, problem: PeriodicProblem) -> Iterator[Violation]:
    """Where the problem asks for it, all visits of a stop come from one depot."""
    depots: dict[int, set[int]] = {}
    for tour in plan.tours:
        for number in tour.stops:
            depots.setdefault(number, set()).add(problem.groups[tour.group].depot)
    for number, used in sorted(depots.items()):
        if problem.one_depot and len(used) > 1:
            yield Violation(
                "depots", problem.stops[number].id, f"visited from {len(used)} depots, wanted one"
            )


def _check_fleet(plan: PeriodicPlan, problem: PeriodicProblem) -> Iterator[Violation]:
    """No group sends out more vehicles on a day than it has."""
    used = Counter((tour.group, tour.day) for tour in plan.tours)
    for (number, day), tours in sorted(used.items()):
        group = problem.groups[number]
        if tours > group.vehicles[day]:
            yield Violation(
                "fleet",
                f"day {day}, {group.id}",
                f"{tours} tours of {group.vehicles[day]} vehicles",
            )


def _check_groups(tour: PeriodicTour, problem: PeriodicProblem) -> Iterator[Violation]:
    """Only vehicles of its groups come to a stop."""
    for number in tour.stops:
        stop = problem.stops[number]
        if stop.groups is not None and tour.group not in stop.groups:
            yield Violation("groups", _name(tour, problem), f"may not come to stop {stop.id}")


def _check_capacity(tour: PeriodicTour, problem: PeriodicProblem) -> Iterator[Violation]:
    """A tour's loads fit into its vehicle together."""
    load = sum(problem.stops[number].load for number in tour.stops)
    capacity = problem.groups[tour.group].capacity
    if _exceeds(load, capacity):
        yield Violation("capacity", _name(tour, problem), f"load {load:g}, capacity {capacity:g}")


def _check_times(tour: PeriodicTour, problem: PeriodicProblem) -> Iterator[Violation]:
    """Windows, depot hours and the longest duration are kept by leaving as late as possible.

    A first run from the earliest start finds the earliest return. Leaving later by what all
    services of that run can be put off, without a later return, gives the least duration.
    """
    group = problem.groups[tour.group]
    place = _name(tour, problem)
    clock, slack, waited = group.earliest, float("inf"), 0.0
    for (before, behind), number in zip(legs_of(tour, problem), (*tour.stops, None), strict=True):
        clock += problem.durations[before][behind]
        if number is None:
            break
        stop = problem.stops[number]
        wait = max(0.0, stop.earliest - clock)
        clock += wait
        waited += wait
        if _exceeds(clock, stop.latest):
            yield Violation(
                "windows", place, f"reaches {stop.id} at {clock:g}, open until {stop.latest:g}"
            )
        slack = min(slack, waited + max(0.0, stop.latest - clock))
        clock += stop.service
    if _exceeds(clock, group.latest):
        yield Violation("hours", place, f"back at {clock:g}, latest {group.latest:g}")
    duration = clock - group.earliest - min(waited, slack)
    if _exceeds(duration, group.max_duration):
        yield Violation("duration", place, f"takes {duration:g}, at most {group.max_duration:g}")
