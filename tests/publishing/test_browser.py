"""The published pages in a real Chromium with the network cut and a strict policy."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from busplan.publishing.pages import make_publication
from busplan.publishing.tiles import Tiles
from tests.browser import Watched, launch, serve, watch, write_files
from tests.publishing.timetables import make_timetable

pytestmark = pytest.mark.browser

WEEK = "2026-W49/index.html"
TOWN, STOP = "ort/altdorf/index.html", "halt/square/index.html"
PAGES = ("index.html", WEEK, TOWN, STOP, "datenschutz/index.html")
HOSTILE = (
    "${alert(1)}",
    "`+alert(1)+`",
    "\\",
    "\\`${alert(1)}\\u0060",
    "</script><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "{{7*7}}{% raw %}{#",
    "a\u2028alert(1)\u2029b",
    "&lt;b&gt; &amp; &#36;{alert(1)}",
    "javascript:alert(1)",
    "<svg/onload=alert(1)>",
    "*/alert(1)/*",
    "\r\n//alert(1)",
    "Müller's & Söhne <3",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as browser:
        yield browser


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = write_files(make_publication(make_timetable()), tmp_path_factory.mktemp("pages"))
    with serve(folder) as base:
        yield base


@pytest.fixture
def seen(browser: Browser, base: str) -> Iterator[Watched]:
    with watch(browser, base, viewport={"width": 1280, "height": 900}) as watched:
        yield watched


def test_all_pages_load_without_a_foreign_or_failed_request(seen: Watched) -> None:
    for path in PAGES:
        seen.open(path)

    assert seen.troubles == []
    assert any("leaflet" in url for url in seen.requests)


def test_the_map_is_drawn(seen: Watched) -> None:
    page = seen.open(WEEK)

    expect(page.locator(".folium-map.is-ready")).to_be_visible()
    assert page.locator("path.outline").count() == 2
    assert page.locator("path.line").count() == 2
    assert page.locator(".stop").count() == 5
    assert page.locator(".pin.is-area:visible", has_text="K").count() >= 2
    assert page.locator(".label-town").all_inner_texts() == ["Altdorf", "Beerenau"]


def test_a_popup_says_what_the_table_says(seen: Watched) -> None:
    page = seen.open(WEEK)

    page.get_by_role("button", name="Dienstag, 1. Dezember, 15:00–20:00").click()

    popup = page.locator(".leaflet-popup")
    for words in (
        *("Dienstag, 1. Dezember", "15:00–20:00", "Schulhof", "Oberdorf, Beerenau"),
        *("Großer Bus", "verlegt", "zuerst angekündigt: Sportplatz", "Drinnen: Aula"),
    ):
        expect(popup).to_contain_text(words)
    assert seen.troubles == []


def test_the_map_speaks_the_language_of_its_page(seen: Watched) -> None:
    page = seen.open(f"ar/{WEEK}")

    page.get_by_role("button", name="الثلاثاء، 1 ديسمبر, 15:00–20:00").click()

    popup = page.locator(".popup")
    expect(popup).to_contain_text("Schulhof")
    expect(popup).to_contain_text("تغيّر المكان أو الوقت")
    expect(popup).to_have_attribute("dir", "rtl")
    labels = page.locator(".leaflet-control-layers-overlays label")
    assert "الاثنين" in (labels.first.text_content() or "")
    assert seen.troubles == []


def test_a_keyboard_opens_reads_and_leaves_a_popup(seen: Watched) -> None:
    page = seen.open(WEEK)
    marker = page.get_by_role("button", name="Montag, 30. November, vormittags")

    marker.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup")).to_be_focused()
    expect(page.locator(".leaflet-popup")).to_contain_text("Ort bitte erfragen")
    page.keyboard.press("Escape")

    expect(page.locator(".leaflet-popup")).to_have_count(0)
    expect(marker).to_be_focused()


def test_each_layer_goes_and_comes_back(seen: Watched) -> None:
    page = seen.open(WEEK)
    page.get_by_role("button", name="Ebenen wählen").press("Enter")
    boxes = page.locator(".leaflet-control-layers-overlays input")
    assert boxes.count() == 6
    boxes.first.hover()  # Leaflet ignores a click in the very moment the pointer comes in

    shown = page.locator(".stop").count()
    for number in range(5):
        boxes.nth(number).click()
    assert (shown, page.locator(".stop").count()) == (5, 0)
    for number in range(5):
        boxes.nth(number).click()
    assert page.locator(".stop").count() == shown
    assert seen.troubles == []


def test_pins_of_one_place_stand_side_by_side(seen: Watched) -> None:
    page = seen.open(WEEK)

    names = ("Montag, 30. November, 15:00", "Freitag, 4. Dezember, 15:00")
    lefts = [page.get_by_role("button", name=n).bounding_box() for n in names]
    assert lefts[0] and lefts[1]
    assert abs(lefts[0]["x"] - lefts[1]["x"]) >= 20


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("path", [*PAGES, f"leicht/{TOWN}", f"ar/{TOWN}", f"tr/{WEEK}"])
def test_no_page_scrolls_sideways(browser: Browser, base: str, width: int, path: str) -> None:
    with watch(browser, base, viewport={"width": width, "height": 800}) as seen:
        page = seen.open(path)

        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [360, 1280])
def test_the_table_stays_a_table_at_every_width(browser: Browser, base: str, width: int) -> None:
    with watch(browser, base, viewport={"width": width, "height": 800}) as seen:
        table = seen.open(WEEK).get_by_role("table").first

        assert table.get_by_role("columnheader").count() == 5
        assert table.get_by_role("row").count() == 1 + 3 + 5
        expect(table.get_by_role("cell", name="Marktplatz").first).to_be_visible()


def test_the_table_needs_no_script(browser: Browser, base: str) -> None:
    with watch(browser, base, java_script_enabled=False) as seen:
        page = seen.open(WEEK)

        expect(page.get_by_text("Alle Angaben stehen auch in der Tabelle")).to_be_visible()
        expect(page.get_by_role("cell", name="Marktplatz").first).to_be_visible()


def test_the_pages_open_from_a_folder_too(browser: Browser, tmp_path: Path) -> None:
    folder = write_files(make_publication(make_timetable()), tmp_path)
    with watch(browser, folder.as_uri() + "/") as seen:
        page = seen.open("index.html")
        page.get_by_role("link", name="Woche 49").click()

        expect(page.locator(".folium-map.is-ready")).to_be_visible()
        assert seen.troubles == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_name_runs_or_breaks_the_map(browser: Browser, tmp_path: Path, hostile: str) -> None:
    """The same text in every field that comes from data, and all of it read as written."""
    timetable = make_timetable(lambda name: f"{name} {hostile}")
    with (
        serve(write_files(make_publication(timetable), tmp_path)) as base,
        watch(browser, base, viewport={"width": 1280, "height": 900}) as seen,
    ):
        seen.open("index.html")
        page = seen.open(WEEK)

        expect(page.locator(".folium-map.is-ready")).to_be_visible()
        assert page.locator(".stop").count() == 5
        assert page.evaluate("document.querySelectorAll('img[src=x], svg[onload]').length") == 0
        for selector, name in {
            ".label-town": "Altdorf",
            ".label-place": "Oberdorf",
            ".leaflet-control-layers-overlays label": "Großer Bus",
            ".visit .place .name": "Marktplatz",
        }.items():
            shown = page.locator(selector).first.evaluate("element => element.textContent")
            assert _plain(f"{name} {hostile}") in _plain(shown)
        page.locator(".stop").first.dispatch_event("click")
        popup = page.locator(".popup").evaluate("element => element.textContent")
        assert _plain(f"Marktplatz {hostile}") in _plain(popup)
        assert seen.troubles == []


def _plain(text: str) -> str:
    """Browsers read a carriage return as a line break."""
    return " ".join(text.split())


def test_tiles_are_asked_of_the_named_server_alone(browser: Browser, tmp_path: Path) -> None:
    with serve(tmp_path / "tiles") as server:
        tiles = Tiles(url=f"{server}{{z}}/{{x}}/{{y}}.png", attribution="© Somebody")
        folder = write_files(make_publication(make_timetable(), tiles), tmp_path / "pages")
        with watch(browser, folder.as_uri() + "/") as seen:
            page = seen.open(WEEK)

            expect(page.locator("img.leaflet-tile").first).to_be_attached()
            expect(page.locator(".leaflet-control-attribution")).to_contain_text("© Somebody")
            assert seen.foreign
            assert [
                asked for asked in seen.foreign if not asked.startswith(f"asked {server}")
            ] == []
            assert not [said for said in seen.complaints if "Content Security" in said]
