"""Hard rule: both buses are not in one town on one day unless that was asked for."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from busplan.domain.fleet import BusId
from busplan.domain.places import Ags
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.violation import Violation
from busplan.domain.rules.wording import say_day

RULE = "same_town"


def check_same_town(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """On one day at most one bus visits a municipality without a joint demand record there.

    A tour with a visit in the town whose demand record is joint does not count.
    """
    for (day, ags), buses in sorted(_uninvited(plan, problem).items()):
        if len(buses) > 1:
            town = problem.municipality_by_ags.get(ags)
            yield Violation(
                RULE,
                f"{day} {ags}",
                f"{' and '.join(sorted(buses))} are both in {town.name if town else ags} on"
                f" {say_day(day)}, and no demand record there asks for both",
            )


def _uninvited(plan: Plan, problem: PlanningProblem) -> dict[tuple[date, Ags], set[BusId]]:
    """Buses by day and town that visit it for demand records none of which is joint."""
    found = defaultdict[tuple[date, Ags], set[BusId]](set)
    for tour in plan.tours:
        towns = defaultdict[Ags, list[bool]](list)
        for visit in tour.visits:
            joint = problem.demand_by_id[visit.demand_id].joint
            towns[problem.stop_by_id[visit.stop_id].ags].append(joint)
        for ags, joints in towns.items():
            if not any(joints):
                found[tour.service_date, ags].add(tour.bus_id)
    return found
