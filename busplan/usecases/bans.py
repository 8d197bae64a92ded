"""Bans as planners write them: ``n-heimbach:2026-12-03:ninja``."""

from collections.abc import Iterator, Sequence
from datetime import date

from busplan.domain.demand import DemandId
from busplan.domain.errors import InvalidInput, Problem
from busplan.domain.fleet import BusId
from busplan.domain.places import StopId
from busplan.domain.problem import Ban, PlanningProblem

SEPARATOR = ":"


def parse_bans(texts: Sequence[str], problem: PlanningProblem) -> tuple[Ban, ...]:
    """The bans that the texts name: a demand record, then in any order a date, a bus and a stop.

    Raises ``InvalidInput`` with every part of every text that names nothing, or nothing more.
    """
    problems = [fault for text in texts for fault in _faults(text, problem)]
    if problems:
        raise InvalidInput(f"{len(problems)} parts of bans cannot be read", tuple(problems))
    return tuple(_ban(text, problem) for text in dict.fromkeys(texts))


def _faults(text: str, problem: PlanningProblem) -> Iterator[Problem]:
    demand_id, *parts = text.split(SEPARATOR)
    if demand_id not in problem.demand_by_id:
        yield _fault(text, demand_id, "a demand record")
    kinds = [_kind(part, problem) for part in parts]
    for number, (part, kind) in enumerate(zip(parts, kinds, strict=True)):
        if not kind:
            yield _fault(
                text,
                part,
                f"a date from {problem.horizon.first} to {problem.horizon.last}, a bus or a stop",
            )
        elif kind in kinds[:number]:
            yield _fault(text, part, f"one {kind} only")


def _fault(text: str, part: str, expected: str) -> Problem:
    return Problem(file=f"ban {text!r}", value=part, expected=expected)


def _kind(part: str, problem: PlanningProblem) -> str:
    """``bus``, ``stop`` or ``date``; empty for what is none of them."""
    if part in problem.bus_by_id:
        return "bus"
    if part in problem.stop_by_id:
        return "stop"
    day = _date(part)
    return "date" if day is not None and day in problem.horizon else ""


def _ban(text: str, problem: PlanningProblem) -> Ban:
    demand_id, *parts = text.split(SEPARATOR)
    named = {_kind(part, problem): part for part in parts}
    return Ban(
        demand_id=DemandId(demand_id),
        stop_id=StopId(named["stop"]) if "stop" in named else None,
        bus_id=BusId(named["bus"]) if "bus" in named else None,
        service_date=date.fromisoformat(named["date"]) if "date" in named else None,
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
