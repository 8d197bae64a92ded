"""Posters: what they say, what they never say, and that it fits on the paper."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from busplan.domain.public_timetable import PublicStatus, PublicTimetable
from busplan.domain.publication import open_gate
from busplan.publishing.address import PublicAddress
from busplan.publishing.paper import Paper
from busplan.publishing.pictogram import page_code
from busplan.publishing.posters import PosterPrinter
from tests.browser import launch
from tests.factories import MONDAY
from tests.houses import NOW, Case, build_house, cases, secrets_of, shown_names
from tests.publishing.test_pages import Seen
from tests.publishing.timetables import SMALL, make_public_stop, make_public_visit, make_timetable

HOME = PublicAddress(url="https://bus.example/")


def print_stop(timetable: PublicTimetable, address: PublicAddress | None = HOME) -> str:
    return PosterPrinter(timetable, Paper.A4, address).stop(timetable.stops[0])


def print_week(timetable: PublicTimetable, address: PublicAddress | None = HOME) -> str:
    return PosterPrinter(timetable, Paper.A4, address).week(MONDAY)


def words(html: str) -> str:
    return Seen(html.encode()).text


def visits_of(count: int, **given: object) -> PublicTimetable:
    """That many weekly visits of one stop, every third cancelled."""
    states = (PublicStatus.CANCELLED, PublicStatus.PLANNED, PublicStatus.PLANNED)
    visits = tuple(
        make_public_visit(n, service_date=MONDAY + timedelta(days=7 * n), status=states[n % 3])
        for n in range(count)
    )
    stops = (make_public_stop(name="Marktplatz", **given),)
    return make_timetable(visits=visits, stops=stops, tours=())


def test_a_stops_poster_says_when_where_and_whom_to_ask() -> None:
    text = words(print_stop(make_timetable()))

    assert "Jugendmobil · Großer Bus Marktplatz Oberdorf, Altdorf" in text
    assert "Montag, 30. November 15:00–20:00" in text
    assert "Freitag, 4. Dezember 15:00–20:00 fällt aus" in text
    assert "Dieser Halt ist erfunden." in text
    assert "02421 1, jugend@example.org" in text
    assert "Stand: 30. November 2026, 08:05 Uhr." in text


def test_where_several_buses_stand_each_visit_names_its_own() -> None:
    visits = (make_public_visit(1), make_public_visit(2, bus_id=SMALL, open_min=17 * 60))

    text = words(print_stop(make_timetable(visits=visits)))

    assert "Jugendmobil Marktplatz" in text
    assert "Montag, 30. November Großer Bus 15:00–20:00" in text
    assert "Montag, 30. November Kleiner Bus 17:00–20:00" in text


def test_past_visits_are_not_on_a_poster() -> None:
    yesterday = make_public_visit(service_date=MONDAY - timedelta(days=1))

    text = words(print_stop(make_timetable(visits=(yesterday,))))

    assert "Zurzeit ist kein Termin veröffentlicht." in text


def test_what_does_not_fit_is_counted() -> None:
    text = words(print_stop(visits_of(20)))

    shown = text.count("15:00–20:00")
    assert 5 <= shown < 20
    assert f"… und {20 - shown} weitere" in text


def test_the_code_leads_to_the_page_that_is_written_beside_it() -> None:
    stop, week = print_stop(make_timetable()), print_week(make_timetable())

    assert page_code("https://bus.example/halt/square/") in stop.replace("&#39;", "'")
    assert "bus.example/halt/square Telefon" not in words(stop)
    assert "Alle Termine und Änderungen bus.example/halt/square" in words(stop)
    assert "Alle Termine und Änderungen bus.example/2026-W49" in words(week)


def test_without_an_address_there_is_no_code() -> None:
    html = print_stop(make_timetable(), None)

    assert "QR-Code" not in html
    assert "Fragen? 02421 1" in words(html)


def test_a_weeks_sheet_holds_every_visit_of_all_buses() -> None:
    text = words(print_week(make_timetable()))

    assert "Woche 49 30. November – 6. Dezember 2026" in text
    assert "15:00–20:00 Altdorf Marktplatz Großer Bus" in text
    assert "vormittags Beerenau Ort bitte erfragen Kleiner Bus" in text
    assert "15:00–20:00 Beerenau Schulhof verlegt Großer Bus" in text
    assert "nachmittags Altdorf Ort bitte erfragen fällt aus Kleiner Bus" in text


def test_a_week_too_full_for_one_page_goes_on_on_the_next() -> None:
    visits = tuple(
        make_public_visit(n, service_date=MONDAY + timedelta(days=n // 10)) for n in range(50)
    )

    text = words(print_week(make_timetable(visits=visits)))

    assert text.count("15:00–20:00") == 50
    assert "Blatt 1 von 2." in text
    assert text.count("Montag, 30. November 15") == text.count("Freitag, 4. Dezember 15") == 1


def test_an_empty_week_says_so() -> None:
    assert "kein Termin" in words(print_week(make_timetable(visits=(), stops=(), tours=())))


def test_names_stay_names() -> None:
    hostile = '"><script>alert(1)</script>{{7*7}}</style>'
    timetable = make_timetable(stops=(make_public_stop(name=hostile),), visits=(), tours=())

    tags = [tag for tag, _ in Seen(print_stop(timetable).encode()).tags]

    assert "script" not in tags
    assert hostile in words(print_stop(timetable))


def test_posters_load_nothing() -> None:
    for html in (print_stop(make_timetable()), print_week(make_timetable())):
        for _, attributes in Seen(html.encode()).tags:
            assert "href" not in attributes
            assert (attributes.get("src") or "data:").startswith("data:")
        assert "url(" not in html


@settings(max_examples=60, deadline=None)
@given(given=st.lists(cases(), min_size=1, max_size=8))
def test_no_secret_is_on_any_poster(given: list[Case]) -> None:
    timetable = open_gate(build_house(given), NOW)
    printer = PosterPrinter(timetable, Paper.A4, HOME)
    pages = [printer.week(MONDAY), *map(printer.stop, timetable.stops)]
    written = "\n".join(pages)

    assert [secret for secret in secrets_of(given) if secret in written] == []
    assert [name for name in shown_names(given) if name not in written] == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as browser:
        yield browser


def letters() -> str:
    """The posters' own letters for a browser, by their weight."""
    folder = files("font_manrope").joinpath("files")
    faces = {"Regular": "100 450", "Medium": "451 600", "Bold": "601 750", "ExtraBold": "751 900"}
    return "\n".join(
        f"@font-face {{ font-family: Manrope; font-weight: {weight}; src: url(data:font/ttf;base64,"
        f"{base64.b64encode(folder.joinpath(f'Manrope-{face}.ttf').read_bytes()).decode()}) }}"
        for face, weight in faces.items()
    )


