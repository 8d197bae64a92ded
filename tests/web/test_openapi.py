"""The OpenAPI tells the truth: its examples are real answers, and real answers fit its schemas."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from busplan.web.openapi import examples
from tests.web.example_answers import REQUESTS, real_examples


@pytest.fixture
def openapi(client: TestClient) -> dict[str, Any]:
    document: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return document


def operations(openapi: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        operation["operationId"]: operation
        for path in openapi["paths"].values()
        for operation in path.values()
    }


def validator(openapi: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(schema | {"components": openapi["components"]})


def test_examples_are_the_answers_to_their_requests(client: TestClient) -> None:
    assert real_examples(client) == examples()


@pytest.mark.parametrize("operation_id", REQUESTS)
def test_answers_and_examples_fit_the_schema(
    operation_id: str, client: TestClient, openapi: dict[str, Any]
) -> None:
    answer = operations(openapi)[operation_id]["responses"]["200"]["content"]["application/json"]
    schema = validator(openapi, answer["schema"])

    schema.validate(answer["example"])
    schema.validate(client.get(REQUESTS[operation_id]).json())


@pytest.mark.parametrize(
    "request_path",
    ["/api/v1/visits?limit=0", "/api/v1/visits?town=qqqqqq", "/api/v1/nowhere"],
)
def test_problems_fit_the_schema(
    request_path: str, client: TestClient, openapi: dict[str, Any]
) -> None:
    answer = client.get(request_path)

    assert answer.headers["content-type"] == "application/problem+json"
    schema = openapi["components"]["schemas"]["ProblemOut"]
    validator(openapi, schema).validate(answer.json())


def test_every_reference_leads_somewhere(openapi: dict[str, Any]) -> None:
    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            here = [node["$ref"]] if "$ref" in node else []
            return here + [r for value in node.values() for r in references(value)]
        return [r for value in node for r in references(value)] if isinstance(node, list) else []

    for reference in references(openapi):
        *_, kind, name = reference.split("/")
        assert name in openapi["components"][kind]


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_no_documentation_page_that_asks_foreign_hosts(path: str, client: TestClient) -> None:
    assert client.get(path).status_code == 404
