"""What is said where no page is: the same in every language, and whatever was looked for."""

from collections.abc import Iterable
from dataclasses import dataclass

from busplan.publishing.languages import Language
from busplan.publishing.site import paths
from busplan.publishing.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingView:
    """One language's words, and the path of its start page in the publication."""

    language: Language
    heading: str
    text: str
    link: str
    start: str


def say_missing(languages: Iterable[Language]) -> tuple[MissingView, ...]:
    """Each language's words, in the order in which readers choose among them."""
    return tuple(map(_said, languages))


def _said(language: Language) -> MissingView:
    words = Words(language)
    return MissingView(
        language=language,
        heading=words.say("missing_heading"),
        text=words.say("missing_text"),
        link=words.say("missing_link"),
        start=paths.folder_of(language) + paths.START,
    )
