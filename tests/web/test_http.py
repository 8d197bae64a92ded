"""How answers travel: caching, CORS, HEAD, protective headers, limits, pages."""

import logging
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from busplan.web.envelope import Envelope
from busplan.web.public_app import OPEN_TYPES
from tests.web.timetables import make_area_visit, make_client, make_timetable, make_week

DYNAMIC, PREPARED = "/api/v1/visits?town=Dueren", "/api/v1/towns/05358008/next-visit"
MARKER = "Geheimwort"


@pytest.mark.parametrize("path", [DYNAMIC, PREPARED, "/api/v1/openapi.json"])
def test_an_answer_known_already_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]

    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert client.get(path, headers={"If-None-Match": '"other"'}).content == first.content


@pytest.mark.parametrize("path", [DYNAMIC, PREPARED])
def test_answers_may_be_kept_for_a_short_time(client: TestClient, path: str) -> None:
    assert client.get(path).headers["cache-control"] == "public, max-age=30, must-revalidate"


def test_the_tag_changes_with_the_answer(tmp_path: Path) -> None:
    with_visit = make_client(make_timetable(make_area_visit()), tmp_path).get(PREPARED)
    without = make_client(make_timetable(), tmp_path).get(PREPARED)

    assert with_visit.headers["etag"] != without.headers["etag"]


def test_problems_are_not_kept(client: TestClient) -> None:
    assert client.get("/api/v1/visits?limit=0").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", [DYNAMIC, PREPARED, "/api/v1/visits?limit=0", "/"])
def test_head_tells_the_headers_of_get(client: TestClient, path: str) -> None:
    got, told = client.get(path), client.head(path)

    assert (told.status_code, told.content) == (got.status_code, b"")
    assert told.headers["content-length"] == got.headers["content-length"]


def test_any_page_may_read_the_api_without_credentials(client: TestClient) -> None:
    answer = client.get(PREPARED, headers={"Origin": "https://town.example"})

    assert answer.headers.get_list("access-control-allow-origin") == ["*"]
    assert "access-control-allow-credentials" not in answer.headers


def test_other_pages_may_only_read(client: TestClient) -> None:
    asked = {"Origin": "https://town.example", "Access-Control-Request-Method": "POST"}

    answer = client.options("/api/v1/visits/v1/events", headers=asked)

    assert answer.headers["access-control-allow-methods"] == "GET, HEAD"
    assert "authorization" not in answer.headers["access-control-allow-headers"].lower()


@pytest.mark.parametrize("path", ["/", "/nowhere", PREPARED, "/api/v1/nowhere"])
def test_every_answer_is_protected(client: TestClient, path: str) -> None:
    headers = client.get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"].startswith("default-src ")


def test_pages_load_nothing_from_elsewhere(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]

    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "http" not in policy
    assert "unsafe" not in policy


def test_a_tile_server_named_in_the_settings_may_send_images(tmp_path: Path) -> None:
    tiles = "https://tiles.example:8443/{z}/{x}/{y}.png"
    client = make_client(make_week(), tmp_path, tile_url=tiles, tile_attribution="us")

    policy = client.get("/").headers["content-security-policy"]

    assert "img-src 'self' data: https://tiles.example:8443;" in policy


def test_pages_are_served_and_always_checked_for_news(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>Jugendmobil</title>")
    page = client.get("/")

    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["cache-control"] == "no-cache"
    again = client.get("/", headers={"If-None-Match": page.headers["etag"]})
    assert again.status_code == 304
    assert "content-security-policy" in again.headers


def test_pages_outside_the_folder_are_out_of_reach(client: TestClient, tmp_path: Path) -> None:
    (tmp_path.parent / "secret.txt").write_text(MARKER)

    for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%00"):
        assert client.get(path).status_code == 404


def test_the_publishers_own_files_are_not_served(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / ".publication.json").write_text("{}")
    (tmp_path / ".next").mkdir()
    (tmp_path / ".next" / "index.html").write_text("half")

    for path in ("/.publication.json", "/.next/", "/.next/index.html"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(("name", "kind"), sorted(OPEN_TYPES.items()))
def test_open_formats_have_their_type_and_may_be_read_by_other_sites(
    name: str, kind: str, client: TestClient, tmp_path: Path
) -> None:
    (tmp_path / f"file{name}").write_bytes(b"content")
    (tmp_path / "index.html").write_text("<!doctype html><title>Jugendmobil</title>")

    served = client.get(f"/file{name}")

    assert served.headers["content-type"] == kind
    assert served.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client.get("/").headers


def test_only_pages_made_for_it_may_be_framed_by_others(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "einbetten").mkdir()
    for folder in (tmp_path, tmp_path / "einbetten"):
        (folder / "index.html").write_text("<!doctype html><title>Jugendmobil</title>")

    page, embedded = client.get("/"), client.get("/einbetten/")

    assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
    assert embedded.headers["content-security-policy"].endswith("frame-ancestors *")


def test_a_missing_icon_is_no_error(client: TestClient, tmp_path: Path) -> None:
    """Browsers ask for it unbidden, and a 404 would show as an error in their console."""
    missing = client.get("/favicon.ico")
    (tmp_path / "favicon.ico").write_bytes(b"icon")

    assert (missing.status_code, missing.content) == (204, b"")
    assert client.get("/favicon.ico").content == b"icon"


def test_people_get_a_page_where_nothing_is_and_programs_a_problem(
    client: TestClient, tmp_path: Path
) -> None:
    """The same page whether something was there before or never: its absence tells nothing."""
    (tmp_path / "404.html").write_text("<!doctype html><title>Nichts</title>")

    gone, never = client.get("/halt/secret/index.html"), client.get("/halt/never/")
    api = client.get("/api/v1/nothing")

    assert (gone.status_code, never.status_code, api.status_code) == (404, 404, 404)
    assert gone.content == never.content == b"<!doctype html><title>Nichts</title>"
    assert dict(gone.headers) == dict(never.headers)
    assert gone.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in gone.headers["content-security-policy"]
    assert api.headers["content-type"] == "application/problem+json"
    assert client.get("/favicon.ico").status_code == 204


def test_a_fault_is_logged_without_what_the_visitor_typed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def faulty(scope: Scope, receive: Receive, send: Send) -> None:
        raise KeyError(scope["query_string"].decode())

    client = TestClient(Envelope(faulty, policy="default-src 'self'", max_body_bytes=10))
    with caplog.at_level(logging.DEBUG, logger="busplan"):
        answer = client.get(f"/api/v1/visits?town={MARKER}")

    assert answer.status_code == 500
    assert answer.json()["detail"] == "Something went wrong here."
    assert "KeyError in " in caplog.text
    assert MARKER not in caplog.text
