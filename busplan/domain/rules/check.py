"""The check of a whole plan: every hard rule, in one stable order."""

from collections.abc import Callable, Iterator

from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.agreements import check_agreements
from busplan.domain.rules.bans import check_bans
from busplan.domain.rules.break_places import check_break_places
from busplan.domain.rules.breaks import check_breaks
from busplan.domain.rules.closed_days import check_closed_days
from busplan.domain.rules.licence import check_licence
from busplan.domain.rules.offers import check_offers
from busplan.domain.rules.overlaps import check_overlaps
from busplan.domain.rules.patterns import check_patterns
from busplan.domain.rules.power import check_power
from busplan.domain.rules.publication import check_publication
from busplan.domain.rules.references import check_references, sound_part
from busplan.domain.rules.rest import check_rest
from busplan.domain.rules.same_town import check_same_town
from busplan.domain.rules.shifts import check_shifts
from busplan.domain.rules.travel import check_travel
from busplan.domain.rules.vehicle import check_vehicle
from busplan.domain.rules.vehicle_fit import check_vehicle_fit
from busplan.domain.rules.violation import Violation
from busplan.domain.rules.week_caps import check_week_caps
from busplan.domain.rules.windows import check_windows

Rule = Callable[[Plan, PlanningProblem], Iterator[Violation]]

ALL_RULES: tuple[Rule, ...] = (
    check_references,
    check_windows,
    check_travel,
    check_shifts,
    check_breaks,
    check_break_places,
    check_rest,
    check_week_caps,
    check_licence,
    check_offers,
    check_vehicle,
    check_vehicle_fit,
    check_power,
    check_agreements,
    check_closed_days,
    check_patterns,
    check_overlaps,
    check_same_town,
    check_publication,
    check_bans,
)
"""Every hard rule; a rule sees only tours whose references hold, but for the first."""


def check_plan(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """Every hard rule that the plan breaks; nothing for a plan that may be published.

    References come first. The other rules judge the tours whose references hold, so that any
    plan, however it was made, gets an answer.
    """
    yield from check_references(plan, problem)
    sound = sound_part(plan, problem)
    for rule in ALL_RULES:
        if rule is not check_references:
            yield from rule(sound, problem)
