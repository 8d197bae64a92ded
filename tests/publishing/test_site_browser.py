"""The site in a real Chromium: leaving quickly, telling old from new, keyboard and big text."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from busplan.publishing.pages import make_publication
from tests.browser import launch, serve, watch, write_files
from tests.publishing.timetables import NOW, make_timetable

pytestmark = pytest.mark.browser

START, TOWN = "index.html", "ort/altdorf/index.html"


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
