"""Nothing below its publication level leaves through any endpoint."""

from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from busplan.domain.publication import open_gate
from busplan.web.snapshot import build_snapshot
from tests.houses import NOW, Case, build_house, cases, secrets_of, shown_names
from tests.web.asgi import get_all
from tests.web.timetables import make_client

some_cases = st.lists(cases(), min_size=1, max_size=5)
few = settings(max_examples=30, deadline=None)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return make_client(None, tmp_path_factory.mktemp("maps"))


def publish(client: TestClient, given: list[Case], salt: int = 0) -> None:
    timetable = open_gate(build_house(given, salt), NOW)
    client.app.state.holder.swap(build_snapshot(timetable))


def addresses(client: TestClient, given: list[Case]) -> list[str]:
    """Every prepared answer, and searches and filters that probe for what is hidden."""
    secrets = sorted({text[:80] for text in secrets_of(given)})
    probes = [{"near": "50.9111,6.1111", "radius_km": 100}, {"near": "50.7,6.5"}]
    probes += [{"from": "2026-01-01"}, {"town": "Altdorf", "from": "2026-01-01"}]
    probes += [{"stop": text, "place": text} for text in secrets]
    return [
        *client.app.state.holder.current.prepared,
        *(f"/api/v1/visits?{urlencode(probe)}" for probe in probes),
        *(f"/api/v1/places?{urlencode({'q': text})}" for text in secrets),
        *(f"/api/v1/next-visit?{urlencode({'town': text})}" for text in ("Altdorf", "52457")),
    ]


def read(client: TestClient, paths: list[str]) -> dict[str, str]:
    """Status, headers and body of each answer."""
    return {
        path: f"{status} {headers} {body.decode()}"
        for path, (status, headers, body) in get_all(client.app, paths).items()
    }


@few
@given(given=some_cases)
def test_no_endpoint_tells_a_secret(client: TestClient, given: list[Case]) -> None:
    publish(client, given)
    answers = read(client, addresses(client, given))

    for secret in secrets_of(given):
        for path, text in answers.items():
            assert secret not in text, path


@few
@given(given=some_cases)
def test_answers_do_not_depend_on_secrets(client: TestClient, given: list[Case]) -> None:
    """Two houses that differ in secrets alone answer every request alike, byte for byte."""
    publish(client, given, salt=0)
    paths = addresses(client, given)
    first = read(client, paths)

    publish(client, given, salt=1)
    assert read(client, paths) == first


@few
@given(given=some_cases)
def test_what_is_public_is_told(client: TestClient, given: list[Case]) -> None:
    publish(client, given)
    answers = "".join(read(client, list(client.app.state.holder.current.prepared)).values())

    assert all(name in answers for name in shown_names(given))
