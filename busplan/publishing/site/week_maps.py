"""The map of each week: one script for all languages, as the page brings the words."""

from collections.abc import Mapping
from dataclasses import replace

from busplan.domain.public_timetable import PublicTimetable
from busplan.publishing.assets import FOLDER
from busplan.publishing.draft import Draft, digest, software_digest
from busplan.publishing.folium_map import draw_week
from busplan.publishing.map_drawing import MapDrawing
from busplan.publishing.tiles import Tiles
from busplan.publishing.week_view import WeekView, list_weeks
from busplan.publishing.words import Words


class WeekMaps:
    """The maps of a timetable. ``scripts`` are named after what they show, so they are drawn only
    when that has changed; ``library`` are Leaflet's files by path.
    """

    def __init__(
        self, timetable: PublicTimetable, tiles: Tiles | None, library: Mapping[str, bytes]
    ) -> None:
        weeks = list_weeks(timetable, Words())
        self._bare = _bare(timetable, weeks[0])
        self._library = {_plain_name(path): path for path in library}
        ground = digest([timetable.municipalities, timetable.places, timetable.outlines])
        drafts = {week.week: _draft(timetable, week, tiles, ground) for week in weeks}
        self._paths = {week: path for week, (path, _) in drafts.items()}
        self.scripts = dict(drafts.values())

    def values(self, week: str) -> dict[str, object]:
        """What the week's page needs to show its map."""
        local = [self._library[name] for name in self._bare.needs]
        return {
            "map_id": self._bare.element_id,
            "map_css": [path for path in local if path.endswith(".css")],
            "map_js": [*(path for path in local if path.endswith(".js")), self._paths[week]],
        }


def _bare(timetable: PublicTimetable, week: WeekView) -> MapDrawing:
    """A map of nothing: it has the id of all others, and needs the same files."""
    nowhere = replace(timetable, municipalities=(), places=(), outlines=())
    return draw_week(nowhere, replace(week, days=()), None)


def _draft(
    timetable: PublicTimetable, week: WeekView, tiles: Tiles | None, ground: str
) -> tuple[str, Draft]:
    shown = digest([ground, tiles, week.days])
    return f"{FOLDER}/map-{shown[:10]}.js", Draft(
        facts=digest([software_digest(), shown]),
        make=lambda: draw_week(timetable, week, tiles).script.encode(),
    )


def _plain_name(path: str) -> str:
    """``assets/leaflet-0f1e2d3c4b.js`` as ``leaflet.js``."""
    stem, _, suffix = path.removeprefix(f"{FOLDER}/").rpartition(".")
    return f"{stem.rpartition('-')[0]}.{suffix}"
