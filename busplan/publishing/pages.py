"""A publication: every page, script, style and image of a timetable as bytes by path."""

from collections.abc import Iterator, Mapping, Sequence

from busplan.domain.public_timetable import PublicTimetable
from busplan.publishing.assets import FOLDER, hashed_name, leaflet_files
from busplan.publishing.folium_map import draw_week
from busplan.publishing.map_drawing import MapDrawing
from busplan.publishing.site import paths
from busplan.publishing.site.app import make_assets, manifest
from busplan.publishing.site.render import Renderer
from busplan.publishing.site.town_view import from_today, list_towns
from busplan.publishing.tiles import Tiles
from busplan.publishing.visit_view import VisitView, list_visits, service_today
from busplan.publishing.week_view import WeekView, group_by_day, list_weeks
from busplan.publishing.words import Words


def make_publication(timetable: PublicTimetable, tiles: Tiles | None = None) -> dict[str, bytes]:
    """The whole site by relative path: start, towns, stops, weeks with maps, and all they load.

    The same timetable gives the same bytes. Nothing is fetched from elsewhere, unless ``tiles``
    names a server for the map's ground.
    """
    library = leaflet_files()
    own, names = make_assets(timetable)
    found = {**library, **own}
    words = Words()
    renderer = Renderer(timetable, words, tiles, names)
    found |= [renderer.file(paths.MANIFEST, manifest(timetable.county, words, names))]
    visits = list_visits(timetable, words)
    weeks = list_weeks(timetable, words, visits)
    found |= _places(timetable, words, visits, weeks, renderer)
    for week, (before, after) in zip(weeks, _neighbours(weeks), strict=True):
        drawing = draw_week(timetable, week, tiles, words)
        values, script_file = _map_values(drawing, library)
        found |= script_file
        values |= {"week": week, "before": before, "after": after}
        found |= [renderer.page(paths.week_page(week.week), "week.html", values)]
    found |= [renderer.page(paths.LEAVE, "leave.html", {})]
    return found


def _places(
    timetable: PublicTimetable,
    words: Words,
    visits: Sequence[VisitView],
    weeks: Sequence[WeekView],
    renderer: Renderer,
) -> Iterator[tuple[str, bytes]]:
    """Every page without a map."""
    towns = list_towns(timetable, words, visits)
    today = [v for v in from_today(timetable, visits) if v.day == service_today(timetable)]
    start = {"towns": towns, "weeks": weeks, "today_days": group_by_day(today, words)}
    yield renderer.page(paths.START, "start.html", start)
    yield renderer.page(paths.PRIVACY, "privacy.html", {})
    for town in towns:
        yield renderer.page(town.page, "town.html", {"town": town})
        for stop in town.stops:
            yield renderer.page(stop.page, "stop.html", {"stop": stop})


def _neighbours(weeks: Sequence[WeekView]) -> Iterator[tuple[str, str]]:
    names = ["", *(week.week for week in weeks), ""]
    return zip(names, names[2:], strict=False)


def _map_values(
    drawing: MapDrawing, library: Mapping[str, bytes]
) -> tuple[dict[str, object], dict[str, bytes]]:
    """What a page needs to show the drawing, and the drawing's own script by path."""
    script = drawing.script.encode()
    script_path = f"{FOLDER}/{hashed_name('map.js', script)}"
    local = _local_paths(drawing, library)
    values: dict[str, object] = {
        "map_id": drawing.element_id,
        "map_css": [path for path in local if path.endswith(".css")],
        "map_js": [*(path for path in local if path.endswith(".js")), script_path],
    }
    return values, {script_path: script}


def _local_paths(drawing: MapDrawing, library: Mapping[str, bytes]) -> list[str]:
    """The publication's paths of what a drawing needs, in the order it needs them."""
    paths = {_plain_name(path): path for path in library}
    return [paths[name] for name in drawing.needs]


def _plain_name(path: str) -> str:
    """``assets/leaflet-0f1e2d3c4b.js`` as ``leaflet.js``."""
    stem, _, suffix = path.removeprefix(f"{FOLDER}/").rpartition(".")
    return f"{stem.rpartition('-')[0]}.{suffix}"
