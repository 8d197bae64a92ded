"""How sentences for planners name days, durations and places."""

from datetime import date

from busplan.domain.dates import WEEKDAYS
from busplan.domain.places import StopId
from busplan.domain.problem import PlanningProblem

_MINUTES_PER_HOUR = 60


def say_day(day: date) -> str:
    """A date with its weekday: Mo 2026-11-30."""
    return f"{WEEKDAYS[day.weekday()]} {day}"


def say_minutes(minutes: int) -> str:
    """A duration: 45 min, 6 h, 6 h 1 min."""
    hours, rest = divmod(minutes, _MINUTES_PER_HOUR)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def say_node(node: str, problem: PlanningProblem) -> str:
    """A stop by its name; any other node of the travel matrix is a depot, named by its id."""
    stop = problem.stop_by_id.get(StopId(node))
    return stop.name if stop else f"depot {node}"
