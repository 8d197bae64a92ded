"""Who is there on a day, and from when they may work after an earlier duty."""

from collections.abc import Iterator
from datetime import UTC, date, timedelta

from busplan.domain.dates import BERLIN, MINUTES_PER_DAY, Window, at
from busplan.domain.fleet import CrewMember
from busplan.domain.problem import PlanningProblem


def people_of(
    day: date, problem: PlanningProblem
) -> Iterator[tuple[CrewMember, tuple[Window, ...]]]:
    """Crew members at work on the day, with the stretches in which they may be on duty."""
    for person in problem.crew:
        if day not in person.employed or any(day in absence for absence in person.absent):
            continue
        rested_min = max(0, _rested_from(person, day, problem))
        windows = tuple(
            Window(from_min=max(shift.window.from_min, rested_min), to_min=shift.window.to_min)
            for shift in person.shifts
            if day.weekday() in shift.weekdays and rested_min < shift.window.to_min
        )
        if windows:
            yield person, windows


def rested_from(end_day: date, end_min: int, day: date, rest_min: int) -> int:
    """Minute of ``day`` by the wall clock from which rest is over after work on an earlier day.

    Rest is real time: it ends an hour later by the clock in the night the clocks go forward.
    """
    rested = at(end_day, end_min).astimezone(UTC) + timedelta(minutes=rest_min)
    wall = rested.astimezone(BERLIN)
    return (wall.date() - day).days * MINUTES_PER_DAY + wall.hour * 60 + wall.minute


def _rested_from(person: CrewMember, day: date, problem: PlanningProblem) -> int:
    """Minute of the day from which rest after the person's duties before the horizon is over."""
    return max(
        (
            rested_from(duty.service_date, duty.end_min, day, problem.parameters.rest_min)
            for duty in problem.past_duties
            if duty.crew_id == person.id and duty.service_date < day
        ),
        default=0,
    )
