"""Pages hold to WCAG 2.2 AA as far as machines can tell, and are valid HTML."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from busplan.publishing.languages import LANGUAGES
from busplan.publishing.pages import make_publication
from tests.browser import CHROMIUM_ARGS, find_chromium, launch, serve, watch, write_files
from tests.checkers import axe_script, check_html
from tests.publishing.timetables import NOW, make_timetable

pytestmark = pytest.mark.browser

PAGES = (
    "index.html",
    "ort/altdorf/index.html",
    "halt/school/index.html",
    "2026-W49/index.html",
    "datenschutz/index.html",
    "angebote/index.html",
    "barrierefreiheit/index.html",
    "404.html",
)
STARTS = tuple(f"{language.folder}/index.html" for language in LANGUAGES[1:])
RULES = """axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
    "best-practice"]}).then(({violations}) => violations.map(({id, nodes}) =>
    `${id}: ${nodes.map(({target}) => target).join(", ")}`))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as browser:
        yield browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_files(make_publication(make_timetable()), tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def base(folder: Path) -> Iterator[str]:
    with serve(folder) as base:
        yield base


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [*PAGES, *STARTS])
def test_axe_finds_nothing(browser: Browser, base: str, path: str, scheme: str) -> None:
    window = {"width": 360, "height": 800}
    # Only the checker itself is let past the policy of the pages.
    with watch(browser, base, NOW, viewport=window, color_scheme=scheme, bypass_csp=True) as seen:
        page = seen.open(path)
        page.add_script_tag(content=axe_script())

        assert page.evaluate(RULES) == []


def test_axe_would_find_something(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<img src='data:,'><p>Text")
    page.add_script_tag(content=axe_script())

    assert any(found.startswith("image-alt") for found in page.evaluate(RULES))


def test_every_page_is_valid_html(folder: Path) -> None:
    assert check_html(folder) == ""


def test_the_checker_would_find_something(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<!doctype html><title>x</title><p><table></p>")

    assert "error" in check_html(tmp_path)


@pytest.mark.parametrize("path", [PAGES[0], *STARTS])
def test_the_way_out_covers_no_part_of_the_search_on_a_small_phone(
    browser: Browser, base: str, path: str
) -> None:
    with watch(browser, base, NOW, viewport={"width": 360, "height": 640}) as seen:
        page = seen.open(path)
        leave = page.locator("#leave").bounding_box()
        for wanted in ("#query", "#near"):
            box = page.locator(wanted).bounding_box()

            assert box is not None
            assert leave is not None
            beside = (
                box["x"] + box["width"] <= leave["x"] or leave["x"] + leave["width"] <= box["x"]
            )
            assert beside or box["y"] + box["height"] <= leave["y"], wanted


@pytest.mark.parametrize("path", PAGES)
def test_a_keyboard_reaches_everything_and_sees_where_it_is(
    browser: Browser, base: str, path: str
) -> None:
    with watch(browser, base, NOW, viewport={"width": 1280, "height": 900}) as seen:
        page = seen.open(path)
        wanted = page.locator("a:visible, button:visible, summary:visible, input:visible").count()
        reached = set()
        for _ in range(wanted + 20):
            page.keyboard.press("Tab")
            place, outline = page.evaluate(
                """(() => {
                    const focus = document.activeElement;
                    const all = [...document.querySelectorAll("*")];
                    const place = focus === document.body ? -1 : all.indexOf(focus);
                    return [place, getComputedStyle(focus).outlineStyle];
                })()"""
            )
            if place >= 0:
                assert outline != "none"
                reached.add(place)

        assert len(reached) >= wanted


@pytest.mark.parametrize("path", PAGES)
def test_everything_to_press_is_large_enough(browser: Browser, base: str, path: str) -> None:
    """24 CSS pixels, or a link within a sentence (WCAG 2.2, 2.5.8)."""
    with watch(browser, base, NOW, viewport={"width": 360, "height": 800}) as seen:
        page = seen.open(path)

        small = page.evaluate(
            """[...document.querySelectorAll("nav a, .leave, button, summary, .towns a, .chips a")]
                .filter((element) => element.offsetParent && element.offsetHeight < 24)
                .map((element) => element.outerHTML)"""
        )

        assert small == []


def test_letters_twice_as_large_need_no_sideways_scroll_on_a_phone(
    browser: Browser, base: str
) -> None:
    """As large as somebody sets them in the browser, on every start page (WCAG 2.2, 1.4.4)."""
    large = browser.browser_type.launch(
        executable_path=find_chromium(),
        chromium_sandbox=False,
        args=[*CHROMIUM_ARGS, "--blink-settings=defaultFontSize=32"],
    )
    wide = []
    for path in (*PAGES, *STARTS):
        with watch(large, base, NOW, viewport={"width": 360, "height": 800}) as seen:
            page = seen.open(path)
            assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 32
            if page.evaluate("document.documentElement.scrollWidth") > 360:
                wide.append(path)
    large.close()

    assert wide == []
