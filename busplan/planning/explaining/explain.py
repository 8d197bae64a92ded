"""Why demand is unserved, and the smallest change that would serve it: found by solving.

A demand record without any allowed visit names the rules of its least forbidden one, lifted to
see whether it then fits. One whose visits fit into no tour is tried with longer shifts. The rest
is priced: forced into the plan, to see what gives way (``prices``). Where a plan can have it
beside all it serves, after a change that somebody can make, that change is named (``remedies``);
otherwise what has to go for it.
"""

import threading
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from busplan.domain.demand import DemandId, DemandRecord, need_spans
from busplan.domain.objective import counted_before
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.solution import Unserved
from busplan.planning.explaining.changes import with_longer_shifts
from busplan.planning.explaining.lifting import OTHER_DAY, can_lift, lift
from busplan.planning.explaining.nearby import AskedEnough, Nearby
from busplan.planning.explaining.prices import (
    COMPETITION,
    LONGER_SEARCH,
    SEARCH,
    Ground,
    Reason,
    what_gives_way,
)
from busplan.planning.explaining.remedies import GRID_MIN, smallest_change
from busplan.planning.explaining.surroundings import Surroundings
from busplan.planning.stopping import Stopper
from busplan.planning.weeks.candidates import Candidate, Refusal, list_candidates
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.selection import Choice
from busplan.planning.weeks.tours import list_tours

TOURS = 5_000
"""Tours listed to look for changes that help, heaviest demand first; then prices alone are told."""
MOST_LIFTED = 3
"""Refusals of a demand record that are lifted to see whether it then fits."""
LONGEST_STEPS = 48
LAST_SECONDS = 10.0
"""How long reasons are looked for once the search was stopped: somebody is waiting."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A plan, what was refused, where each demand record is asked about, and how much may be."""

    problem: PlanningProblem
    plan: Plan
    refusals: Sequence[Refusal]
    ground_of: Callable[[DemandId], Ground]
    nearby: Nearby
    stopper: Stopper


def explain_unserved(
    master: Master,
    choice: Choice,
    refusals: Sequence[Refusal],
    plan: Plan,
    stopper: Stopper | None = None,
) -> tuple[Unserved, ...]:
    """One entry for every demand record with fewer visits than wished, in the problem's order.

    A search that was stopped is explained without looking for changes, for ``LAST_SECONDS`` at
    most. One stopped meanwhile leaves the rest unexplained and says so.
    """
    ended = stopper is not None and stopper.asked
    stopper = Stopper() if stopper is None or ended else stopper
    around = Surroundings.of(master, choice)
    nearby = Nearby(master.problem, plan, 0 if ended else TOURS, stopper)
    inquiry = Inquiry(master.problem, plan, refusals, around.ground, nearby, stopper)
    if not ended:
        return explain(inquiry)
    patience = threading.Timer(LAST_SECONDS, stopper.stop)
    patience.daemon = True
    patience.start()
    try:
        return explain(inquiry)
    finally:
        patience.cancel()


def explain_plan(
    problem: PlanningProblem, plan: Plan, stopper: Stopper, tours: int
) -> tuple[Unserved, ...]:
    """The same for a plan known only by what it holds; so many tours are listed for changes."""
    _, refusals = list_candidates(problem)
    nearby = Nearby(problem, plan, tours, stopper)
    ground_of = partial(nearby.ground, problem)
    return explain(Inquiry(problem, plan, refusals, ground_of, nearby, stopper))


def explain(inquiry: Inquiry) -> tuple[Unserved, ...]:
    """Every demand record with fewer visits than wished; the heaviest are looked into first."""
    short = [
        (demand, *shortage)
        for demand in inquiry.problem.demands
        if (shortage := missing_visits(demand, inquiry.plan, inquiry.problem))[0]
    ]
    found = {}
    for demand, missing, least_missed in sorted(short, key=lambda s: (not s[2], -s[0].weight)):
        reason = _reason(demand, inquiry)
        found[demand.id] = Unserved(
            demand_id=demand.id,
            missing=missing,
            least_missed=least_missed,
            rule=reason.rule,
            reason=reason.sentence,
            remedy=reason.remedy,
        )
    return tuple(found[demand.id] for demand, _, _ in short)


def missing_visits(demand: DemandRecord, plan: Plan, problem: PlanningProblem) -> tuple[int, bool]:
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


