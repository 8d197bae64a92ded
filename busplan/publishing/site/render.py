"""Templates into pages: what every page of one language is given, and the links among them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from busplan.domain.public_timetable import PublicTimetable
from busplan.publishing.catalogue import phrases_of
from busplan.publishing.draft import Draft, digest, software_digest
from busplan.publishing.languages import Language
from busplan.publishing.site import paths
from busplan.publishing.templating import render
from busplan.publishing.tiles import Tiles, content_policy
from busplan.publishing.visit_view import service_today
from busplan.publishing.week_view import buses_of
from busplan.publishing.words import Words


class Renderer:
    """Renders pages of one timetable in one language.

    ``assets`` are given to each template, ``languages`` are those that readers may choose.
    """

    def __init__(
        self,
        timetable: PublicTimetable,
        words: Words,
        tiles: Tiles | None,
        assets: Mapping[str, object],
        languages: Sequence[Language] = (),
    ) -> None:
        self._folder = paths.folder_of(words.language)
        self._leave = timetable.site.leave_url
        facts = {
            **_facts(timetable, words),
            **_policy(tiles, words),
            **assets,
            "languages": tuple(languages),
        }
        spoken = (words.language, words.unchecked, phrases_of(words.language))
        self._facts = digest([software_digest(), *spoken, facts])
        self._common = {
            **facts,
            **_addresses(timetable),
            **_stand(timetable, words),
            "words": words,
            "say": words.say,
            "buses_of": buses_of,
            "dialled": dialled,
        }

    def file(self, name: str, content: bytes) -> tuple[str, bytes]:
        """Path in the publication and content of a file of this language."""
        return self._folder + name, content

    def page(
        self, page: str, template: str, values: Mapping[str, object], root: str = ""
    ) -> tuple[str, Draft]:
        """Path in the publication and draft; ``page`` is the path within the language.

        ``root`` leads to the folder of the publication where a page is read at other addresses
        than its own.
        """
        path = self._folder + page
        root = root or paths.root_of(path)
        links: dict[str, object] = {
            "page": page,
            "link": lambda target: root + quote(target),
            "there": lambda language: root + paths.folder_of(language) + quote(page),
            "here": lambda target: root + self._folder + quote(target),
            "leave_href": self._leave or root + paths.LEAVE,
        }
        given = {**self._common, **links, **values}
        facts = digest([self._facts, path, root, template, values])
        return path, Draft(facts=facts, make=lambda: render(template, given).encode())


def dialled(phone: str) -> str:
    """A phone number as a ``tel:`` address writes it."""
    return "".join(char for char in phone if char in "+0123456789")


def _facts(timetable: PublicTimetable, words: Words) -> dict[str, object]:
    county = timetable.county
    return {
        "county": county,
        "phone": dialled(county.contact_phone),
        "site": timetable.site,
        "mail": quote(county.contact_mail, safe="@"),
        "today": service_today(timetable),
        "source_lists": list(_sources(timetable, words)),
    }


def _stand(timetable: PublicTimetable, words: Words) -> dict[str, object]:
    # No fact: what a page says is dated by it, not changed.
    when = timetable.as_of.isoformat(timespec="minutes")
    return {"as_of": words.as_of(timetable.as_of), "as_of_iso": when}


def _policy(tiles: Tiles | None, words: Words) -> dict[str, object]:
    host = tiles.host if tiles else ""
    software = words.say("software_tiles", host=host) if tiles else words.say("software")
    return {"policy": content_policy(tiles), "tile_host": host, "software": software}


def _addresses(timetable: PublicTimetable) -> dict[str, object]:
    return {
        "start": paths.START,
        "privacy": paths.PRIVACY,
        "offers": paths.OFFERS,
        "access": paths.ACCESS,
        "manifest": paths.MANIFEST,
        "worker": paths.WORKER,
        "bus_css": paths.COLOURS,
        "town_pages": paths.town_pages(timetable.municipalities),
        "stop_page": paths.stop_page,
        "week_page": paths.week_page,
    }


def _sources(timetable: PublicTimetable, words: Words) -> Iterator[tuple[str, list[str]]]:
    """Whom to name for what is shown, each once."""
    told = (timetable.county.source, timetable.site.source)
    yield words.say("sources_county"), _each_once(source for source in told if source)
    yield words.say("sources_towns"), _each_once(t.source for t in timetable.municipalities)
    yield words.say("sources_places"), _each_once(p.licence for p in timetable.places)


def _each_once(sources: Iterable[str]) -> list[str]:
    return sorted({source for source in sources if source})
