"""The site in a real Chromium: search, near me, leaving quickly, old news, without a network."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from busplan.domain.places import Coordinate
from busplan.domain.public_timetable import PublicTimetable, PublicVisit
from busplan.publishing.assets import asset, site_file
from busplan.publishing.languages import GERMAN
from busplan.publishing.pages import make_publication
from busplan.publishing.site.name_list import name_list
from busplan.web.search import NameIndex, names_of
from tests.browser import launch, serve, watch, write_files
from tests.factories import MONDAY, make_municipality, make_site_facts
from tests.publishing.timetables import NOW, make_public_stop, make_public_visit, make_timetable
from tests.web.timetables import make_timetable as make_county_timetable

pytestmark = pytest.mark.browser

START, TOWN, BEERENAU = "index.html", "ort/altdorf/index.html", "ort/beerenau/index.html"
COPY_BYTES = 250_000
"""What the offline copy of a large region may take on a phone."""
OFFLINE = {"service_workers": "allow"}
KEPT = """new Promise((resolve) => {
    const look = async () => {
        const cache = await caches.open("jugendmobil");
        const urls = (await cache.keys()).map((request) => request.url);
        if (urls.some((url) => url.endsWith("/mark"))) resolve(urls);
        else setTimeout(look, 20);
    };
    look();
})"""
"""The addresses that the service worker keeps, once it has kept all."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as browser:
        yield browser


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = write_files(make_publication(make_timetable()), tmp_path_factory.mktemp("site"))
    with serve(folder) as base:
        yield base


def test_three_steps_of_a_keyboard_lead_to_the_answer(browser: Browser, base: str) -> None:
    with watch(browser, base, NOW, viewport={"width": 360, "height": 740}) as seen:
        page = seen.open(START)

        page.get_by_role("link", name="Altdorf").first.focus()
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", level=1)).to_have_text("Altdorf")
        expect(page.locator(".next-card")).to_be_in_viewport(ratio=1)
        assert seen.troubles == []


def test_the_answer_needs_no_script(browser: Browser, base: str) -> None:
    with watch(browser, base, java_script_enabled=False) as seen:
        page = seen.open(START)
        page.get_by_role("link", name="Altdorf").first.click()

        expect(page.locator(".next-card")).to_contain_text("15:00–20:00")
        expect(page.get_by_text("Älter als ein Tag?")).to_be_visible()
        page.get_by_role("link", name="Schnell weg").click()
        assert page.url == f"{base}neu.html"


def test_fresh_facts_raise_no_doubt_and_old_ones_name_a_number(browser: Browser, base: str) -> None:
    day, second = timedelta(days=1), timedelta(seconds=1)
    with watch(browser, base, NOW + day) as seen:
        expect(seen.open(TOWN).locator(".if-old")).to_be_hidden()
    with watch(browser, base, NOW + day + second) as seen:
        note = seen.open(TOWN).get_by_role("status")
        expect(note).to_contain_text("älter als ein Tag")
        expect(note.get_by_role("link")).to_have_attribute("href", "tel:024211")


def test_what_is_over_and_what_is_not_today_loses_its_mark(browser: Browser, base: str) -> None:
    with watch(browser, base, NOW) as seen:
        page = seen.open(TOWN)
        expect(page.locator(".today")).to_be_visible()
        expect(page.locator(".is-over")).to_have_count(0)
    with watch(browser, base, NOW + timedelta(days=1)) as seen:
        page = seen.open(TOWN)
        expect(page.locator(".today")).to_be_hidden()
        expect(page.locator(".next-card.is-over")).to_be_visible()


@pytest.mark.parametrize("way", ["button", "escape"])
def test_the_way_out_replaces_the_page(browser: Browser, base: str, way: str) -> None:
    with watch(browser, base, NOW) as seen:
        seen.open(START)
        page = seen.open(TOWN)

        if way == "button":
            page.get_by_role("link", name="Schnell weg").click()
        else:
            page.keyboard.press("Escape")
            page.keyboard.press("Escape")
        page.wait_for_url(f"{base}neu.html")
        page.go_back()

        assert page.url == f"{base}{START}"
        assert seen.foreign == []


@pytest.mark.parametrize("way", ["button", "escape"])
def test_the_way_out_may_lead_to_a_page_that_the_county_chose(
    browser: Browser, tmp_path: Path, way: str
) -> None:
    """Nobody is asked before; then that page alone is, and is told no referrer."""
    weather = "https://weather.example/today"
    timetable = make_timetable(site=make_site_facts(leave_url=weather))
    write_files(make_publication(timetable, languages=(GERMAN,)), tmp_path)
    with serve(tmp_path) as base, watch(browser, base, NOW) as seen:
        page = seen.open(TOWN)
        assert seen.foreign == []

        with page.expect_event("requestfailed") as left:
            if way == "button":
                page.get_by_role("link", name="Schnell weg").click()
            else:
                page.keyboard.press("Escape")
                page.keyboard.press("Escape")

        assert left.value.url == weather
        assert "referer" not in left.value.headers
        assert seen.foreign == [f"asked {weather}"]


