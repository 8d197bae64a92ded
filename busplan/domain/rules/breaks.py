"""Hard rule: nobody works too long in a day or without a break (ArbZG §§ 3, 4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from busplan.domain.dates import clock
from busplan.domain.parameters import Parameters
from busplan.domain.plan import Break, Duty, Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.person_days import person_days
from busplan.domain.rules.violation import Violation
from busplan.domain.rules.wording import say_day, say_minutes

RULE = "breaks"


def check_breaks(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """Each person's day keeps the cap on work, has the breaks due, and no stretch is too long.

    A day runs from the start of a person's first duty to the end of the last. What counts as a
    break in it: planned breaks, and the time between two duties, of at least ``break_piece_min``
    each; but not what opens or closes the day. All else is work. A break is due when the work
    then left is above ``break_after_min``, a longer one above ``long_break_after_min``; between
    counted breaks nobody works longer than ``work_stretch_max_min``.
    """
    for (crew_id, day), duties in person_days(plan).items():
        worked = _worked_day(duties, problem.parameters)
        for sentence in _unlawful(worked, problem.parameters):
            yield Violation(RULE, f"{crew_id} {day}", f"{crew_id} on {say_day(day)}: {sentence}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _WorkedDay:
    """One person's day: counted breaks, and the stretches of work between them."""

    stretches: tuple[tuple[int, int], ...]
    break_min: int

    @property
    def work_min(self) -> int:
        return sum(end_min - start_min for start_min, end_min in self.stretches)


def _worked_day(duties: tuple[Duty, ...], numbers: Parameters) -> _WorkedDay:
    start_min = min(duty.start_min for duty in duties)
    end_min = max(duty.end_min for duty in duties)
    stretches = []
    break_min = 0
    since_min = start_min
    for pause in sorted(_pauses(duties), key=lambda pause: pause.start_min):
        counts = pause.length_min >= numbers.break_piece_min
        if counts and start_min < pause.start_min and pause.end_min < end_min:
            stretches.append((since_min, max(since_min, pause.start_min)))
            break_min += max(0, pause.end_min - max(since_min, pause.start_min))
            since_min = max(since_min, pause.end_min)
    return _WorkedDay(stretches=(*stretches, (since_min, end_min)), break_min=break_min)


def _pauses(duties: tuple[Duty, ...]) -> Iterator[Break]:
    """Planned breaks, and the gaps between duties that are in order of their start."""
    for duty in duties:
        yield from duty.breaks
    for before, after in pairwise(duties):
        if before.end_min < after.start_min:
            yield Break(start_min=before.end_min, end_min=after.start_min)


def _unlawful(day: _WorkedDay, numbers: Parameters) -> Iterator[str]:
    if day.work_min > numbers.work_day_max_min:
        yield (
            f"{say_minutes(day.work_min)} of work,"
            f" {say_minutes(numbers.work_day_max_min)} are allowed"
        )
    due_min, after_min = _break_due(day.work_min, numbers)
    if day.break_min < due_min:
        yield (
            f"{say_minutes(day.work_min)} of work with {say_minutes(day.break_min)} of breaks;"
            f" above {say_minutes(after_min)} {say_minutes(due_min)} are due,"
            f" in pieces of at least {say_minutes(numbers.break_piece_min)}"
        )
    for start_min, end_min in day.stretches:
        if end_min - start_min > numbers.work_stretch_max_min:
            yield (
                f"{say_minutes(end_min - start_min)} of work without a break, from"
                f" {clock(start_min)} to {clock(end_min)};"
                f" {say_minutes(numbers.work_stretch_max_min)} are allowed"
            )


def _break_due(work_min: int, numbers: Parameters) -> tuple[int, int]:
    """Minutes of break due, and the minutes of work above which they are."""
    if work_min > numbers.long_break_after_min:
        return numbers.long_break_min, numbers.long_break_after_min
    if work_min > numbers.break_after_min:
        return numbers.break_min, numbers.break_after_min
    return 0, numbers.break_after_min
