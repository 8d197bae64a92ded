"""Staff tell what happens, and the public reads it at once."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from busplan.domain.dates import at
from busplan.domain.public_timetable import PublicStatus
from busplan.domain.stop_events import EventKind
from busplan.publishing.words import Words
from busplan.storage.store import Store
from busplan.usecases.revoke_token import revoke_token
from tests.factories import MONDAY
from tests.web.house import NOON, TOWN, VISIT, Staff, make_staff, publish_visit

ARRIVE = {"kind": "arrive"}
CANCEL = {"kind": "cancel", "reason": "crew_ill"}
SHOWN_AS_CANCELLED = f">{Words().state(PublicStatus.CANCELLED)}<"
MOVE = {"kind": "move", "to_stop": "s2", "opens": "16:00", "closes": "17:30"}


@pytest.fixture
def staff(engine: Engine, tmp_path: Path) -> Iterator[Staff]:
    publish_visit(engine)
    staff = make_staff(engine, tmp_path)
    with staff.client:
        yield staff


def public_visit(staff: Staff) -> dict[str, Any]:
    (visit,) = staff.client.get(f"/api/v1/visits?town={TOWN}").json()["items"]
    return dict(visit)


def test_a_cancelled_visit_shows_as_such_at_once(staff: Staff) -> None:
    before = staff.client.get(f"/api/v1/towns/{TOWN}/next-visit").json()

    status, state = staff.tell(CANCEL)

    assert (status, state["status"]) == (201, "cancelled")
    after = staff.client.get(f"/api/v1/towns/{TOWN}/next-visit").json()
    assert before["next"]["status"] == "planned"
    assert after["next"] is None
    assert [visit["status"] for visit in after["upcoming"]] == ["cancelled"]


def test_the_public_never_reads_why(staff: Staff) -> None:
    staff.tell(CANCEL)

    for path in ("/api/v1/visits", f"/api/v1/towns/{TOWN}/next-visit", "/api/v1/weeks/2026-W49"):
        assert "ill" not in staff.client.get(path).text


def test_a_moved_visit_shows_its_new_stop_and_times_at_once(staff: Staff) -> None:
    status, state = staff.tell(MOVE)

    visit = public_visit(staff)
    assert status == 201
    assert state["moved_to"] == {"to_stop": "s2", "opens": "16:00", "closes": "17:30"}
    assert (visit["status"], visit["stop"]["id"], visit["opens_clock"]) == ("moved", "s2", "16:00")
    assert visit["moved_from"] == "Halt s1"


def test_arriving_and_leaving_with_a_tally(staff: Staff) -> None:
    staff.now = at(MONDAY, 901)
    staff.tell(ARRIVE)
    open_now = public_visit(staff)["status"]
    staff.now = at(MONDAY, 960)

    status, state = staff.tell({"kind": "leave", "tally": {"10_to_13": 4, "14_to_17": 7}})

    assert (open_now, public_visit(staff)["status"]) == ("open", "done")
    assert (status, state["contacts"]) == (201, 11)
    assert state["tally"] == {"10_to_13": 4, "14_to_17": 7}
    assert state["arrived_at"] < state["left_at"]


def test_the_tally_is_for_staff_only(staff: Staff) -> None:
    staff.now = at(MONDAY, 930)
    staff.tell(ARRIVE)
    staff.tell({"kind": "leave", "tally": {"14_to_17": 4711}})

    assert "4711" not in staff.client.get("/api/v1/visits?from=2026-11-30").text


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (CANCEL, CANCEL),
        (CANCEL, ARRIVE),
        (ARRIVE, ARRIVE),
        (ARRIVE, MOVE),
        (None, {"kind": "leave"}),
    ],
)
def test_contradictions_are_refused_with_a_reason(
    staff: Staff, first: dict[str, str] | None, second: dict[str, str]
) -> None:
    if first:
        assert staff.tell(first)[0] == 201

    status, problem = staff.tell(second)

    assert (status, problem["kind"]) == (409, "EventRefused")
    assert VISIT in problem["detail"]


def test_a_move_to_a_stop_without_agreement_is_refused_and_changes_nothing(staff: Staff) -> None:
    status, _ = staff.tell(MOVE | {"to_stop": "wild"})

    assert (status, public_visit(staff)["status"]) == (409, "planned")


@pytest.mark.parametrize(
    ("body", "faulty"),
    [
        ({"kind": "dance"}, "body"),
        ({"kind": "cancel"}, "reason"),
        ({"kind": "cancel", "reason": "Lisa is ill"}, "reason"),
        ({"kind": "arrive", "note": "Lisa was here"}, "note"),
        ({"kind": "leave", "tally": {"14_to_17": -1}}, "14_to_17"),
        ({"kind": "leave", "tally": {"Lisa": 1}}, "Lisa"),
        ({"kind": "arrive", "at": "2026-11-30T12:00:00"}, "at"),
        ({"kind": "arrive", "at": (NOON + timedelta(hours=1)).isoformat()}, "at"),
        (MOVE | {"closes": "15:59"}, "closes"),
        (MOVE | {"opens": "25:00"}, "opens"),
        ([], "body"),
    ],
)
def test_bodies_that_cannot_be_used_are_422(staff: Staff, body: object, faulty: str) -> None:
    status, problem = staff.tell(body)

    assert (status, problem["status"]) == (422, 422)
    assert any(faulty in (fault["where"], *fault["name"].split(".")) for fault in problem["errors"])


def test_a_body_that_is_no_json_is_a_400_problem(staff: Staff) -> None:
    answer = staff.client.post(
        f"/api/v1/visits/{VISIT}/events",
        content=b"{",
        headers=staff.headers() | {"Content-Type": "application/json"},
    )

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_visit_of_no_published_plan_is_unknown(staff: Staff) -> None:
    assert staff.tell(ARRIVE, visit="2026-11-30-wilde13-2")[0] == 404


@pytest.mark.parametrize("announced", [True, False])
def test_bodies_that_are_too_large_are_refused(staff: Staff, announced: bool) -> None:
    body = b'{"kind": "arrive"' + b" " * 1000 + b"}"

    answer = staff.client.post(
        f"/api/v1/visits/{VISIT}/events",
        content=body if announced else iter([body]),
        headers=staff.headers() | {"Content-Type": "application/json"},
    )

    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert public_visit(staff)["status"] == "planned"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", f"/api/v1/visits/{VISIT}/events"),
        ("GET", f"/api/v1/visits/{VISIT}/state"),
        ("GET", "/api/v1/board/2026-11-30"),
    ],
)
@pytest.mark.parametrize("header", [None, "Bearer wrong", "Basic d3Jvbmc6d3Jvbmc=", "Bearer"])
def test_without_a_good_token_nothing_is_told_or_taken(
    staff: Staff, method: str, path: str, header: str | None
) -> None:
    headers = {"Authorization": header} if header else {}

    answer = staff.client.request(method, path, json=ARRIVE, headers=headers)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"
    assert staff.client.get("/api/v1/visits").json()["items"][0]["status"] == "planned"


def test_a_revoked_token_opens_nothing(staff: Staff, engine: Engine) -> None:
    revoke_token(engine, "bus")

    assert staff.tell(ARRIVE)[0] == 401


def test_staff_read_the_state_and_the_board_of_a_day(staff: Staff) -> None:
    staff.tell(CANCEL)

    state = staff.client.get(f"/api/v1/visits/{VISIT}/state", headers=staff.headers())
    board = staff.client.get("/api/v1/board/2026-11-30", headers=staff.headers())

    assert state.headers["cache-control"] == board.headers["cache-control"] == "no-store"
    assert (state.json()["reason"], state.json()["stop"]) == ("crew_ill", "s1")
    assert [line["visit"] for line in board.json()["visits"]] == [VISIT]
    assert board.json()["visits"][0]["status"] == "cancelled"


def test_what_was_told_is_in_the_log(staff: Staff, engine: Engine) -> None:
    staff.tell(MOVE)
    staff.tell(CANCEL)

    with Store.reading(engine) as store:
        kinds = [event.kind for event in store.stop_events.of_visit(VISIT)]
    assert kinds == [EventKind.MOVE, EventKind.CANCEL]


def test_a_cancelled_visit_shows_on_the_pages_too(engine: Engine, tmp_path: Path) -> None:
    publish_visit(engine)
    staff = make_staff(engine, tmp_path)
    page = tmp_path / "maps" / "2026-W49" / "index.html"
    with staff.client:
        wait_for_text(page, "Halt s1")
        before = page.read_text()

        staff.tell(CANCEL)

        wait_for_text(page, SHOWN_AS_CANCELLED)
    assert SHOWN_AS_CANCELLED not in before


def wait_for_text(page: Path, text: str) -> None:
    for _ in range(600):
        if page.exists() and text in page.read_text():
            return
        time.sleep(0.1)
    raise TimeoutError(f"{text!r} did not appear on the page")
