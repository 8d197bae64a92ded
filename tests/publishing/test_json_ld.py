"""schema.org events, expanded to a graph by PyLD without asking any server."""

import json
from html.parser import HTMLParser
from typing import Any

from pyld import jsonld

from busplan.domain.places import StopId
from busplan.publishing.address import PublicAddress
from busplan.publishing.json_ld import CONTEXT, FILE, json_ld_files, stop_events
from tests.publishing.timetables import make_public_stop, make_timetable

HOME = PublicAddress(url="https://bus.example/")
SCHEMA = "https://schema.org/"


def expand(document: str) -> list[dict[str, Any]]:
    """The events with every term as a full address; only schema.org's context is known."""

    def load(url: str, options: object) -> dict[str, Any]:
        assert url == CONTEXT
        vocabulary = {"@context": {"@vocab": SCHEMA}}
        return {"contextUrl": None, "documentUrl": url, "document": vocabulary}

    return jsonld.expand(json.loads(document), {"documentLoader": load})


def value(node: dict[str, Any], term: str) -> Any:
    """The one value of a schema.org property."""
    (found,) = node[SCHEMA + term]
    return found.get("@value", found)


def everything() -> list[dict[str, Any]]:
    return expand(json_ld_files(make_timetable(), HOME)[FILE].decode())


def test_every_visit_is_an_event_with_a_neutral_name() -> None:
    events = everything()

    assert len(events) == 5
    assert {event["@type"][0] for event in events} == {SCHEMA + "Event"}
    assert {value(event, "name") for event in events} == {"Jugendmobil"}
    assert {value(value(event, "organizer"), "name") for event in events} == {"Testkreis"}


def test_a_full_visit_has_moment_place_and_page() -> None:
    event = everything()[0]

    assert value(event, "startDate") == "2026-11-30T15:00:00+01:00"
    assert value(event, "endDate") == "2026-11-30T20:00:00+01:00"
    place = value(event, "location")
    assert (place["@type"], value(place, "name")) == ([SCHEMA + "Place"], "Marktplatz")
    assert value(value(place, "address"), "addressLocality") == "Altdorf"
    assert value(value(place, "geo"), "latitude") == 50.86
    assert value(event, "url") == "https://bus.example/halt/square/"


def test_an_area_visit_has_its_date_and_no_place() -> None:
    event = everything()[1]

    assert value(event, "startDate") == value(event, "endDate") == "2026-11-30"
    assert {SCHEMA + "location", SCHEMA + "url"} & event.keys() == set()


def test_moved_and_cancelled_visits_say_so() -> None:
    states = [value(event, "eventStatus").removeprefix(SCHEMA) for event in everything()]

    assert states == [
        "EventScheduled", "EventScheduled", "EventRescheduled", "EventCancelled", "EventCancelled",
    ]  # fmt: skip


def test_a_stop_page_can_hold_its_events_whatever_its_name_is() -> None:
    names = ["</script><script>alert(1)</script>", "<!--<script>", "A & B", '"quoted"']
    for name in names:
        timetable = make_timetable(stops=(make_public_stop(name=name),), tours=())

        script = stop_events(timetable, StopId("square"), HOME)

        parser = _Elements()
        parser.feed(f'<script type="application/ld+json">{script}</script>')
        assert parser.opened == ["script"]
        first, cancelled = expand(script)
        assert value(value(first, "location"), "name") == name
        assert value(cancelled, "eventStatus") == SCHEMA + "EventCancelled"


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
