"""Every open format of a timetable, as bytes by path: one line here for each."""

from collections.abc import Callable, Mapping

from busplan.domain.public_timetable import PublicTimetable
from busplan.publishing.address import PublicAddress
from busplan.publishing.draft import File, made
from busplan.publishing.embed import embed_files
from busplan.publishing.geojson import geojson_files
from busplan.publishing.gtfs import gtfs_files
from busplan.publishing.gtfs_realtime import gtfs_realtime_files
from busplan.publishing.icalendar_feeds import calendar_files
from busplan.publishing.json_ld import json_ld_files
from busplan.publishing.messenger_text import messenger_files
from busplan.publishing.timetable_json import timetable_files

Format = Callable[[PublicTimetable, PublicAddress | None], Mapping[str, File]]

FORMATS: tuple[Format, ...] = (
    calendar_files,
    geojson_files,
    json_ld_files,
    gtfs_files,
    gtfs_realtime_files,
    messenger_files,
    timetable_files,
    embed_files,
)


def make_formats(
    timetable: PublicTimetable, address: PublicAddress | None = None
) -> dict[str, bytes]:
    """The files of all formats; the same timetable gives the same bytes.

    ``address`` is where the publication is read; without one, files hold no link to its pages.
    """
    return made(draft_formats(timetable, address))


def draft_formats(timetable: PublicTimetable, address: PublicAddress | None) -> dict[str, File]:
    """``make_formats`` with those files yet to be made of which there are many."""
    found: dict[str, File] = {}
    for make in FORMATS:
        found |= make(timetable, address)
    return found
