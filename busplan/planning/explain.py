"""Why demand is unserved, and the smallest change that would serve it: found by solving.

A demand record without any allowed visit names the rules of its least forbidden one. One whose
visits fit into no tour is tried with longer shifts. The rest is forced into the plan, first with
all rules and then with one family of coupling rules lifted at a time, to see what gives way.
"""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from datetime import date

from busplan.domain.blocks import Block
from busplan.domain.dates import MINUTES_PER_DAY, Window
from busplan.domain.demand import DemandId, DemandRecord, need_spans
from busplan.domain.fleet import CrewMember, Shift
from busplan.domain.objective import counted_before, lost_blocks
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.solution import LostBlock, Unserved
from busplan.planning.candidates import Candidate, Refusal, list_candidates
from busplan.planning.master import Master
from busplan.planning.rows import INFINITY
from busplan.planning.selection import Choice, Selection, Stopper, select
from busplan.planning.surroundings import Surroundings
from busplan.planning.tours import list_tours

FORCED_WORK = 0.5
"""Deterministic units for each forced plan; small pools settle far sooner."""
LONGER_SHIFTS_MIN = (15, 30, 45, 60, 90, 120, 180, 240)
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
    ("headway", "the spacing between its visits", "a shorter spacing"),
    ("most", "the most visits it takes in its period", "a higher limit"),
    ("pattern_day", "the weekdays allowed together", "one more visit pattern"),
    ("bus_day", "one tour a day for each bus", "one more bus or day"),
)
"""Coupling rules by the first word of their rows, what they hold, and what would lift them."""


def explain_unserved(
    master: Master, choice: Choice, refusals: Sequence[Refusal], plan: Plan
) -> tuple[Unserved, ...]:
    """One entry for every demand record with fewer visits than wished."""
    problem = master.problem
    around = Surroundings.of(master, choice)
    found = []
    for demand in problem.demands:
        missing, least_missed = _missing(demand, plan, problem)
        if missing:
            rule, reason, remedy = _reason(demand, around, refusals)
            found.append(
                Unserved(
                    demand_id=demand.id,
                    missing=missing,
                    least_missed=least_missed,
                    rule=rule,
                    reason=reason,
                    remedy=remedy,
                )
            )
    return tuple(found)


def explain_lost_blocks(
    master: Master, plan: Plan, refusals: Sequence[Refusal], proven: bool
) -> tuple[LostBlock, ...]:
    """For every promised block visit that is not in the plan, the rule that forced it away.

    Unless the plan is proven optimal, a block that some tour could keep may only be overlooked.
    """
    return tuple(
        _lost_block(block, day, refusals, master, proven)
        for block, day in lost_blocks(plan, master.problem)
    )


def _lost_block(
    block: Block, day: date, refusals: Sequence[Refusal], master: Master, proven: bool
) -> LostBlock:
    here = (block.demand_id, block.stop_id, block.bus_id, day)
    for refusal in refusals:
        place = (refusal.demand_id, refusal.stop_id, refusal.bus_id, refusal.service_date)
        if place == here:
            grounds = refusal.grounds
            return LostBlock(
                block_id=block.id,
                service_date=day,
                rule=grounds[0][0],
                reason="; ".join(reason for _, reason, _ in grounds),
            )
    carried = any(
        master.candidates[index].block_id == block.id
        for column in master.columns
        if column.service_date == day
        for index in column.visits
    )
    if not carried:
        rule = "shifts"
        reason = f"no crew's shift, breaks and rest hold {block.window} and the drive"
    elif proven:
        rule = COMPETITION
        reason = "it cannot be kept together with other blocks, pins or rest"
    else:
        rule = "search"
        reason = "the search ended early and may have overlooked how to keep it"
    return LostBlock(block_id=block.id, service_date=day, rule=rule, reason=reason)


def _missing(demand: DemandRecord, plan: Plan, problem: PlanningProblem) -> tuple[int, bool]:
    """Visits wished but lacking over the horizon's spans, and whether the least is missed."""
    missing, least_missed = 0, False
    days = [tour.service_date for tour, visit in plan.visits() if visit.demand_id == demand.id]
    for span in need_spans(demand.period_weeks, problem.first_day, problem.weeks):
        if not any(day in demand.valid for day in span if day in problem.horizon):
            continue
        served = counted_before(demand, span, problem) + sum(day in span for day in days)
        missing += max(0, demand.wished - served)
        least_missed |= served < demand.least
    return missing, least_missed


def _reason(
    demand: DemandRecord, around: Surroundings, refusals: Sequence[Refusal]
) -> tuple[str, str, str]:
    master = around.master
    allowed = [c for c in master.candidates if c.demand_id == demand.id]
    carriers = around.carriers.get(demand.id, [])
    if allowed and not carriers:
        return _does_not_fit(demand, allowed, master.problem)
    if not allowed or set(carriers) <= set(around.choice.tours):
        return _least_forbidden(demand, refusals)
    return _what_gives_way(demand, around)


def _least_forbidden(demand: DemandRecord, refusals: Sequence[Refusal]) -> tuple[str, str, str]:
    """The refusal with the fewest grounds; of those, one whose remedy is not just another day."""
    mine = [refusal for refusal in refusals if refusal.demand_id == demand.id]
    if not mine:
        return ("stops", "there is no stop where it could be served", "name a stop")
    nearest = min(
        mine, key=lambda r: (len(r.grounds), all(fix == "another day" for _, _, fix in r.grounds))
    )
    reasons = "; ".join(reason for _, reason, _ in nearest.grounds)
    remedies = " and ".join(dict.fromkeys(fix for _, _, fix in nearest.grounds))
    return nearest.grounds[0][0], reasons, remedies


