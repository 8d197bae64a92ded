"""A plan as a readable JSON file, ours or made by hand, with its JSON Schema beside this module."""

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from busplan.domain.dates import clock
from busplan.domain.errors import InvalidInput, Problem
from busplan.domain.plan import Duty, Tour, Visit
from busplan.domain.solution import Quality, Solution
from busplan.exchange.plan_document import PlanDocument
from busplan.exchange.tables import shorten

SCHEMA_FILE = "plan.schema.json"


def write_plan(solution: Solution) -> str:
    """The same solution always gives the same text: keys in order, two spaces, a last newline."""
    plan = solution.plan
    document: dict[str, Any] = {
        "format": "busplan-plan-1",
        "county": plan.county,
        "first_day": plan.first_day.isoformat(),
        "weeks": plan.weeks,
        "tours": [_tour(tour) for tour in plan.tours],
    }
    if solution.quality is not None:
        document["quality"] = _quality(solution.quality)
    document["unserved"] = [
        {
            "demand": unserved.demand_id,
            "missing": unserved.missing,
            "least_missed": unserved.least_missed,
            "rule": unserved.rule,
            "reason": unserved.reason,
            "remedy": unserved.remedy,
        }
        for unserved in solution.unserved
    ]
    document["lost_blocks"] = [
        {
            "block": lost.block_id,
            "date": lost.service_date.isoformat(),
            "rule": lost.rule,
            "reason": lost.reason,
        }
        for lost in solution.lost_blocks
    ]
    document["lost_pins"] = list(solution.lost_pins)
    return _text(document)


def read_plan(text: str, file: str) -> Solution:
    """What the text says; ``file`` names it in problems.

    Raises ``InvalidInput`` with every problem, each with its place as a JSON path.
    """
    try:
        return PlanDocument.model_validate_json(text).to_domain()
    except ValidationError as error:
        problems = tuple(_problem(file, details) for details in error.errors())
    except UnicodeEncodeError:
        problems = (Problem(file=file, expected="a text in UTF-8"),)
    raise InvalidInput(f"{file} is no plan: {len(problems)} problems", problems)


def build_plan_schema() -> str:
    """The JSON Schema (2020-12) of plans, as ``plan.schema.json`` ships it."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **PlanDocument.model_json_schema(),
    }
    return _text(schema)


def load_plan_schema() -> str:
    """The JSON Schema that this release publishes."""
    return files("busplan.exchange").joinpath(SCHEMA_FILE).read_text(encoding="utf-8")


def _text(document: Mapping[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _tour(tour: Tour) -> dict[str, Any]:
    return {
        "date": tour.service_date.isoformat(),
        "bus": tour.bus_id,
        "depart": clock(tour.depart_min),
        "back": clock(tour.return_min),
        "drive_min": tour.drive_min,
        "length_m": tour.length_m,
        "visits": [_visit(visit) for visit in tour.visits],
        "duties": [_duty(duty) for duty in tour.duties],
    }


def _visit(visit: Visit) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": visit.id,
        "demand": visit.demand_id,
        "stop": visit.stop_id,
        "arrival": clock(visit.arrival_min),
        "open": clock(visit.open_min),
        "close": clock(visit.close_min),
        "departure": clock(visit.departure_min),
    }
    if visit.block_id is not None:
        shown["block"] = visit.block_id
    if visit.level is not None:
        shown["level"] = visit.level.value
    return shown


def _duty(duty: Duty) -> dict[str, Any]:
    return {
        "crew": duty.crew_id,
        "drives": duty.drives,
        "start": clock(duty.start_min),
        "end": clock(duty.end_min),
        "breaks": [
            {"start": clock(pause.start_min), "end": clock(pause.end_min)} for pause in duty.breaks
        ],
    }


def _quality(quality: Quality) -> dict[str, Any]:
    return {
        "terms": quality.terms.as_dict(),
        "cost": quality.cost,
        "bound": quality.bound,
        "proof": quality.proof.value,
    }


def _problem(file: str, details: ErrorDetails) -> Problem:
    expected = details["msg"].removeprefix("Value error, ")
    if details["type"] in {"json_invalid", "missing"}:
        return Problem(file=file, column=_json_path(details["loc"]), expected=expected)
    value = shorten(repr(details["input"]))
    return Problem(file=file, column=_json_path(details["loc"]), value=value, expected=expected)


def _json_path(steps: Iterable[int | str]) -> str:
    """As RFC 9535 writes it: ``$.tours[0].visits[1].open``."""
    return "$" + "".join(
        f"[{step}]"
        if isinstance(step, int)
        else f".{step}"
        if step.isidentifier()
        else f"[{step!r}]"
        for step in steps
    )
