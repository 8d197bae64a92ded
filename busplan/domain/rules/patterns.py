"""Hard rule: the visits of a demand record keep its number, spacing and visit patterns."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from busplan.domain.dates import WEEKDAYS, week_of
from busplan.domain.demand import DemandRecord, rolling_periods
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.violation import Violation
from busplan.domain.rules.wording import say_day

RULE = "patterns"


def check_patterns(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """A demand record is visited once a day, at most ``most`` times in every rolling period.

    Between two visits lie at least ``headway_min_days``; past visits count for both. Where it
    has patterns, one of them allows all weekdays of a week's visits.
    """
    for demand in problem.demands:
        days = sorted(t.service_date for t, visit in plan.visits() if visit.demand_id == demand.id)
        if days:
            past = [v.service_date for v in problem.past_visits if v.demand_id == demand.id]
            sentences = [
                *_twice_a_day(days),
                *_too_many(days, past, demand, problem),
                *_too_close(days, past, demand),
                *_no_pattern(days, demand),
            ]
            for sentence in sentences:
                yield Violation(RULE, demand.id, f"{demand.id} {sentence}")


def _twice_a_day(days: list[date]) -> Iterator[str]:
    for day, count in Counter(days).items():
        if count > 1:
            yield f"has {count} visits on {say_day(day)}, one a day is allowed"


def _too_many(
    days: list[date], past: list[date], demand: DemandRecord, problem: PlanningProblem
) -> Iterator[str]:
    for period in rolling_periods(demand.period_weeks, problem.first_day, problem.weeks):
        planned = sum(day in period for day in days)
        before = sum(day in period for day in past)
        if planned and planned + before > demand.most:
            yield (
                f"has {planned + before} visits in {period}, {before} of them before this plan;"
                f" it takes at most {demand.most}"
            )


def _too_close(days: list[date], past: list[date], demand: DemandRecord) -> Iterator[str]:
    planned = set(days)
    for before, after in pairwise(sorted(planned | set(past))):
        apart = (after - before).days
        if (before in planned or after in planned) and apart < demand.headway_min_days:
            yield (
                f"is visited on {say_day(before)} and {say_day(after)}, {apart} days apart;"
                f" {demand.headway_min_days} are asked for"
            )


def _no_pattern(days: list[date], demand: DemandRecord) -> Iterator[str]:
    if not demand.patterns:
        return
    for week in sorted({week_of(day) for day in days}):
        weekdays = {day.weekday() for day in days if week_of(day) == week}
        if not any(weekdays <= pattern for pattern in demand.patterns):
            names = ", ".join(WEEKDAYS[day] for day in sorted(weekdays))
            yield f"is visited on {names} in {week}, which no pattern of it allows together"
