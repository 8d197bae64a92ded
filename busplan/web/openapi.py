"""The OpenAPI document: FastAPI's own, with our examples and problem details put in."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import FastAPI

from busplan.web.schemas.problem import ProblemOut

_NEVER_SENT = ("HTTPValidationError", "ValidationError")
"""FastAPI's description of validation errors; ours are problem details."""


@cache
def examples() -> dict[str, dict[str, Any]]:
    """By operation id: ``request`` (path and query) and ``answer``, as a test gets it."""
    text = files("busplan.web.schemas").joinpath("examples.json").read_text("utf-8")
    read: dict[str, dict[str, Any]] = json.loads(text)
    return read


def build_document(app: FastAPI) -> bytes:
    """The document as JSON. Examples come in late since FastAPI would drop their nulls."""
    document = app.openapi()
    for path in document["paths"].values():
        for operation in path.values():
            if example := examples().get(operation["operationId"]):
                content = operation["responses"]["200"]["content"]["application/json"]
                content["example"] = example["answer"]
    schemas = document["components"]["schemas"]
    for name in _NEVER_SENT:
        schemas.pop(name, None)
    ours = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(ours.pop("$defs", {}), ProblemOut=ours)
    return json.dumps(document, ensure_ascii=False).encode()