def _reason(demand: DemandRecord, inquiry: Inquiry) -> Reason:
    """The reason with the smallest change that helps; with a price where there is none."""
    if inquiry.stopper.asked:
        return Reason(SEARCH, "the search was ended before this was looked into", LONGER_SEARCH)
    ground = inquiry.ground_of(demand.id)
    allowed = [c for c in ground.master.candidates if c.demand_id == demand.id]
    if not allowed:
        return _least_forbidden(demand, inquiry)
    if not ground.carriers:
        reason = _does_not_fit(demand, allowed, inquiry.problem)
    else:
        reason = what_gives_way(demand, ground, inquiry.plan, inquiry.stopper)
    return reason if reason.rule == SEARCH else _with_change(reason, demand, inquiry)


def _with_change(reason: Reason, demand: DemandRecord, inquiry: Inquiry) -> Reason:
    """The reason with the smallest change that helps, if there is one, and the rule it eases."""
    try:
        remedy = smallest_change(inquiry.problem, demand.id, inquiry.nearby)
    except AskedEnough:
        return reason
    if remedy is None:
        return reason
    if reason.rule != COMPETITION:
        return replace(reason, remedy=remedy.sentence)
    sentence = f"{remedy.change.holds} leave no room; {reason.sentence}"
    return Reason(remedy.change.rule, sentence, remedy.sentence)


def _least_forbidden(demand: DemandRecord, inquiry: Inquiry) -> Reason:
    """The refusal with the fewest grounds whose remedies, once applied, let the visit fit.

    Where none does, one whose remedy is not just another day, with what else has to go.
    """
    mine = [refusal for refusal in inquiry.refusals if refusal.demand_id == demand.id]
    if not mine:
        return Reason("stops", "there is no stop where it could be served", "name a stop")
    mine.sort(key=lambda r: (len(r.grounds), all(fix == OTHER_DAY for _, _, fix in r.grounds)))
    fewest = [refusal for refusal in mine if len(refusal.grounds) == len(mine[0].grounds)]
    distinct = list({refusal.grounds: refusal for refusal in reversed(fewest)}.values())[::-1]
    if not can_lift(mine[0]):
        return _refused(mine[0])
    try:
        for refusal in filter(can_lift, distinct[:MOST_LIFTED]):
            lifted = lift(inquiry.problem, refusal)
            if inquiry.nearby.beside_all(lifted, demand.id) is not None:
                return _refused(refusal)
    except AskedEnough:
        return _refused(mine[0])
    return _refused_and_displacing(mine[0], demand, inquiry)


def _refused_and_displacing(refusal: Refusal, demand: DemandRecord, inquiry: Inquiry) -> Reason:
    """Its remedies do not suffice: what would have to go as well."""
    plain = _refused(refusal)
    ground = inquiry.nearby.ground(lift(inquiry.problem, refusal), demand.id)
    if not ground.carriers:
        return plain
    price = what_gives_way(demand, ground, inquiry.plan, inquiry.stopper)
    if price.rule != COMPETITION:
        return plain
    return Reason(
        plain.rule, f"{plain.sentence}; then {price.sentence}", f"{plain.remedy} and {price.remedy}"
    )


def _refused(refusal: Refusal) -> Reason:
    return Reason(
        refusal.grounds[0][0],
        "; ".join(reason for _, reason, _ in refusal.grounds),
        " and ".join(dict.fromkeys(fix for _, _, fix in refusal.grounds)),
    )


def _does_not_fit(
    demand: DemandRecord, allowed: Sequence[Candidate], problem: PlanningProblem
) -> Reason:
    """Even alone on a tour it breaks shifts, breaks or the cap: try longer shifts."""
    alone = replace(problem, demands=(demand,), pins=(), past_duties=())

    def fits(steps: int) -> bool:
        eased = with_longer_shifts(alone, steps * GRID_MIN)
        candidates, _ = list_candidates(eased)
        return bool(list_tours(eased, candidates))

    steps = range(LONGEST_STEPS + 1)
    place = bisect_left(steps, True, key=fits)
    if not place:
        return Reason(
            "rest",
            "rest after work before these weeks leaves too little of the days it could be",
            "another person for one of the days",
        )
    if place < len(steps):
        return Reason(
            "shifts",
            "drive, set-up, visit and breaks fit into nobody's shift",
            f"shifts {steps[place] * GRID_MIN} min longer at both ends",
        )
    bus = problem.bus_by_id[allowed[0].bus_id]
    return Reason(
        "breaks",
        f"with drive and set-up by {bus.name} it is longer than a lawful working day",
        "a shorter visit",
    )
