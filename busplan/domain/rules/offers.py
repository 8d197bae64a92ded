"""Hard rule: bus and crew can give what a visit offers."""

from collections.abc import Iterator

from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.violation import Violation

RULE = "offers"


def check_offers(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """The bus carries each visit's offer, and at least one person on board can give it."""
    for tour, visit in plan.visits():
        offer = problem.demand_by_id[visit.demand_id].offer
        if offer not in problem.bus_by_id[tour.bus_id].offers:
            yield Violation(RULE, visit.id, f"{tour.bus_id} does not carry the offer {offer}")
        crew = [problem.crew_by_id[duty.crew_id] for duty in tour.duties]
        if not any(offer in member.offers for member in crew):
            names = ", ".join(member.id for member in crew) or "no crew"
            yield Violation(
                RULE, visit.id, f"{offer} is offered, but no one on board ({names}) can give it"
            )
