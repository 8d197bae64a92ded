"""The page of a replanning: the same bytes every time, and alone in a real Chromium."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from busplan.domain.places import Coordinate
from busplan.domain.replanning import CycleTour, Replanning
from busplan.publishing.colours import contrast
from busplan.publishing.replan_page import DAY_COLOURS, make_replan_page
from tests.browser import Watched, launch, serve, watch, write_files
from tests.mobile_timetables import better_days

HOSTILE = "${alert(1)}`</script><img src=x onerror=alert(1)>{{7*7}}{% raw %}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as browser:
        yield browser


@pytest.fixture
def seen(browser: Browser, tmp_path: Path) -> Iterator[Watched]:
    with (
        serve(write_files(make_replan_page(better_days()), tmp_path)) as base,
        watch(browser, base, viewport={"width": 1280, "height": 900}) as watched,
    ):
        yield watched


def stands(page: Page, what: str) -> int:
    return page.locator(f"path.{what}:visible").count()


def test_the_same_replanning_gives_the_same_bytes() -> None:
    assert make_replan_page(better_days()) == make_replan_page(better_days())


def test_every_colour_of_a_day_stands_out_from_paper() -> None:
    assert all(contrast(colour, "#ece8dd") >= 3 for colour in DAY_COLOURS)


@pytest.mark.browser
def test_the_page_asks_nobody_else_and_complains_of_nothing(seen: Watched) -> None:
    page = seen.open("index.html")

    expect(page.locator(".folium-map.is-ready")).to_be_visible()
    assert seen.troubles == []
    assert any("leaflet" in url for url in seen.requests)


@pytest.mark.browser
def test_one_side_is_shown_at_a_time_and_weeks_can_be_left_out(seen: Watched) -> None:
    page = seen.open("index.html")
    assert (stands(page, "tour"), stands(page, "call")) == (2, 4)

    page.get_by_label("Replanned").check()
    page.get_by_label("2", exact=True).uncheck()

    assert (stands(page, "tour"), stands(page, "call")) == (1, 2)
    assert page.locator(".depot").count() == 1


@pytest.mark.browser
def test_a_popup_says_when_the_bus_comes_now_and_came_before(seen: Watched) -> None:
    page = seen.open("index.html")
    page.get_by_label("Replanned").check()
    page.get_by_label("1", exact=True).uncheck()

    page.locator("path.call:visible").last.dispatch_event("click")

    popup = page.locator(".leaflet-popup")
    for words in ("South one", "Week 2 Monday", "Published: Monday 12:00, Van"):
        expect(popup).to_contain_text(words)


@pytest.mark.browser
def test_the_page_fits_a_phone(browser: Browser, tmp_path: Path) -> None:
    folder = write_files(make_replan_page(better_days()), tmp_path)
    with serve(folder) as base, watch(browser, base, viewport={"width": 360, "height": 780}) as w:
        page = w.open("index.html")

        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.browser
def test_names_from_a_file_are_shown_and_never_run(browser: Browser, tmp_path: Path) -> None:
    folder = write_files(make_replan_page(renamed(better_days(), HOSTILE)), tmp_path)
    with serve(folder) as base, watch(browser, base) as watched:
        page = watched.open("index.html")
        page.locator("path.call:visible").first.dispatch_event("click")

        expect(page.locator(".leaflet-popup")).to_contain_text(HOSTILE)
        assert page.locator(".leaflet-popup img").count() == 0
        assert watched.troubles == []


def renamed(replanning: Replanning, name: str) -> Replanning:
    """All names of vehicles, stops, communities and tours replaced by one."""

    def tour(old: CycleTour) -> CycleTour:
        calls = tuple(
            replace(
                call,
                visit=replace(call.visit, stop=name, community=name, vehicle=name, tour=name),
            )
            for call in old.calls
        )
        return replace(old, vehicle=name, calls=calls)

    depots: dict[str, Coordinate] = dict.fromkeys([name], *replanning.depots.values())
    return replace(
        replanning,
        name=name,
        depots=depots,
        before=tuple(map(tour, replanning.before)),
        after=tuple(map(tour, replanning.after)),
    )
