"""What one more visit costs: forced into the plan beside the tours near it.

Where no plan holds it, one family of coupling rules is lifted at a time, to see what gives way.
"""

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from busplan.domain.demand import DemandId, DemandRecord
from busplan.domain.objective import cost_of, lost_pins
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.planning.explaining.changes import with_demand
from busplan.planning.stopping import Stopper
from busplan.planning.weeks.assembly import make_plan
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.rows import INFINITY
from busplan.planning.weeks.selection import Selection, select

FORCED_WORK = 0.5
"""Deterministic units for each forced plan; small pools settle far sooner."""
MOST_WEIGHT = 1000
COMPETITION = "competition"
SEARCH = "search"
LONGER_SEARCH = "a longer search"

FAMILIES: tuple[tuple[str, str, str], ...] = (
    ("rest", "11 hours of rest between two days' work", "another person for one of the days"),
    ("shifts", "the shifts of those who are there", "a longer shift"),
    ("licence", "drivers with the licence", "one more licensed driver that day"),
    ("offers", "people who can give the offer", "one more person who can give it"),
    ("crew_size", "the number of people there", "one more crew member that day"),
    ("one_duty", "one duty a day for each person", "one more crew member that day"),
    ("crew_week", "the weekly working time of the crew", "a higher weekly cap"),
    ("bus_week", "the weekly duty cap of the bus", "a higher weekly cap"),
    ("same_town", "one bus a day in a town", "ask for a joint visit"),
    ("overlaps", "one bus at a time at a stop", "ask for a joint visit"),
    ("headway", "the spacing between its visits", "a shorter spacing"),
    ("most", "the most visits it takes in its period", "a higher limit"),
    ("pattern_day", "the weekdays allowed together", "one more visit pattern"),
    ("bus_day", "one tour a day for each bus", "one more bus or day"),
)
"""Coupling rules by the first word of their rows, what they hold, and what would lift them."""


@dataclass(frozen=True, slots=True)
class Reason:
    """The rule that binds, one sentence, and the change that helps."""

    rule: str
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Where one demand record is asked about: tours to choose from, and those that serve it.

    ``cost`` is what the present plan costs in the master's points.
    """

    master: Master
    pool: Sequence[int]
    carriers: Sequence[int]
    cost: int


def what_gives_way(demand: DemandRecord, ground: Ground, plan: Plan, stopper: Stopper) -> Reason:
    """Force one more visit in and see what it costs, or which rule forbids it beside the rest."""
    more = 1 + sum(visit.demand_id == demand.id for _, visit in plan.visits())
    forced = _force(ground, ground.master, more, stopper)
    if forced.choice is not None:
        after = make_plan(ground.master, forced.choice)
        return _price(demand, ground.master.problem, plan, after, forced.choice.cost - ground.cost)
    if not forced.proven:
        return Reason(SEARCH, "the search ended before a plan with it was found", LONGER_SEARCH)
    for family, holds, lifted in FAMILIES:
        freed = _without(ground.master, family)
        if freed is not None and _force(ground, freed, more, stopper).choice is not None:
            return Reason(family, f"{holds} does not allow it beside the other visits", lifted)
    return Reason(
        COMPETITION, "several rules together leave no room for it", "one visit fewer elsewhere"
    )


def _force(ground: Ground, master: Master, visits: int, stopper: Stopper) -> Selection:
    """The best choice with at least so many of the carriers' visits."""
    return select(
        master,
        ground.pool,
        hint=None,
        work=FORCED_WORK,
        seed=0,
        stopper=stopper,
        required=((ground.carriers, visits),),
    )


def _without(master: Master, family: str) -> Master | None:
    """The same master with one family of rows lifted; ``None`` if it has none of them."""
    lower, upper = list(master.program.lower), list(master.program.upper)
    rows = [row for row, name in enumerate(master.program.row_names()) if _family(name) == family]
    if not rows:
        return None
    for row in rows:
        lower[row], upper[row] = -INFINITY, INFINITY
    return replace(master, program=replace(master.program, lower=lower, upper=upper))


def _family(name: Hashable) -> str:
    return str(name[0]) if isinstance(name, tuple) else ""


def _price(
    demand: DemandRecord, problem: PlanningProblem, before: Plan, after: Plan, extra: int
) -> Reason:
    """What the forced plan gives up for the visit; ``extra`` are its points more."""
    if extra < 0:
        return Reason(
            SEARCH,
            f"the search ended early: with it the plan is {-extra} points better",
            LONGER_SEARCH,
        )
    lost = lost_visits(before, after, demand.id)
    names = ", ".join(say_visit(demand_id, day, problem) for demand_id, day in lost)
    broken = sorted(_held_fast(before, problem) - _held_fast(after, problem))
    if broken:
        return Reason(
            "blocks",
            f"every day it could be served is held fast: {names} would have to go",
            f"end {', '.join(broken)}, or a further bus or day for {demand.id}",
        )
    if not lost:
        return Reason(
            COMPETITION,
            f"it would cost {extra} points more in kilometres, crew or late hours than it is worth",
            _higher_weight(demand, problem, before, after),
        )
    return Reason(
        COMPETITION,
        f"it would displace {names} and cost {extra} points more",
        f"give up {names}",
    )


def _higher_weight(
    demand: DemandRecord, problem: PlanningProblem, before: Plan, after: Plan
) -> str:
    """The least weight at which the plan with the visit is as good as the one without."""

    def pays(weight: int) -> bool:
        heavier = with_demand(problem, replace(demand, weight=weight))
        return cost_of(after, heavier).total <= cost_of(before, heavier).total

    weights = range(demand.weight + 1, MOST_WEIGHT + 1)
    place = bisect_left(weights, True, key=pays)
    if place == len(weights):
        return f"a higher weight for {demand.id}"
    return f"weight {weights[place]} for {demand.id} instead of {demand.weight}"


def _held_fast(plan: Plan, problem: PlanningProblem) -> set[str]:
    """The blocks and pins that a plan keeps, in words."""
    blocks = {f"block {v.block_id}" for _, v in plan.visits() if v.block_id is not None}
    kept = set(problem.pins) - set(lost_pins(plan, problem))
    return blocks | {f"the pin of {pin.demand_id}" for pin in kept}


def lost_visits(before: Plan, after: Plan, demand_id: DemandId) -> list[tuple[DemandId, date]]:
    """What is visited before and not after, with its date, but for the demand record itself.

    A visit moved to another day is not lost.
    """
    lost = []
    days_after = _days(after)
    for other, days in sorted(_days(before).items()):
        gone = [day for day in days if day not in days_after.get(other, [])]
        fewer = len(days) - len(days_after.get(other, []))
        if other != demand_id and fewer > 0:
            lost += [(other, day) for day in gone[:fewer]]
    return lost


def _days(plan: Plan) -> dict[DemandId, list[date]]:
    days: dict[DemandId, list[date]] = {}
    for tour, visit in plan.visits():
        days.setdefault(visit.demand_id, []).append(tour.service_date)
    return days


def say_visit(demand_id: DemandId, day: date, problem: PlanningProblem) -> str:
    """A visit as planners know it: demand record, place and day."""
    demand = problem.demand_by_id[demand_id]
    town = problem.municipality_by_ags.get(demand.ags)
    where = town.name if town else demand.ags
    if demand.stop_id:
        where = problem.stop_by_id[demand.stop_id].name
    return f"{demand_id} ({where}) on {day:%a} {day}"
