"""Golden publication and formats: ``python -m tests.publishing.golden`` writes them anew.

Read the diff.
"""

import shutil
from pathlib import Path

from busplan.publishing.address import PublicAddress
from busplan.publishing.assets import leaflet_files
from busplan.publishing.gtfs import FILE, gtfs_tables
from busplan.publishing.languages import GERMAN
from busplan.publishing.pages import make_publication
from busplan.usecases.publication_files import open_files
from tests.browser import write_files
from tests.publishing.timetables import make_timetable

FOLDER = Path(__file__).parent.parent / "golden" / "publication"
FORMATS_FOLDER = FOLDER.with_name("formats")
ADDRESS = PublicAddress(url="https://bus.example/")
TEXT_SUFFIXES = (".css", ".csv", ".geojson", ".html", ".ics", ".json", ".jsonld", ".txt")
"""Formats whose files people can read; of the others no golden files are kept."""


def own_files() -> dict[str, bytes]:
    """All files of the German publication but Leaflet's."""
    library = leaflet_files()
    found = make_publication(make_timetable(), languages=(GERMAN,))
    return {name: content for name, content in found.items() if name not in library}


def text_files() -> dict[str, bytes]:
    """All files of open formats that are text, those inside the GTFS feed too."""
    found = open_files(make_timetable(), ADDRESS)
    texts = {name: content for name, content in found.items() if name.endswith(TEXT_SUFFIXES)}
    tables = gtfs_tables(make_timetable(), ADDRESS)
    return texts | {f"{FILE}/{name}": table.encode() for name, table in tables.items()}


if __name__ == "__main__":
    shutil.rmtree(FORMATS_FOLDER, ignore_errors=True)
    write_files(text_files(), FORMATS_FOLDER)
    shutil.rmtree(FOLDER, ignore_errors=True)
    write_files(own_files(), FOLDER)
