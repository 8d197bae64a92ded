"""What the site's pages say of towns, stops and today; each story of young people in one place."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from busplan.domain.dates import at
from busplan.domain.places import Ags, StopId
from busplan.domain.public_timetable import PublicStatus, PublicTimetable
from busplan.publishing.bus_view import bus_key
from busplan.publishing.languages import GERMAN
from busplan.publishing.pages import make_publication
from busplan.publishing.site.paths import root_of, town_pages
from tests.factories import MONDAY, make_municipality
from tests.publishing.seen import Seen
from tests.publishing.timetables import (
    BIG,
    SMALL,
    make_area_visit,
    make_public_visit,
    make_timetable,
)

START, LEAVE, MISSING = "index.html", "neu.html", "404.html"
ALTDORF, BEERENAU = "ort/altdorf/index.html", "ort/beerenau/index.html"
SQUARE = "halt/square/index.html"
SAME_DAY, LATER = MONDAY, MONDAY + timedelta(days=2)


def read(timetable: PublicTimetable, page: str) -> Seen:
    return Seen(make_publication(timetable)[page])


def test_the_start_page_tells_the_next_visit_of_every_town() -> None:
    page = read(make_timetable(), START)

    assert "Altdorf G Mo 30.11. 15:00–20:00 kommt Marktplatz" in page.text
    assert "Beerenau K Mo 30.11. vormittags kommt Ort bitte erfragen" in page.text
    assert "Heute: Montag, 30. November" in page.text


def test_a_town_without_a_visit_says_so() -> None:
    page = read(make_timetable(visits=()), ALTDORF)

    assert "Gerade ist kein Halt veröffentlicht." in page.text
    assert "Heute steht kein Halt im Plan." in read(make_timetable(visits=()), START).text


def test_a_town_page_holds_all_visits_of_both_buses_from_today_on() -> None:
    yesterday = make_public_visit(9, service_date=MONDAY - timedelta(days=1))
    visits = (yesterday, make_public_visit(1), make_area_visit(2, service_date=LATER))

    page = read(make_timetable(visits=visits), ALTDORF)

    assert [a["id"] for tag, a in page.tags if a.get("class", "").startswith("visit state")] == [
        visits[1].id,
        visits[2].id,
    ]
    assert "Großer Bus" in page.text
    assert "Kleiner Bus" in page.text


@pytest.mark.parametrize("path", [START, ALTDORF, SQUARE])
def test_that_all_is_only_a_demo_is_said_after_the_answer(path: str) -> None:
    page = make_publication(make_timetable(), languages=(GERMAN,))[path].decode()

    answer = page.index('id="query"' if path == START else 'class="next-card')
    assert answer < page.index('class="demo"') < page.index("</main>")
    assert page.count('class="demo"') == 1


def test_a_page_offers_the_choice_among_the_buses_that_visit_there() -> None:
    tuesday = MONDAY + timedelta(days=1)
    visits = (make_public_visit(1), make_area_visit(2), make_area_visit(3, service_date=tuesday))
    both, one = make_timetable(visits=visits), make_timetable(visits=visits[:1])

    assert choices(read(both, ALTDORF)) == ["", bus_key(BIG), bus_key(SMALL)]
    assert choices(read(one, ALTDORF)) == []
    assert "Kleiner Bus" not in read(one, ALTDORF).text


def choices(page: Seen) -> list[str | None]:
    """What the buttons of the choice among buses stand for; the first one for all."""
    return [a["value"] for tag, a in page.tags if tag == "button" and "value" in a]


@pytest.mark.parametrize("status", [PublicStatus.CANCELLED, PublicStatus.DONE])
def test_what_does_not_come_stays_today_and_the_next_visit_is_told(status: PublicStatus) -> None:
    visits = (make_public_visit(1, status=status), make_public_visit(2, service_date=LATER))

    page = read(make_timetable(visits=visits), ALTDORF)

    word = "fällt aus" if status is PublicStatus.CANCELLED else "vorbei"
    assert "Der nächste Halt Mittwoch, 2. Dezember 15:00–20:00 Marktplatz" in page.text
    assert f"15:00–20:00 G Großer Bus Marktplatz Oberdorf erfunden {word}" in page.text


def test_the_next_visit_is_not_one_that_has_closed() -> None:
    visits = (make_public_visit(1), make_public_visit(2, service_date=LATER))
    timetable = make_timetable(visits=visits)

    at_close = replace(timetable, as_of=at(MONDAY, 20 * 60))
    before = replace(timetable, as_of=at(MONDAY, 20 * 60 - 1))

    assert "Der nächste Halt Mittwoch" in read(at_close, ALTDORF).text
    assert "Der nächste Halt Montag" in read(before, ALTDORF).text


def test_of_a_visit_whose_times_are_not_public_no_closing_time_is_told() -> None:
    """It is the next visit until the day ends, whenever it may really close."""
    timetable = make_timetable(visits=(make_area_visit(1),), as_of=at(MONDAY, 23 * 60 + 59))

    page = read(timetable, ALTDORF)

    assert "Der nächste Halt Montag, 30. November nachmittags" in page.text
    untils = {a["data-until"] for _, a in page.tags if "data-until" in a}
    assert untils == {"2026-12-01T00:00:00+01:00"}


def test_a_visit_moved_to_another_town_is_still_told_in_the_first() -> None:
    moved = make_public_visit(
        1,
        ags=Ags("05358008"),
        stop_id=StopId("school"),
        status=PublicStatus.MOVED,
        moved_from="Marktplatz",
        from_ags=Ags("05358004"),
    )
    timetable = make_timetable(visits=(moved,))

    old, new = read(timetable, ALTDORF), read(timetable, BEERENAU)

    assert "jetzt in Beerenau" in old.text
    assert "verlegt" in old.text
    assert "Gerade ist kein Halt veröffentlicht." in old.text
    assert "Der nächste Halt Montag, 30. November 15:00–20:00 Schulhof" in new.text
    assert "jetzt in" not in new.text


def test_a_stop_page_tells_how_to_get_there() -> None:
    page = read(make_timetable(), "halt/school/index.html")

    for words in ("Schulhof", "Gemeinde Beerenau", "Ort Oberdorf", "Nächste Haltestelle Schule"):
        assert words in page.text
    assert "Bei schlechtem Wetter Aula" in page.text
    assert {"href": "geo:50.79000,6.47000"} in [a for tag, a in page.tags if tag == "a"]


def test_the_way_out_is_on_every_page_and_leads_to_an_empty_one() -> None:
    files = make_publication(make_timetable(), languages=(GERMAN,))

    for name, content in files.items():
        if name.endswith(".html") and name != LEAVE:
            page = Seen(content)
            (way_out,) = [a for tag, a in page.tags if a.get("id") == "leave"]
            root = "/" if name == MISSING else root_of(name)
            assert way_out["href"] == root + LEAVE
            assert "Der Verlauf deines Browsers bleibt" in page.text
    assert Seen(files[LEAVE]).text.replace("\u200b", "").strip() == "Neue Seite"


def test_towns_of_one_name_have_pages_of_their_own() -> None:
    towns = [
        make_municipality("05358016", "Hürtgenwald"),
        make_municipality("05358004", "Rath"),
        make_municipality("05358008", "Rath"),
    ]

    assert list(town_pages(towns).values()) == [
        "ort/huertgenwald/index.html",
        "ort/rath-05358004/index.html",
        "ort/rath-05358008/index.html",
    ]


def test_towns_and_stops_lead_to_their_calendars_and_stops_hold_their_events() -> None:
    files = make_publication(make_timetable(), languages=(GERMAN,))
    stop = files["halt/square/index.html"].decode()

    assert "../../kalender/halt-square.ics" in stop
    assert "../../kalender/ort-05358004.ics" in files["ort/altdorf/index.html"].decode()
    events = json.loads(stop.partition('"application/ld+json">')[2].partition("</script>")[0])
    assert [event["startDate"] for event in events["@graph"]] == [
        "2026-11-30T15:00:00+01:00",
        "2026-12-04T15:00:00+01:00",
    ]
