"""The list for other websites: plain HTML that loads nothing but its style."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from busplan.publishing.address import PublicAddress
from busplan.publishing.embed import embed_files
from tests.browser import launch, serve, watch, write_files
from tests.factories import MONDAY
from tests.publishing.test_pages import Seen
from tests.publishing.timetables import make_public_stop, make_public_visit, make_timetable

HOME = PublicAddress(url="https://bus.example/")
PAGE, LIST = "einbetten/index.html", "einbetten/liste.html"


def test_the_list_says_when_where_and_its_age() -> None:
    text = Seen(embed_files(make_timetable(), None)[LIST]).text

    assert "Mo 30.11. 15:00–20:00 Altdorf Marktplatz Zu Gast: Familienbüro Großer Bus" in text
    assert "vormittags Beerenau Ort bitte erfragen Kleiner Bus" in text
    assert "fällt aus" in text
    assert "Stand: 30. November 2026, 08:05 Uhr" in text


def test_page_and_list_hold_the_same() -> None:
    files = embed_files(make_timetable(), HOME)

    assert files[LIST] in files[PAGE]


def test_links_lead_out_of_the_frame_to_the_site() -> None:
    page = Seen(embed_files(make_timetable(), HOME)[PAGE])

    links = [attributes for tag, attributes in page.tags if tag == "a"]
    assert {link["target"] for link in links} == {"_top"}
    assert {link["href"] for link in links} == {
        "https://bus.example/",
        "https://bus.example/halt/square/",
        "https://bus.example/halt/school/",
        "https://bus.example/ort/altdorf/",
        "https://bus.example/ort/beerenau/",
    }


def test_only_two_weeks_from_today_are_listed() -> None:
    days = (-1, 0, 13, 14)
    visits = tuple(make_public_visit(n, service_date=MONDAY + timedelta(days=n)) for n in days)

    text = Seen(embed_files(make_timetable(visits=visits), None)[LIST]).text

    assert text.count("15:00–20:00") == 2


def test_an_empty_list_says_so() -> None:
    empty = make_timetable(visits=(), stops=(), tours=())

    assert "kein Termin" in Seen(embed_files(empty, None)[LIST]).text


def test_there_is_no_script_and_names_stay_names() -> None:
    hostile = "</td><script>alert(1)</script>{{7*7}}"
    stops = (make_public_stop(name=hostile), *make_timetable().stops[1:])
    page = Seen(embed_files(replace(make_timetable(), stops=stops), HOME)[PAGE])

    assert hostile in page.text
    assert "script" not in [tag for tag, _ in page.tags]
    assert not any(name.startswith("on") or name == "style" for _, a in page.tags for name in a)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as browser:
        yield browser


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_asks_nobody_and_never_scrolls_sideways(
    width: int, browser: Browser, tmp_path: Path
) -> None:
    folder = write_files(embed_files(make_timetable(), HOME), tmp_path)
    window = {"width": width, "height": 800}

    with serve(folder) as base, watch(browser, base, viewport=window) as watched:
        page = watched.open(PAGE)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert watched.troubles == []
    assert wide <= 0
