"""What the lookup API answers."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from busplan.domain.dates import at
from busplan.domain.places import Ags
from busplan.domain.public_timetable import PublicStatus, PublicTimetable
from busplan.web.snapshot import build_snapshot
from tests.factories import MONDAY
from tests.web.timetables import (
    DUEREN,
    NEFFELTAL,
    NIDEGGEN,
    NOERVENICH,
    day,
    make_area_visit,
    make_client,
    make_public_visit,
    make_timetable,
)

ALL_VISITS = ["v1", "v2", "v3", "v4"]


def ids(client: TestClient, query: str) -> list[str]:
    answer = client.get(f"/api/v1/visits?{query}")
    assert answer.status_code == 200, answer.text
    return [visit["id"] for visit in answer.json()["items"]]


def next_visit(timetable: PublicTimetable, tmp_path: Path, ags: str = NIDEGGEN) -> dict[str, Any]:
    answer = make_client(timetable, tmp_path).get(f"/api/v1/towns/{ags}/next-visit")
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ALL_VISITS),
        ("town=05358008", ["v2"]),
        ("town=Dueren", ["v2"]),
        ("town=nideggen", ["v1", "v4"]),
        ("town=Nidegen", ["v1", "v4"]),
        ("town=Schmidt", ["v1", "v4"]),
        ("town=Rath", ["v1", "v3", "v4"]),
        ("place=schmit", ["v1", "v4"]),
        ("place=D%C3%BCren", []),
        ("postcode=52349", ["v2"]),
        ("stop=noervenich-neffeltalhalle", ["v3"]),
        ("bus=wilde13", ["v1", "v3", "v4"]),
        ("near=50.66,6.41", ["v1", "v4"]),
        ("near=50.66,6.41&radius_km=40", ["v1", "v3", "v4"]),
        ("from=2026-12-01", ["v2", "v3", "v4"]),
        ("to=2026-12-01", ["v1", "v2"]),
        ("from=2026-12-01&to=2026-12-02&bus=ninja", ["v2"]),
        ("limit=2", ["v1", "v2"]),
        ("limit=2&offset=3", ["v4"]),
        ("offset=9", []),
    ],
)
def test_filters_choose_visits(client: TestClient, query: str, expected: list[str]) -> None:
    assert ids(client, query) == expected


def test_paging_leads_through_all_visits(client: TestClient) -> None:
    seen, address = [], "/api/v1/visits?bus=wilde13&town=Rath&from=2026-11-30&limit=1"
    while address:
        page = client.get(address).json()
        seen += [visit["id"] for visit in page["items"]]
        address = page["next"]

    assert (seen, page["total"]) == (["v1", "v3", "v4"], 3)


def test_yesterdays_visits_are_shown_to_those_who_ask_for_them(tmp_path: Path) -> None:
    week = make_timetable(make_public_visit(), as_of=at(day(1), 600))
    client = make_client(week, tmp_path)

    assert ids(client, "") == []
    assert ids(client, f"from={MONDAY}") == ["v1"]


def test_a_full_visit_tells_stop_and_times(client: TestClient) -> None:
    visit = client.get("/api/v1/visits/v1").json()

    assert visit["place"] == "known"
    assert visit["stop"]["name"] == "Dorfplatz"
    assert visit["opens"] == "2026-11-30T15:00:00+01:00"
    assert (visit["opens_clock"], visit["closes_clock"]) == ("15:00", "18:00")
    assert visit["guests"] == [{"name": "Familienbüro", "text": "Hilfen für Familien"}]
    assert visit["contact"] is None


def test_a_visit_below_full_says_whom_to_ask(client: TestClient) -> None:
    visit = client.get("/api/v1/visits/v2").json()

    assert visit["place"] == "ask"
    assert visit["contact"]["phone"] == "02421 22-0"
    assert visit["day_part"] == "afternoon"
    hidden = ("stop", "opens", "closes", "opens_clock", "closes_clock", "moved_from")
    assert {name: visit[name] for name in hidden} == dict.fromkeys(hidden)


def test_a_visit_that_ends_at_midnight_closes_on_the_next_day(tmp_path: Path) -> None:
    late = make_timetable(make_public_visit(open_min=1320, close_min=1440))
    visit = make_client(late, tmp_path).get("/api/v1/visits/v1").json()

    assert visit["closes"] == "2026-12-01T00:00:00+01:00"
    assert visit["closes_clock"] == "24:00"


def test_the_next_visit_is_the_first_that_takes_place(tmp_path: Path) -> None:
    week = make_timetable(
        make_public_visit(1, open_min=600, close_min=660),
        make_public_visit(2, status=PublicStatus.CANCELLED),
        make_public_visit(3, service_date=day(1)),
    )

    found = next_visit(week, tmp_path)

    assert found["next"]["id"] == "v3"
    assert [visit["id"] for visit in found["upcoming"]] == ["v2", "v3"]


def test_an_area_visit_stays_next_until_its_day_is_over(tmp_path: Path) -> None:
    """Vanishing at its hidden closing time would tell that time."""
    visit = make_area_visit()
    evening = make_timetable(visit, as_of=at(visit.service_date, 1439))
    midnight = make_timetable(visit, as_of=at(visit.service_date, 1440))

    assert next_visit(evening, tmp_path, DUEREN)["next"]["id"] == "v2"
    assert next_visit(midnight, tmp_path, DUEREN)["next"] is None


@pytest.mark.parametrize(
    ("status", "minute", "expected"),
    [
        (PublicStatus.PLANNED, 1079, "v1"),
        (PublicStatus.PLANNED, 1080, None),
        (PublicStatus.OPEN, 1100, "v1"),
        (PublicStatus.DONE, 1000, None),
    ],
)
def test_a_full_visit_is_over_when_it_closes_or_the_bus_has_left(
    status: PublicStatus, minute: int, expected: str | None, tmp_path: Path
) -> None:
    week = make_timetable(make_public_visit(status=status), as_of=at(MONDAY, minute))

    found = next_visit(week, tmp_path)["next"]

    assert (found and found["id"]) == expected


def test_a_town_without_visits_still_has_an_answer(tmp_path: Path) -> None:
    found = next_visit(make_timetable(), tmp_path, NOERVENICH)

    assert (found["next"], found["upcoming"]) == (None, [])
    assert found["contact"]["mail"] == "bus@example.org"


@pytest.mark.parametrize(
    ("query", "towns"),
    [
        ("Dueren", ["Düren"]),
        ("05358008", ["Düren"]),
        ("52388", ["Nörvenich"]),
        ("eschweiler uber feld", ["Nörvenich"]),
        ("Rath", ["Nideggen", "Nörvenich"]),
    ],
)
def test_next_visit_by_name(client: TestClient, query: str, towns: list[str]) -> None:
    answer = client.get("/api/v1/next-visit", params={"town": query}).json()

    assert [item["town"]["name"] for item in answer["items"]] == towns


def test_weeks_and_their_visits(client: TestClient) -> None:
    (week,) = client.get("/api/v1/weeks").json()["items"]

    visits = client.get(f"/api/v1/weeks/{week['week']}").json()["visits"]

    assert [visit["id"] for visit in visits] == ALL_VISITS
    assert (week["first_day"], week["last_day"]) == ("2026-11-30", "2026-12-06")


def test_places_are_listed_or_searched(client: TestClient) -> None:
    everything = client.get("/api/v1/places").json()["items"]
    found = client.get("/api/v1/places", params={"q": "rath"}).json()["items"]

    assert {place["kind"] for place in everything} == {"place"}
    assert [place["town"]["name"] for place in found][:2] == ["Nideggen", "Nörvenich"]
    assert found[0]["closeness"] == "exact"


@pytest.mark.parametrize(
    "path",
    [
        "visits/2026-11-30-wilde13-1",
        "towns/05358999/next-visit",
        "next-visit?town=qqqqqq",
        "weeks/2026-W50",
        "nowhere",
    ],
)
def test_what_is_unknown_is_a_404_problem(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_unknown_names_are_told_all_at_once(client: TestClient) -> None:
    answer = client.get("/api/v1/visits?town=qqqqqq&stop=x&bus=y&postcode=00000&place=zzzzzz")

    faulty = {fault["name"] for fault in answer.json()["errors"]}
    assert (answer.status_code, faulty) == (404, {"town", "stop", "bus", "postcode", "place"})


@pytest.mark.parametrize(
    ("query", "faulty"),
    [
        (
            "limit=0&offset=-1&from=x&near=1&postcode=1&bsu=1",
            {"limit", "offset", "from", "near", "postcode", "bsu"},
        ),
        ("from=2026-12-02&to=2026-12-01&limit=x", {"to", "limit"}),
        ("radius_km=3&limit=x", {"radius_km", "limit"}),
        ("near=91,0&radius_km=101", {"near", "radius_km"}),
        ("near=nan,6", {"near"}),
        ("near=1,2,3", {"near"}),
        (f"town={'x' * 81}", {"town"}),
        ("limit=201", {"limit"}),
    ],
)
def test_invalid_parameters_are_told_all_at_once(
    client: TestClient, query: str, faulty: set[str]
) -> None:
    answer = client.get(f"/api/v1/visits?{query}")

    assert answer.status_code == 422
    assert {fault["name"] for fault in answer.json()["errors"]} == faulty


def test_before_anything_is_published_the_api_says_so(tmp_path: Path) -> None:
    answer = make_client(None, tmp_path).get("/api/v1/visits")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")


def test_prepared_answers_are_those_of_the_endpoints(client: TestClient) -> None:
    """An unused parameter leads past the short way, to the endpoint."""
    snapshot = client.app.state.holder.current

    for path, prepared in snapshot.prepared.items():
        for address in (path, f"{path}?unused=1"):
            if address != "/api/v1/visits?unused=1":
                assert client.get(address).content == prepared.body


@pytest.mark.parametrize("name", ["Düren", "duren", "52351", "Nörvenich"])
def test_next_visit_by_name_is_the_same_on_both_ways(client: TestClient, name: str) -> None:
    short = client.get("/api/v1/next-visit", params={"town": name})
    long = client.get("/api/v1/next-visit", params={"town": name, "unused": "1"})

    assert short.content == long.content


def test_a_snapshot_is_stale_when_a_visit_closes_or_the_day_ends() -> None:
    visit = make_public_visit(stop_id=NEFFELTAL.id, ags=Ags(NOERVENICH))
    during = build_snapshot(make_timetable(visit, as_of=at(MONDAY, 1000)))
    after = build_snapshot(make_timetable(visit, as_of=at(MONDAY, 1080)))

    assert during.stale_at == at(MONDAY, 1080)
    assert after.stale_at == at(MONDAY + timedelta(days=1), 0)