LONG = "Kultur- und Begegnungsstätte am Rathausplatz, Gebäude B"


@pytest.mark.browser
@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 20])
@pytest.mark.parametrize("name", ["Markt", "Aldenhoven, Ortsmitte", LONG])
def test_a_stops_poster_fits_its_page(count: int, name: str, browser: Browser) -> None:
    timetable = visits_of(
        count, indoor_place="Aula der Gesamtschule", nearest_transit_stop="Schule"
    )
    stop = replace(timetable.stops[0], name=name)
    mixed = tuple(
        replace(visit, bus_id=SMALL) if n % 2 else visit for n, visit in enumerate(timetable.visits)
    )

    for visits in (timetable.visits, mixed):
        assert_fits(print_stop(replace(timetable, stops=(stop,), visits=visits)), browser)


@pytest.mark.browser
@pytest.mark.parametrize("count", [1, 20, 31, 35, 80])
def test_a_weeks_sheet_fits_its_pages(count: int, browser: Browser) -> None:
    visits = tuple(
        make_public_visit(n, service_date=MONDAY + timedelta(days=n * 5 // count))
        for n in range(count)
    )

    assert_fits(print_week(make_timetable(visits=visits)), browser)


def assert_fits(html: str, browser: Browser) -> None:
    """On no page does anything lie below the line above the footer, or wider than the paper."""
    page = browser.new_page(viewport={"width": 794, "height": 1123})
    page.set_content(html)
    page.add_style_tag(content=letters())
    page.evaluate("document.fonts.ready")
    over = page.evaluate(
        """() => [...document.querySelectorAll(".page")].map(page => {
            const main = page.querySelector("main");
            const bottom = main.lastElementChild.getBoundingClientRect().bottom;
            const room = page.querySelector("footer").getBoundingClientRect().top - bottom;
            return [Math.round(room), page.scrollWidth - page.clientWidth];
        })"""
    )
    page.close()
    assert all(room >= 0 and wide <= 0 for room, wide in over), over
