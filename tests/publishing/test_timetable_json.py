"""The timetable as JSON: facts and words, and null for what is not public."""

import json
from typing import Any

from jsonschema import validate

from busplan.publishing.address import PublicAddress
from busplan.publishing.timetable_json import FILE, timetable_files
from tests.publishing.timetables import make_timetable

HOME = PublicAddress(url="https://bus.example/")
TEXT = {"type": "string"}
TEXT_OR_NULL = {"type": ["string", "null"]}
VISIT = {
    "type": "object",
    "required": ["id", "date", "time_text", "bus", "town", "ags", "stop", "opens", "status"],
    "properties": {
        "date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        "opens": TEXT_OR_NULL,
        "closes": TEXT_OR_NULL,
        "stop": TEXT_OR_NULL,
        "place": TEXT_OR_NULL,
        "lat": {"type": ["number", "null"]},
        "status": {"enum": ["planned", "moved", "open", "done", "cancelled"]},
        "remarks": {"type": "array", "items": TEXT},
    },
}


def read(address: PublicAddress | None = HOME) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(timetable_files(make_timetable(), address)[FILE])
    return found


def test_every_visit_has_the_same_members() -> None:
    document = read()

    validate(document, {"type": "object", "properties": {"visits": {"items": VISIT}}})
    assert len(document["visits"]) == 5
    assert len({tuple(visit) for visit in document["visits"]}) == 1


def test_a_full_visit_is_told_in_facts_and_words() -> None:
    visit = read()["visits"][0]

    assert (visit["date"], visit["date_text"]) == ("2026-11-30", "Montag, 30. November")
    assert (visit["opens"], visit["time_text"]) == ("2026-11-30T15:00:00+01:00", "15:00–20:00")
    assert (visit["town"], visit["stop"], visit["lat"]) == ("Altdorf", "Marktplatz", 50.86)
    assert visit["page"] == "https://bus.example/halt/square/"
    assert visit["calendar"].startswith("https://bus.example/kalender/besuch-2026-11-30-")


def test_an_area_visit_leaves_place_and_times_empty() -> None:
    visit = read()["visits"][1]

    empty = {name for name, value in visit.items() if value is None}
    assert empty == {"opens", "closes", "stop", "place", "lat", "lon"}
    assert (visit["town"], visit["time_text"]) == ("Beerenau", "vormittags")
    assert visit["page"] == "https://bus.example/ort/beerenau/"


def test_the_document_tells_its_age_and_whom_to_ask() -> None:
    document = read(None)

    assert document["as_of"] == "2026-11-30T08:05:00+01:00"
    assert document["contact"]["phone"] == "02421 1"
    assert all("page" not in visit for visit in document["visits"])
