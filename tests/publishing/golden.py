"""The golden publication: ``python -m tests.publishing.golden`` writes it anew; read the diff."""

import shutil
from pathlib import Path

from busplan.publishing.assets import leaflet_files
from busplan.publishing.pages import make_publication
from tests.browser import write_files
from tests.publishing.timetables import make_timetable

FOLDER = Path(__file__).parent.parent / "golden" / "publication"


def own_files() -> dict[str, bytes]:
    """All files of the publication but Leaflet's."""
    library = leaflet_files()
    found = make_publication(make_timetable())
    return {name: content for name, content in found.items() if name not in library}


if __name__ == "__main__":
    shutil.rmtree(FOLDER, ignore_errors=True)
    write_files(own_files(), FOLDER)
