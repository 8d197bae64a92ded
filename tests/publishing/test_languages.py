"""All languages carry the same phrases and the same facts."""

import re
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from busplan.domain.dates import clock
from busplan.domain.public_timetable import PublicStatus
from busplan.publishing.catalogue import complete, read_catalogue
from busplan.publishing.languages import EASY_GERMAN, GERMAN, LANGUAGES, Language
from busplan.publishing.pages import make_publication
from busplan.publishing.site.paths import root_of
from busplan.publishing.texts import TEXTS
from busplan.publishing.words import Words
from tests.publishing.seen import Seen
from tests.publishing.timetables import make_timetable
from tests.test_docs import ROOT, read

TRANSLATED = [language for language in LANGUAGES if language is not GERMAN]
NAMES = ("Marktplatz", "Schulhof", "Aula", "Sportplatz", "Großer Bus", "Kleiner Bus", "02421 1")
CATALOGUES = ROOT / "busplan" / "publishing" / "site" / "catalogues"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return make_publication(make_timetable())


def gaps(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text)} - {None}


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.code)
def test_every_phrase_is_there_with_the_same_gaps(language: Language) -> None:
    phrases = read_catalogue(language).phrases

    assert phrases.keys() == TEXTS.keys()
    assert [key for key, text in phrases.items() if gaps(text) != gaps(TEXTS[key])] == []


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.code)
def test_no_translation_outlives_the_german_phrase_that_it_translates(language: Language) -> None:
    with (CATALOGUES / f"{language.folder}.po").open("rb") as file:
        entries = {message.context: message.id for message in read_po(file) if message.id}

    assert entries == dict(TEXTS)


def test_what_a_language_lacks_is_said_in_easy_german() -> None:
    easy, turkish = {"a": "leicht", "b": "leicht"}, {"a": "türkçe"}

    said = complete({"a": "deutsch", "b": "deutsch", "c": "deutsch"}, easy, turkish)

    assert said == {"a": "türkçe", "b": "leicht", "c": "deutsch"}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_state_and_part_of_the_day_has_a_word_of_its_own(language: Language) -> None:
    words = Words(language)

    assert len({words.state(status) for status in PublicStatus}) == len(PublicStatus)


def facts(page: bytes) -> list[list[object]]:
    """What a page says of visits, whatever the words: ids, states, ends, places, hours, links."""
    seen = Seen(page)
    kept = ("id", "class", "data-until", "data-bus")
    rows = [[a[key] for key in kept] for tag, a in seen.tags if tag == "tr" and "id" in a]
    names = [name for name in NAMES if name in seen.text]
    hours = re.findall(r"\b(?:15|20|08)(?=:\d\d|\b)", seen.text)
    links = [a["href"] for tag, a in seen.tags if tag == "a" and "hreflang" not in a]
    return [rows, names, hours, links]


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.code)
def test_every_page_says_the_same_facts(files: dict[str, bytes], language: Language) -> None:
    for page in [name for name in files if name.endswith(".html") and _is_german(name)]:
        if page in ("neu.html", "404.html"):  # one for all languages
            continue
        there, here = f"{language.folder}/{page}", facts(files[page])
        told = facts(files[there])
        told[-1] = [_as_german(str(link), there, page, language) for link in told[-1]]
        assert told == here, there


def _as_german(link: str, there: str, page: str, language: Language) -> str:
    inside = link.replace(f"{root_of(there)}{language.folder}/", root_of(page))
    return inside.replace(root_of(there), root_of(page))


def _is_german(name: str) -> bool:
    return name.split("/")[0] not in {language.folder for language in TRANSLATED}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_pages_name_their_language_direction_and_the_others(
    files: dict[str, bytes], language: Language
) -> None:
    page = Seen(files[f"{language.folder}/index.html".lstrip("/")])

    html = next(a for tag, a in page.tags if tag == "html")
    assert html == {"lang": language.code, "dir": "rtl" if language.code == "ar" else "ltr"}
    for other in LANGUAGES:
        assert other.name in page.text
    assert sum("hreflang" in a for tag, a in page.tags if tag == "a") == len(LANGUAGES)


def test_easy_german_writes_short_lines_and_whole_hours() -> None:
    words = Words(EASY_GERMAN)

    assert words.times(15 * 60, 20 * 60) == "15 Uhr bis 20 Uhr"
    assert words.times(15 * 60 + 30, 20 * 60) == "15:30 Uhr bis 20 Uhr"
    for text in read_catalogue(EASY_GERMAN).phrases.values():
        sentences = re.split(r"[.!?:\n] ?", text)
        assert max(len(sentence.split()) for sentence in sentences) <= 10, text
        assert not set(text) & set("„“;–()"), text


def test_dates_come_from_cldr() -> None:
    day = make_timetable().first_day
    said = {language.code: Words(language).day_title(day) for language in LANGUAGES}

    assert said["tr"] == "30 Kasım Pazartesi"
    assert said["uk"] == "понеділок, 30 листопада"
    assert said["ar"] == "الاثنين، 30 نوفمبر"
    assert said["en"] == "Monday, 30 November"
    assert {Words(lang).clock(845) for lang in LANGUAGES} == {clock(845)}


def test_unchecked_translations_say_so_on_their_pages_and_in_the_readme(
    files: dict[str, bytes],
) -> None:
    readme = read("README.md")
    for language in TRANSLATED:
        words = Words(language)
        page = Seen(files[f"{language.folder}/index.html"])
        said = " ".join(words.say("unchecked").split())
        assert (said in page.text) == words.unchecked
        assert (f"{language.name} (unchecked)" in readme) == words.unchecked
