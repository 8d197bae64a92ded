"""What is on board, who comes along, and the accessibility statement, as pages tell it."""

import re

import pytest

from busplan.domain.public_timetable import PublicTimetable
from busplan.domain.site_facts import SiteFacts
from busplan.publishing.languages import GERMAN, LANGUAGES
from busplan.publishing.pages import make_publication
from busplan.publishing.site.paths import ACCESS, LEAVE, OFFERS
from busplan.usecases.publication_files import open_files
from tests.factories import make_site_facts
from tests.publishing.seen import Seen
from tests.publishing.timetables import make_timetable

ALTDORF, BEERENAU = "ort/altdorf/index.html", "ort/beerenau/index.html"


def read(timetable: PublicTimetable, page: str) -> Seen:
    return Seen(make_publication(timetable, languages=(GERMAN,))[page])


def test_the_offers_page_says_what_is_on_board_of_each_bus() -> None:
    text = read(make_timetable(), OFFERS).text

    assert "Großer Bus Was du tun kannst Spielen und kochen." in text
    assert "Kleiner Bus Zu diesem Bus steht hier noch nichts." in text
    assert "Was hier nicht steht" in text


def test_a_guest_is_told_at_the_visit_and_nowhere_else() -> None:
    files = make_publication(make_timetable(), languages=(GERMAN,))

    assert "15:00–20:00 G Großer Bus Altdorf Marktplatz" in Seen(files[OFFERS]).text
    assert "Zu Gast: Familienbüro kommt" in Seen(files[ALTDORF]).text
    assert "Zu Gast" not in Seen(files[BEERENAU]).text


def test_every_format_names_guests_but_calendars() -> None:
    """An entry lies on phones that others see, so it stays as neutral as its title."""
    found = open_files(make_timetable(), None)

    assert {name for name, content in found.items() if "Familienbüro".encode() in content} == {
        "daten/besuche.geojson",
        "daten/fahrplan.json",
        "daten/veranstaltungen.jsonld",
        "einbetten/index.html",
        "einbetten/liste.html",
        "texte/2026-W49.txt",
    }


def test_without_guests_nobody_is_announced() -> None:
    assert "Wer kommt noch mit?" not in read(make_timetable(visits=()), OFFERS).text


def test_a_town_shows_its_own_signposts_and_those_of_every_town() -> None:
    files = make_publication(make_timetable(), languages=(GERMAN,))

    assert "Familienkarte" in Seen(files[BEERENAU]).text
    assert "Familienkarte" not in Seen(files[ALTDORF]).text
    for page in (ALTDORF, BEERENAU, OFFERS):
        assert "Sprachpaten Helfen beim Deutschlernen." in Seen(files[page]).text
        assert "Telefon: 02421 2 · Zuletzt geprüft: 1. Oktober 2026" in Seen(files[page]).text
    assert "Beerenau · Telefon" in Seen(files[OFFERS]).text


def test_start_and_towns_lead_to_the_offers() -> None:
    for page in ("index.html", ALTDORF):
        assert "Was ist an Bord? Darf ich kommen?" in read(make_timetable(), page).text


def test_the_statement_names_office_law_date_limits_and_whom_to_turn_to() -> None:
    page = read(make_timetable(), ACCESS)

    for told in (
        "Verantwortlich Jugendamt Testkreis Maßstab BITVNRW Grundlage Selbstbewertung",
        "Stand der Erklärung 1. September 2026",
        "Ein Video fehlt.",
        "E-Mail: access@county.example Telefon: 02421 3",
        "Ombudsstelle E-Mail: ombuds@state.example",
    ):
        assert told in page.text
    assert "noch nicht vollständig" not in page.text
    assert "https://county.example/form" in {a.get("href") for _, a in page.tags}


@pytest.mark.parametrize(
    "site", [SiteFacts(), make_site_facts(statement_date=None), make_site_facts(enforcement="")]
)
def test_a_statement_that_lacks_something_says_so(site: SiteFacts) -> None:
    text = read(make_timetable(site=site), ACCESS).text

    assert "noch nicht vollständig" in text


def test_without_a_way_of_its_own_barriers_are_reported_to_the_county() -> None:
    assert "Telefon: 02421 1" in read(make_timetable(site=SiteFacts()), ACCESS).text


def test_every_page_of_every_language_links_the_statement() -> None:
    files = make_publication(make_timetable())

    for name, content in files.items():
        if name.endswith(".html") and name != LEAVE:
            links = [a.get("href") or "" for tag, a in Seen(content).tags if tag == "a"]
            assert any(link.endswith(ACCESS) for link in links), name


def test_german_facts_are_marked_as_german_in_every_language() -> None:
    files = make_publication(make_timetable())

    for language in LANGUAGES[1:]:
        page = files[f"{language.folder}/{OFFERS}"].decode()
        assert re.search(r'<dl lang="de">\s*<dt><bdi>Was du tun kannst</bdi></dt>', page)


def test_the_quick_exit_leads_where_the_county_says() -> None:
    elsewhere = make_timetable(site=SiteFacts(leave_url="https://weather.example/"))

    def leads_to(timetable: PublicTimetable) -> str | None:
        tags = read(timetable, ALTDORF).tags
        return next(a["href"] for _, a in tags if a.get("id") == "leave")

    assert leads_to(make_timetable()) == "../../neu.html"
    assert leads_to(elsewhere) == "https://weather.example/"
    assert "durch eine andere" in read(elsewhere, ALTDORF).text


def test_a_county_without_signposts_shows_no_heading_for_them() -> None:
    assert "Noch mehr für dich" not in read(make_timetable(signposts=()), ALTDORF).text