def test_one_escape_leaves_nobody(browser: Browser, base: str) -> None:
    with watch(browser, base, NOW) as seen:
        page = seen.open(TOWN)

        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        page.evaluate("new Promise(requestAnimationFrame)")

        assert page.url == f"{base}{TOWN}"


@pytest.mark.parametrize("path", [START, TOWN, "halt/school/index.html"])
def test_text_of_twice_the_size_needs_no_sideways_scroll(
    browser: Browser, base: str, path: str
) -> None:
    with watch(browser, base, NOW, viewport={"width": 640, "height": 900}) as seen:
        page = seen.open(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")

        assert page.evaluate("document.documentElement.scrollWidth") == 640


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("beerenau", "Beerenau"),
        ("Bernau", "Beerenau"),
        ("52457", "Altdorf"),
        ("obrdorf", "Oberdorf"),
    ],
)
def test_what_is_typed_is_found_on_the_device(
    browser: Browser, base: str, typed: str, first: str
) -> None:
    with watch(browser, base, NOW) as seen:
        page = seen.open(START)
        asked = len(seen.requests)

        page.get_by_label("Ort, Dorf oder Postleitzahl").fill(typed)

        expect(page.locator("#found li a").first).to_have_text(first)
        expect(page.locator("#found li").first).to_contain_text("30.11.")
        assert len(seen.requests) == asked
        assert page.url == f"{base}{START}"
        page.keyboard.press("Enter")
        expect(page.locator(".next-card")).to_be_visible()
        assert "?" not in page.url
        assert seen.troubles == []


def test_what_is_not_found_is_said(browser: Browser, base: str) -> None:
    with watch(browser, base, NOW) as seen:
        page = seen.open(START)

        page.get_by_label("Ort, Dorf oder Postleitzahl").fill("Xyzzy")

        expect(page.locator("#search-status")).to_have_text("Kein Ort mit diesem Namen gefunden.")
        expect(page.locator("#found li")).to_have_count(0)


def test_near_me_asks_the_device_and_nobody_else(browser: Browser, base: str) -> None:
    place = {"latitude": 50.79, "longitude": 6.47}
    with watch(browser, base, NOW, geolocation=place, permissions=["geolocation"]) as seen:
        page = seen.open(START)
        asked = len(seen.requests)

        page.get_by_role("button", name="In der Nähe").click()

        expect(page.locator("#found li").first).to_contain_text("Schulhof")
        expect(page.locator("#found li").first).to_contain_text("0 km")
        expect(page.locator("#found li").nth(1)).to_contain_text("1,3 km")
        assert len(seen.requests) == asked


def test_without_a_position_the_list_is_pointed_at(browser: Browser, base: str) -> None:
    with watch(browser, base, NOW) as seen:
        page = seen.open(START)

        page.get_by_role("button", name="In der Nähe").click()

        expect(page.locator("#search-status")).to_contain_text("Wähl deinen Ort aus der Liste")


def test_a_bus_is_chosen_in_the_page_alone(browser: Browser, base: str) -> None:
    with watch(browser, base, NOW) as seen:
        page = seen.open("2026-W49/index.html")
        rows = page.locator(".visit:visible")
        expect(rows).to_have_count(5)

        page.get_by_role("button", name="Kleiner Bus", exact=True).first.click()

        expect(rows).to_have_count(2)
        expect(page.locator(".day:visible")).to_have_count(2)
        assert page.url == f"{base}2026-W49/index.html"
        page.reload()
        expect(rows).to_have_count(5)


def test_nothing_is_stored_but_one_copy_that_is_the_same_for_all(
    browser: Browser, base: str
) -> None:
    with watch(browser, base, NOW, **OFFLINE) as seen:
        page = seen.open(START)
        page.get_by_label("Ort, Dorf oder Postleitzahl").fill("Beerenau")
        seen.open(BEERENAU)

        kept = page.evaluate(KEPT)

        assert seen.page.context.cookies() == []
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
        pages = {url.removeprefix(base) for url in kept if url.endswith(".html")}
        assert pages == {START, TOWN, BEERENAU, "2026-W49/index.html"}
        assert not any("halt/" in url for url in kept)


