"""Put a replanning on disk: the new timetable, its figures, and the page with the map."""

from pathlib import Path

from busplan.domain.replanning import Replanning
from busplan.exchange.mobile_library import write_timetable
from busplan.exchange.replanning_json import write_replanning
from busplan.publishing.replan_page import make_replan_page
from busplan.publishing.write import write_publication


def write_replanning_files(replanning: Replanning, folder: Path) -> tuple[Path, Path, Path]:
    """Timetable, figures and page, all of them or none.

    Raises ``InvalidInput`` where a file that is not ours is in the way.
    """
    names = (f"{replanning.name}.csv", f"{replanning.name}.json", "index.html")
    files = {
        **make_replan_page(replanning),
        names[0]: write_timetable(replanning.timetable),
        names[1]: write_replanning(replanning),
    }
    write_publication(files, folder)
    timetable, figures, page = (folder / name for name in names)
    return timetable, figures, page
