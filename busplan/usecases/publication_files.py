"""All files of a publication: the site, and every open format."""

from collections.abc import Sequence

from busplan.domain.public_timetable import PublicTimetable
from busplan.exchange import mobile_library
from busplan.publishing.address import PublicAddress
from busplan.publishing.draft import File, made
from busplan.publishing.formats import draft_formats
from busplan.publishing.languages import LANGUAGES, Language
from busplan.publishing.mobile_rows import mobile_rows
from busplan.publishing.pages import draft_publication
from busplan.publishing.tiles import Tiles

MOBILE_LIBRARY = "daten/mobile-library-stops.csv"


def publication_files(
    timetable: PublicTimetable,
    tiles: Tiles | None,
    address: PublicAddress | None,
    languages: Sequence[Language] = LANGUAGES,
) -> dict[str, File]:
    """Everything that is written where the public reads, by path."""
    return draft_publication(timetable, tiles, languages, address) | _drafts(timetable, address)


def open_files(timetable: PublicTimetable, address: PublicAddress | None) -> dict[str, bytes]:
    """The open formats, those of other houses' schemas too."""
    return made(_drafts(timetable, address))


def _drafts(timetable: PublicTimetable, address: PublicAddress | None) -> dict[str, File]:
    found = draft_formats(timetable, address)
    rows = mobile_rows(timetable, address)
    if rows:
        found[MOBILE_LIBRARY] = mobile_library.write_timetable(rows)
    return found
