"""Hard rule: buses and people keep to their minutes in a week."""

from collections import Counter
from collections.abc import Iterator, Mapping

from busplan.domain.dates import week_of
from busplan.domain.plan import Plan, Tour
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.violation import Violation
from busplan.domain.rules.wording import say_minutes

RULE = "week_caps"


def check_week_caps(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """In each ISO week no bus and no person exceeds its ``week_max_min``.

    A bus counts from preparing to finishing each tour, a person the working time of each duty.
    """
    buses = Counter[tuple[str, str]]()
    people = Counter[tuple[str, str]]()
    for tour in plan.tours:
        week = week_of(tour.service_date)
        buses[tour.bus_id, week] += _bus_min(tour, problem)
        for duty in tour.duties:
            people[duty.crew_id, week] += duty.work_min
    yield from _over(buses, {bus.id: bus.week_max_min for bus in problem.buses}, "on the road")
    yield from _over(people, {one.id: one.week_max_min for one in problem.crew}, "of work")


def _bus_min(tour: Tour, problem: PlanningProblem) -> int:
    bus = problem.bus_by_id[tour.bus_id]
    return tour.return_min + bus.finish_min - (tour.depart_min - bus.prepare_min)


def _over(
    spent: Counter[tuple[str, str]], caps: Mapping[str, int | None], what: str
) -> Iterator[Violation]:
    for (name, week), minutes in sorted(spent.items()):
        cap = caps[name]
        if cap is not None and minutes > cap:
            yield Violation(
                RULE,
                f"{name} {week}",
                f"{name} has {say_minutes(minutes)} {what} in {week},"
                f" {say_minutes(cap)} are allowed",
            )
