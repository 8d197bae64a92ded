"""Addresses of the site's pages, the same in every language behind the language's folder."""

from collections import Counter
from collections.abc import Iterable, Mapping

from busplan.domain.folding import fold
from busplan.domain.places import Ags, Municipality, StopId
from busplan.publishing.languages import Language

START = "index.html"
PRIVACY = "datenschutz/index.html"
OFFERS = "angebote/index.html"
ACCESS = "barrierefreiheit/index.html"
MANIFEST = "app.json"
WORKER = "sw.js"
"""At the root, since a service worker minds only what lies beside and below it."""
COLOURS = "busse.css"
"""The buses' colours. Its name stays when a bus comes or goes, so that pages may stay too."""
MISSING = "404.html"
"""What web servers answer with where nothing is; many look for this name unasked."""
LEAVE = "neu.html"
"""The empty page behind "Schnell weg"; its name tells nothing in histories."""
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def week_page(week: str) -> str:
    """The page of an ISO week such as ``2026-W49``."""
    return f"{week}/index.html"


def stop_page(stop_id: StopId) -> str:
    """The page of a public stop; its id is the county's and stays the same."""
    return f"halt/{stop_id}/index.html"


def town_pages(towns: Iterable[Municipality]) -> Mapping[Ags, str]:
    """The page of each town: by name, with the official key where two names are alike."""
    towns = tuple(towns)
    slugs = {town.ags: _slug(town.name) for town in towns}
    count = Counter(slugs.values())
    return {
        ags: f"ort/{slug if slug and count[slug] == 1 else f'{slug}-{ags}'.strip('-')}/index.html"
        for ags, slug in slugs.items()
    }


def folder_of(language: Language) -> str:
    """The folder of a language's pages; German, the first language, has none."""
    return f"{language.folder}/" if language.folder else ""


def root_of(page: str) -> str:
    """The way from a page up to the folder of the whole publication."""
    return "../" * page.count("/")


def _slug(name: str) -> str:
    """``Hürtgenwald`` as ``huertgenwald``."""
    return fold(name.lower().translate(_SPELLED_OUT)).replace(" ", "-")
