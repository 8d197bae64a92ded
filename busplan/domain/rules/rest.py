"""Hard rule: unbroken rest between one day's work and the next (ArbZG § 5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from itertools import pairwise

from busplan.domain.dates import BERLIN, at, clock, elapsed_min
from busplan.domain.fleet import CrewId
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.person_days import person_days
from busplan.domain.rules.violation import Violation
from busplan.domain.rules.wording import say_day, say_minutes

RULE = "rest"


def check_rest(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """Between a person's last duty of a day and the first of a later day lies ``rest_min``.

    All buses and the past duties count. Rest is real time: in the night the clocks go forward it
    is an hour shorter than they show.
    """
    worked = _worked_days(plan, problem)
    for crew_id in sorted({day.crew_id for day in worked if day.planned}):
        days = sorted((d for d in worked if d.crew_id == crew_id), key=lambda d: d.service_date)
        for before, after in pairwise(days):
            if before.planned or after.planned:
                yield from _too_short(before, after, problem.parameters.rest_min)


@dataclass(frozen=True, slots=True, kw_only=True)
class _WorkedDay:
    crew_id: CrewId
    service_date: date
    start_min: int
    end_min: int
    planned: bool


def _worked_days(plan: Plan, problem: PlanningProblem) -> list[_WorkedDay]:
    """One entry for each person and day; a day in the plan and in the past counts as one."""
    ends: dict[tuple[CrewId, date], list[tuple[int, int]]] = {}
    planned = person_days(plan)
    for key, duties in planned.items():
        ends.setdefault(key, []).extend((duty.start_min, duty.end_min) for duty in duties)
    for past in problem.past_duties:
        key = (past.crew_id, past.service_date)
        ends.setdefault(key, []).append((past.start_min, past.end_min))
    return [
        _WorkedDay(
            crew_id=key[0],
            service_date=key[1],
            start_min=min(start for start, _ in times),
            end_min=max(end for _, end in times),
            planned=key in planned,
        )
        for key, times in ends.items()
    ]


def _too_short(before: _WorkedDay, after: _WorkedDay, rest_min: int) -> Iterator[Violation]:
    ended = at(before.service_date, before.end_min)
    rested_min = elapsed_min(ended, at(after.service_date, after.start_min))
    if rested_min >= rest_min:
        return
    earliest = (ended.astimezone(UTC) + timedelta(minutes=rest_min)).astimezone(BERLIN)
    yield Violation(
        RULE,
        f"{after.crew_id} {after.service_date}",
        f"{after.crew_id} works until {clock(before.end_min)} on {say_day(before.service_date)}"
        f" and again from {clock(after.start_min)} on {say_day(after.service_date)}:"
        f" {say_minutes(max(0, rested_min))} of rest, {say_minutes(rest_min)} are due;"
        f" the earliest lawful start is {earliest:%H:%M} on {say_day(earliest.date())}",
    )
