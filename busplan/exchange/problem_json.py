"""A planning problem as JSON, whole: for bug reports, and to plan the very same week again.

Keys are the fields of the domain types, dates ISO 8601, sets sorted lists; the same problem
always gives the same text.
"""

import json
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from busplan.domain.errors import InvalidInput, Problem
from busplan.domain.problem import PlanningProblem
from busplan.exchange.tables import shorten


def problem_parts(problem: PlanningProblem) -> dict[str, Any]:
    """The problem as plain lists, dictionaries, texts and numbers."""
    parts: dict[str, Any] = _plain(problem)
    return parts


def parse_problem(parts: object, file: str) -> PlanningProblem:
    """The problem that such parts tell; ``file`` names them in problems.

    Raises ``InvalidInput`` with every problem.
    """
    try:
        return _adapter().validate_json(json.dumps(parts))
    except ValidationError as error:
        problems = tuple(
            Problem(
                file=file,
                column=".".join(map(str, details["loc"])),
                value=shorten(repr(details["input"])),
                expected=details["msg"],
            )
            for details in error.errors()
        )
    raise InvalidInput(f"{file} holds no planning problem: {len(problems)} problems", problems)


@cache
def _adapter() -> TypeAdapter[PlanningProblem]:
    return TypeAdapter(PlanningProblem)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {spec.name: _plain(getattr(value, spec.name)) for spec in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_plain(key): _plain(value[key]) for key in sorted(value)}
    if isinstance(value, Set):
        return sorted((_plain(item) for item in value), key=str)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
