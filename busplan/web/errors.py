"""The one place where errors become HTTP: problem details after RFC 9457."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from busplan.domain.errors import (
    BusplanError,
    EventRefused,
    InvalidInput,
    NotAllowed,
    NotFound,
    PlanBroken,
)
from busplan.web.filters import UnknownNames
from busplan.web.schemas.problem import Fault, ProblemOut

PROBLEM_JSON = "application/problem+json"
STATUS = {
    NotFound: 404,
    NotAllowed: 401,
    EventRefused: 409,
    PlanBroken: 409,
    InvalidInput: 422,
}
RETRY_SECONDS = 60
_PLAINER = {"extra_forbidden": "nothing of this name", "missing": "a value"}


class NothingPublished(Exception):
    """There is no public timetable (yet)."""


def problem(
    status: int,
    detail: str,
    kind: str,
    faults: tuple[Fault, ...] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    """A response that holds one problem; never cached."""
    body = ProblemOut(
        title=HTTPStatus(status).phrase, status=status, detail=detail, kind=kind, errors=faults
    )
    return Response(
        body.model_dump_json(),
        status_code=status,
        media_type=PROBLEM_JSON,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def register(app: FastAPI) -> None:
    """Let the app answer every error as a problem."""
    app.add_exception_handler(BusplanError, _busplan)
    app.add_exception_handler(UnknownNames, _unknown_names)
    app.add_exception_handler(NothingPublished, _nothing_published)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems an endpoint may answer with, for its OpenAPI."""
    schema = {"$ref": "#/components/schemas/ProblemOut"}
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {PROBLEM_JSON: {"schema": schema}},
        }
        for status in statuses
    }


def _busplan(_: Request, error: Exception) -> Response:
    status = next((s for kind, s in STATUS.items() if isinstance(error, kind)), 500)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    found = error.problems if isinstance(error, InvalidInput) else ()
    faults = tuple(Fault(where=p.file, name=p.column, expected=p.expected) for p in found)
    return problem(status, str(error), type(error).__name__, faults, headers)


def _unknown_names(_: Request, error: Exception) -> Response:
    assert isinstance(error, UnknownNames)
    faults = tuple(
        Fault(where="query", name=name, expected="a name known here") for name in error.parameters
    )
    return problem(404, "Nothing here has that name.", "NotFound", faults)


def _nothing_published(_: Request, __: Exception) -> Response:
    retry = {"Retry-After": str(RETRY_SECONDS)}
    return problem(503, "Nothing is published yet.", "NothingPublished", headers=retry)


def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    details = error.errors()
    if any(detail["type"] == "json_invalid" for detail in details):
        return problem(400, "The body is not JSON.", "InvalidInput")
    return problem(422, "The request cannot be used.", "InvalidInput", tuple(map(_fault, details)))


def _fault(detail: dict[str, Any]) -> Fault:
    where, *inner = (str(part) for part in detail["loc"])
    expected = _PLAINER.get(detail["type"]) or str(detail["msg"]).removeprefix("Value error, ")
    return Fault(where=where, name=".".join(inner), expected=expected)


def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    return problem(error.status_code, phrase, phrase.replace(" ", ""), headers=error.headers)  # type: ignore[arg-type]
