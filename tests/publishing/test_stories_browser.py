"""How to get there, the calendar and the own language, as young people do it in a browser."""

from collections.abc import Iterator

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, expect

from busplan.publishing.draft import made
from busplan.publishing.languages import EASY_GERMAN, LANGUAGES, Language
from busplan.publishing.words import Words
from busplan.usecases.publication_files import publication_files
from tests.browser import launch, serve, watch, write_files
from tests.publishing.timetables import NOW, make_timetable

pytestmark = pytest.mark.browser

BEERENAU = "ort/beerenau/index.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as browser:
        yield browser


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    files = made(publication_files(make_timetable(), None, None))
    with serve(write_files(files, tmp_path_factory.mktemp("site"))) as base:
        yield base


def test_the_way_is_told_in_words_without_script_or_map(browser: Browser, base: str) -> None:
    """And where a place is not public, whom to ask for it."""
    with watch(browser, base, NOW, java_script_enabled=False) as seen:
        page = seen.open(BEERENAU)
        expect(page.locator(".next-card")).to_contain_text("Ort bitte erfragen")
        expect(page.locator(".ask")).to_contain_text("02421 1")

        page.locator(".chips").get_by_role("link", name="Schulhof").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Schulhof")
        expect(page.locator(".facts")).to_contain_text(
            "Nächste Haltestelle Schule", use_inner_text=True
        )
        expect(page.locator(".facts")).to_contain_text("Aula")
        assert page.locator("a[href='geo:50.79000,6.47000']").count() == 1
        assert seen.troubles == []


def test_one_tap_saves_a_calendar_that_tells_no_bus(browser: Browser, base: str) -> None:
    with watch(browser, base, NOW) as seen:
        page = seen.open(BEERENAU)
        with page.expect_download() as download:
            page.get_by_role("link", name="Kalender").click()
        calendar = Calendar.from_ical(download.value.path().read_bytes())

    titles = [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")]
    assert len(titles) == 2
    assert all("Jugendmobil" in title for title in titles)
    assert not any("Kleiner" in title or "Großer" in title for title in titles)
    assert download.value.suggested_filename == "ort-05358008.ics"
    assert seen.foreign == []


@pytest.mark.parametrize("language", LANGUAGES[1:], ids=lambda language: language.code)
def test_the_same_page_is_a_tap_away_in_every_language(
    browser: Browser, base: str, language: Language
) -> None:
    with watch(browser, base, NOW, viewport={"width": 360, "height": 740}) as seen:
        page = seen.open("ort/altdorf/index.html")
        page.locator(".languages summary").click()
        page.get_by_role("link", name=language.name, exact=True).click()

        expect(page).to_have_url(f"{base}{language.folder}/ort/altdorf/index.html")
        expect(page.locator("html")).to_have_attribute("dir", language.direction)
        times = "15 Uhr bis 20 Uhr" if language is EASY_GERMAN else "15:00–20:00"
        expect(page.locator(".next-time")).to_have_text(times)
        expect(page.locator("h2#next")).to_have_text(Words(language).say("next_heading"))
        assert seen.troubles == []
