"""Translations: one gettext catalogue (PO) for each language but German.

An entry has the phrase's key as context, the German phrase as id and the translation as string.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po

from busplan.publishing.languages import EASY_GERMAN, GERMAN, Language
from busplan.publishing.texts import TEXTS

CHECKED_BY = "X-Checked-By"
"""Header of a catalogue: who that speaks the language has read it; empty for nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The phrases of one language by key, and who checked them."""

    phrases: Mapping[str, str]
    checked_by: str


@cache
def read_catalogue(language: Language) -> Catalogue:
    """What a language says; German is where all others begin, and needs no check."""
    if language is GERMAN:
        return Catalogue(phrases=TEXTS, checked_by="the authors")
    path = files("busplan.publishing").joinpath(f"site/catalogues/{language.folder}.po")
    with path.open("rb") as file:
        catalogue = read_po(file)
    checked_by = dict(catalogue.mime_headers).get(CHECKED_BY, "")
    found = {str(m.context): str(m.string) for m in catalogue if m.context and m.string}
    return Catalogue(phrases=found, checked_by=checked_by)


def phrases_of(language: Language) -> Mapping[str, str]:
    """What a language says by key, in easy German where it lacks a phrase, else in German."""
    spoken = (TEXTS, read_catalogue(EASY_GERMAN).phrases, read_catalogue(language).phrases)
    return complete(*spoken)


def complete(*spoken: Mapping[str, str]) -> Mapping[str, str]:
    """All phrases by key; of those that several have, the last one's."""
    return {key: text for phrases in spoken for key, text in phrases.items()}