def _does_not_fit(
    demand: DemandRecord, allowed: Sequence[Candidate], problem: PlanningProblem
) -> tuple[str, str, str]:
    """Even alone on a tour it breaks shifts, breaks or the cap: try longer shifts."""
    for longer_min in LONGER_SHIFTS_MIN:
        crew = tuple(_with_longer_shifts(person, longer_min) for person in problem.crew)
        eased = replace(problem, crew=crew, demands=(demand,), pins=(), past_duties=())
        candidates, _ = list_candidates(eased)
        if list_tours(eased, candidates):
            return (
                "shifts",
                "drive, set-up, visit and breaks fit into nobody's shift",
                f"shifts {longer_min} min longer at both ends",
            )
    bus = problem.bus_by_id[allowed[0].bus_id]
    return (
        "breaks",
        f"with drive and set-up by {bus.name} it is longer than a lawful working day",
        "a shorter visit",
    )


def _with_longer_shifts(person: CrewMember, longer_min: int) -> CrewMember:
    return replace(
        person,
        shifts=tuple(
            Shift(
                weekdays=shift.weekdays,
                window=Window(
                    from_min=max(0, shift.window.from_min - longer_min),
                    to_min=min(MINUTES_PER_DAY, shift.window.to_min + longer_min),
                ),
            )
            for shift in person.shifts
        ),
    )


def _what_gives_way(demand: DemandRecord, around: Surroundings) -> tuple[str, str, str]:
    """Force one more visit in and see what it costs, or which rule forbids it beside the rest."""
    master, choice = around.master, around.choice
    pool, carriers = around.pool(demand.id), around.carriers[demand.id]
    more = _more_than_now(demand, master, choice)
    forced = _force(master, pool, carriers, more)
    if forced.choice is not None:
        return _price(demand, master, choice, forced.choice)
    if not forced.proven:
        return (SEARCH, "the search ended before a plan with it was found", LONGER_SEARCH)
    for family, holds, lift in FAMILIES:
        if _force(_without(master, family), pool, carriers, more).choice is not None:
            return (family, f"{holds} does not allow it beside the other visits", lift)
    return (COMPETITION, "several rules together leave no room for it", "one visit fewer elsewhere")


def _more_than_now(demand: DemandRecord, master: Master, choice: Choice) -> int:
    return 1 + sum(
        master.candidates[index].demand_id == demand.id
        for tour in choice.tours
        for index in master.columns[tour].visits
    )


def _force(master: Master, pool: Sequence[int], carriers: Sequence[int], visits: int) -> Selection:
    """The best choice with at least so many of the carriers' visits."""
    return select(
        master,
        pool,
        hint=None,
        work=FORCED_WORK,
        seed=0,
        stopper=Stopper(),
        required=((carriers, visits),),
    )


def _without(master: Master, family: str) -> Master:
    """The same master with one family of rows lifted."""
    lower, upper = list(master.program.lower), list(master.program.upper)
    for row, name in enumerate(master.program.row_names()):
        if _family(name) == family:
            lower[row], upper[row] = -INFINITY, INFINITY
    return replace(master, program=replace(master.program, lower=lower, upper=upper))


def _family(name: Hashable) -> str:
    return str(name[0]) if isinstance(name, tuple) else ""


def _price(
    demand: DemandRecord, master: Master, choice: Choice, forced: Choice
) -> tuple[str, str, str]:
    """What the forced plan gives up for the visit."""
    before, after = _visited(choice, master), _visited(forced, master)
    lost = sorted(before - after - {key for key in before if key[0] == demand.id})
    extra = forced.cost - choice.cost
    if extra < 0:
        return (
            SEARCH,
            f"the search ended early: with it the plan is {-extra} points better",
            LONGER_SEARCH,
        )
    names = ", ".join(_say(demand_id, day, master.problem) for demand_id, day in lost)
    broken = sorted(_held_fast(choice, master) - _held_fast(forced, master))
    if broken:
        return (
            "blocks",
            f"every day it could be served is held fast: {names} would have to go",
            f"end {', '.join(broken)}, or a further bus or day for {demand.id}",
        )
    if not lost:
        return (
            COMPETITION,
            f"it would cost {extra} points more in kilometres, crew or late hours than it is worth",
            f"a higher weight for {demand.id}",
        )
    return (
        COMPETITION,
        f"it would displace {names} and cost {extra} points more",
        f"give up {names}",
    )


def _held_fast(choice: Choice, master: Master) -> set[str]:
    """The blocks and pins that a choice keeps, in words."""
    visits = [
        master.candidates[index] for tour in choice.tours for index in master.columns[tour].visits
    ]
    blocks = {f"block {visit.block_id}" for visit in visits if visit.block_id is not None}
    return blocks | {f"the pin of {visit.demand_id}" for visit in visits if visit.pin is not None}


def _visited(choice: Choice, master: Master) -> set[tuple[DemandId, date]]:
    return {
        (master.candidates[index].demand_id, master.columns[tour].service_date)
        for tour in choice.tours
        for index in master.columns[tour].visits
    }


def _say(demand_id: DemandId, day: date, problem: PlanningProblem) -> str:
    demand = problem.demand_by_id[demand_id]
    town = problem.municipality_by_ags.get(demand.ags)
    where = town.name if town else demand.ags
    if demand.stop_id:
        where = problem.stop_by_id[demand.stop_id].name
    return f"{demand_id} ({where}) on {day:%a} {day}"
