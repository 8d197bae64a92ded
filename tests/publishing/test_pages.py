"""A whole publication: golden, self-contained, accessible in its structure, and without secrets."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from busplan.domain.publication import open_gate
from busplan.publishing.address import PublicAddress
from busplan.publishing.languages import LANGUAGES
from busplan.publishing.pages import make_publication
from busplan.publishing.site.paths import folder_of
from busplan.publishing.tiles import Tiles
from busplan.publishing.words import Words
from busplan.usecases.publication_files import open_files
from tests.houses import NOW, Case, build_house, cases, secrets_of, shown_names
from tests.publishing.golden import FOLDER, own_files
from tests.publishing.seen import Seen
from tests.publishing.timetables import make_area_visit, make_timetable

FOLDERS = {language.folder for language in LANGUAGES[1:]}
WEEK = "2026-W49/index.html"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return make_publication(make_timetable())


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> dict[str, Seen]:
    return {name: Seen(content) for name, content in files.items() if name.endswith(".html")}


def german(pages: dict[str, Seen]) -> dict[str, Seen]:
    return {name: page for name, page in pages.items() if name.split("/")[0] not in FOLDERS}


def test_the_publication_is_the_golden_one() -> None:
    golden = {
        str(path.relative_to(FOLDER)): path.read_bytes()
        for path in FOLDER.rglob("*")
        if path.is_file()
    }

    assert own_files() == golden


def test_the_same_timetable_gives_the_same_bytes(files: dict[str, bytes]) -> None:
    assert make_publication(make_timetable()) == files


def test_pages_load_only_what_the_publication_holds(
    files: dict[str, bytes], pages: dict[str, Seen]
) -> None:
    formats = open_files(make_timetable(), None)
    for name, page in pages.items():
        for tag, attributes in page.tags:
            link = attributes.get("src") or attributes.get("href") or ""
            inside = tag == "a" and not link.startswith(("#", "mailto:", "tel:", "geo:", "https:"))
            data = attributes.get("type") == "application/ld+json"
            if inside or (tag in ("script", "link", "img", "iframe") and not data):
                assert _target(name, link.partition("#")[0]) in files | formats


def _target(page: str, link: str) -> str:
    if link.startswith("/"):
        return link[1:]
    parts: list[str] = list(PurePosixPath(page).parent.parts)
    for part in link.split("/"):
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def test_no_page_holds_inline_script_or_style(pages: dict[str, Seen]) -> None:
    for page in pages.values():
        for tag, attributes in page.tags:
            assert "style" not in attributes
            assert not any(name.startswith("on") for name in attributes)
            assert tag != "style"
            data = attributes.get("type") == "application/ld+json"
            assert tag != "script" or data or attributes["src"]


def test_pages_forbid_themselves_to_ask_anybody_else(pages: dict[str, Seen]) -> None:
    for name, page in pages.items():
        policy = next(a["content"] for _, a in page.tags if a.get("http-equiv"))
        assert policy is not None
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "http" not in policy
        assert ("script-src 'self'" in policy) == (name != "neu.html")


def test_what_is_not_there_is_said_in_every_language_with_links_that_work_anywhere() -> None:
    address = PublicAddress(url="https://county.example/bus/")
    page = Seen(make_publication(make_timetable(), address=address)["404.html"])

    links = [a.get("href") or a.get("src") for _, a in page.tags if "href" in a or "src" in a]
    assert [link for link in links if link and not link.startswith(("/bus/", "#", "tel:"))] == []
    for language in LANGUAGES:
        assert Words(language).say("missing_heading") in page.text
        assert f"/bus/{folder_of(language)}index.html" in links


def test_a_tile_server_is_named_in_the_policy_and_to_the_reader() -> None:
    tiles = Tiles(url="https://tiles.example/{z}/{x}/{y}.png", attribution="© Somebody")
    page = Seen(make_publication(make_timetable(), tiles)[WEEK])

    policy = next(a["content"] for _, a in page.tags if a.get("http-equiv"))
    assert policy is not None
    assert "img-src 'self' data: https://tiles.example" in policy
    assert "der Kartenhintergrund kommt von https://tiles.example" in page.text


def test_pages_have_language_title_and_one_heading(pages: dict[str, Seen]) -> None:
    for page in pages.values():
        tags = [tag for tag, _ in page.tags]
        assert next(a for tag, a in page.tags if tag == "html")["lang"]
        assert (tags.count("h1"), tags.count("title"), tags.count("main")) == (1, 1, 1)
        assert all(a.get("scope") for tag, a in page.tags if tag == "th")
        ids = [a["id"] for _, a in page.tags if "id" in a]
        assert len(ids) == len(set(ids))


def test_the_table_says_day_bus_town_place_time_and_state(pages: dict[str, Seen]) -> None:
    text = pages[WEEK].text

    assert "Montag, 30. November" in text
    assert (
        "15:00–20:00 G Großer Bus Altdorf Marktplatz Oberdorf erfunden Zu Gast: Familienbüro kommt"
        in text
    )
    assert "vormittags K Kleiner Bus Beerenau Ort bitte erfragen kommt" in text
    assert "Schulhof Oberdorf zuerst angekündigt: Sportplatz Drinnen: Aula" in text
    assert "verlegt seit Mo 30.11., 08:05 Uhr" in text
    assert "fällt aus" in text


def test_figures_leave_out_what_is_cancelled(pages: dict[str, Seen]) -> None:
    text = pages[WEEK].text

    assert "G Großer Bus 2 10,0 49 K Kleiner Bus 1 – –" in text


def test_every_page_tells_its_age_and_what_is_invented(pages: dict[str, Seen]) -> None:
    for name, page in german(pages).items():
        if name != "neu.html":
            assert "Stand: 30. November 2026, 08:05 Uhr" in page.text
            assert "Älter als ein Tag? Dann frag bitte nach. 02421 1" in page.text
            assert "Demodaten: viele Halte sind erfunden." in page.text

    real = replace(make_timetable().county, demo=False)
    page = Seen(make_publication(make_timetable(county=real))[WEEK])
    assert "Demodaten" not in page.text


def test_the_overview_links_every_week_of_the_horizon() -> None:
    timetable = make_timetable(last_day=make_timetable().last_day + timedelta(weeks=2))
    found = make_publication(timetable)

    links = {a.get("href") for tag, a in Seen(found["index.html"]).tags if tag == "a"}
    assert {f"2026-W{number}/index.html" for number in (49, 50, 51)} <= links
    assert "keine Halte veröffentlicht" in Seen(found["2026-W50/index.html"]).text


def test_whom_to_ask_is_said_where_a_place_is_to_be_asked_for() -> None:
    open_visits = tuple(v for v in make_timetable().visits if v.stop_id)

    assert "Frag uns" in Seen(make_publication(make_timetable())[WEEK]).text
    page = Seen(make_publication(make_timetable(visits=open_visits))[WEEK])
    assert "Frag uns" not in page.text


def test_no_path_or_title_tells_a_bus_or_a_hidden_place() -> None:
    """What is in an address stays in histories and logs (domain research 3.4a)."""
    timetable = make_timetable(visits=(make_area_visit(),), stops=())
    files = make_publication(timetable)

    assets = r"assets/[a-z0-9-]+\.(js|css|png|svg|json)|busse\.css|sw\.js|app\.json"
    paths = assets + r"|((2026-W\d\d|ort/\w+|datenschutz|angebote|barrierefreiheit)/)?index\.html"
    for name in (name for name in files if name.split("/")[0] not in FOLDERS):
        assert re.fullmatch(paths + r"|(neu|404)\.html", name)
    for name, page in files.items():
        if name.endswith(".html"):
            title = re.search(r"<title>(.*)</title>", page.decode())
            assert title is not None
            assert "Kleiner Bus" not in title[1]


@settings(max_examples=60, deadline=None)
@given(given=st.lists(cases(), min_size=1, max_size=8))
def test_no_secret_is_in_any_file(given: list[Case]) -> None:
    """Names, ids, notes, coordinates and times of visits below their level, in every byte."""
    files = make_publication(open_gate(build_house(given), NOW), languages=LANGUAGES[:2])
    written = "\n".join([*files, *(c.decode("latin-1") for c in files.values())])

    assert [secret for secret in secrets_of(given) if secret in written] == []
    page = files[WEEK].decode()
    assert [name for name in shown_names(given) if name not in page] == []