def test_without_a_network_the_copy_is_read_and_says_so(browser: Browser, tmp_path: Path) -> None:
    folder = write_files(make_publication(make_timetable()), tmp_path)
    with serve(folder) as base, watch(browser, base, NOW + timedelta(days=2), **OFFLINE) as seen:
        page = seen.open(START)
        page.evaluate(KEPT)
        page.context.set_offline(True)

        page.goto(f"{base}{TOWN}")
        expect(page.locator(".next-card")).to_contain_text("15:00–20:00")
        expect(page.get_by_text("Kein Netz: Du liest eine Kopie.")).to_be_visible()
        expect(page.locator(".if-old")).to_contain_text("älter als ein Tag")
        page.goto(f"{base}2026-W49/index.html")
        expect(page.locator(".visit")).to_have_count(5)
        page.goto(f"{base}halt/square/index.html")
        assert page.url == f"{base}{START}#orte"


def test_of_many_towns_the_copy_tells_what_comes_next_in_each(
    browser: Browser, tmp_path: Path
) -> None:
    """Their own pages would be too much for a phone; the start page and two weeks are not."""
    towns = tuple(
        make_municipality(f"05{n:06d}", f"Dorf {n}", location=Coordinate(50.8, 6 + n / 100))
        for n in range(60)
    )
    stops = tuple(make_public_stop(f"s{n}", ags=town.ags) for n, town in enumerate(towns))
    visits = tuple(
        make_public_visit(n, ags=stop.ags, stop_id=stop.id, service_date=MONDAY + timedelta(n % 21))
        for n, stop in enumerate(stops)
    )
    given = {"municipalities": towns, "stops": stops, "visits": sorted(visits, key=_by_day)}
    last_day = MONDAY + timedelta(days=20)
    timetable = make_timetable(**given, last_day=last_day, tours=(), outlines=(), places=())
    folder = write_files(make_publication(timetable), tmp_path)
    with serve(folder) as base, watch(browser, base, NOW, **OFFLINE) as seen:
        page = seen.open(START)
        kept = {url.removeprefix(base) for url in page.evaluate(KEPT)}
        size = sum((folder / name).stat().st_size for name in kept if (folder / name).is_file())
        page.context.set_offline(True)

        page.goto(f"{base}ort/dorf-20/index.html")

        assert page.url == f"{base}{START}#ort-dorf-20"
        expect(page.locator("#ort-dorf-20")).to_contain_text("20.12.")
        expect(page.locator("#ort-dorf-20")).to_contain_text("15:00–20:00")
        expect(page.locator("#ort-dorf-20")).to_be_in_viewport()
        pages = {name for name in kept if name.endswith(".html")}
        assert pages == {START, "2026-W49/index.html", "2026-W50/index.html"}
        assert size < COPY_BYTES


def _by_day(visit: PublicVisit) -> tuple[date, str]:
    return visit.service_date, visit.id


def test_a_new_publication_replaces_the_copy_as_a_whole(browser: Browser, tmp_path: Path) -> None:
    """What was withdrawn does not stay on phones that come back."""
    old, new = make_timetable(), make_timetable(visits=(), stops=(), as_of=NOW + timedelta(hours=1))
    folder = write_files(make_publication(old), tmp_path)
    with serve(folder) as base, watch(browser, base, NOW, **OFFLINE) as seen:
        page = seen.open(START)
        page.evaluate(KEPT)
        write_files(make_publication(new), folder)

        seen.open(START)
        page.wait_for_function(
            f"{KEPT}.then((urls) => urls.some((u) => u.includes('{_list(new)}')))"
        )
        page.context.set_offline(True)
        page.goto(f"{base}{TOWN}")

        expect(page.get_by_text("Gerade ist kein Halt veröffentlicht.")).to_be_visible()
        assert not any(_list(old) in url for url in page.evaluate(KEPT))


def _list(timetable: PublicTimetable) -> str:
    return asset("orte.json", name_list(timetable))[0]


def test_searching_on_the_device_and_in_the_api_finds_the_same(browser: Browser) -> None:
    """Both follow the same rules; every name, and every name with a typing error."""
    timetable = make_county_timetable()
    index = NameIndex(names_of(timetable))
    names = [named.name for named in names_of(timetable)]
    spoilt = [name[:2] + name[3:] for name in names]
    spoilt += [name[1] + name[0] + name[2:] for name in names]
    queries = [*names, *spoilt, "52349", "523", "rath", "eschweiler ueber feld", "NOERV", "Dürenn"]
    page = browser.new_page()
    page.add_script_tag(
        content=f"{site_file('scripts/names.js').decode()}; window.find = findNames"
    )

    found = page.evaluate(
        "([list, queries]) => queries.map((q) => find(list, q, 50).map((f) => [f.name, f.rank]))",
        [json.loads(name_list(timetable)), queries],
    )

    for query, hits in zip(queries, found, strict=True):
        expected = index.search(query, 50)
        assert {name for name, _ in hits} == {match.named.name for match in expected}, query
        if expected:
            best = {m.named.name for m in expected if m.rank == expected[0].rank}
            assert hits[0][0] in best, query
