"""A publication: every page, script, style and image of a timetable by path."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from busplan.domain.public_timetable import PublicTimetable
from busplan.publishing.address import PublicAddress
from busplan.publishing.assets import FOLDER, asset, leaflet_files
from busplan.publishing.draft import Draft, File, digest, made
from busplan.publishing.folium_map import draw_week
from busplan.publishing.icalendar_feeds import stop_feed, town_feed
from busplan.publishing.json_ld import stop_events
from busplan.publishing.languages import GERMAN, LANGUAGES, Language
from busplan.publishing.map_drawing import MapDrawing
from busplan.publishing.site import paths
from busplan.publishing.site.app import make_assets, manifest
from busplan.publishing.site.missing_view import say_missing
from busplan.publishing.site.offers_view import list_offers
from busplan.publishing.site.render import Renderer
from busplan.publishing.site.town_view import from_today, list_towns
from busplan.publishing.tiles import Tiles
from busplan.publishing.visit_view import list_visits, service_today
from busplan.publishing.week_view import WeekView, group_by_day, list_weeks
from busplan.publishing.words import Words


def make_publication(
    timetable: PublicTimetable,
    tiles: Tiles | None = None,
    languages: Sequence[Language] = LANGUAGES,
    address: PublicAddress | None = None,
) -> dict[str, bytes]:
    """The whole site by relative path: start, towns, stops, weeks with maps, and all they load.

    The same timetable gives the same bytes. Nothing is fetched from elsewhere, unless ``tiles``
    names a server for the map's ground. Without an ``address`` the page for what is not there
    takes the site to lie at the root of its server.
    """
    return made(draft_publication(timetable, tiles, languages, address))


def draft_publication(
    timetable: PublicTimetable,
    tiles: Tiles | None = None,
    languages: Sequence[Language] = LANGUAGES,
    address: PublicAddress | None = None,
) -> dict[str, File]:
    """``make_publication`` with its pages yet to be made."""
    library = leaflet_files()
    own, names, name_file = make_assets(timetable)
    search = {"names": name_file, "edition": _edition(timetable)}
    maps = _Maps(timetable, tiles, library)
    found: dict[str, File] = {**library, **own}
    for language in languages:
        words = Words(language)
        renderer = Renderer(timetable, words, tiles, names, languages)
        found |= [renderer.file(paths.MANIFEST, manifest(timetable.county, words, names))]
        found |= _pages(timetable, words, renderer, maps, search)
    german = Renderer(timetable, Words(), tiles, names)
    said = {"said": say_missing(languages)}
    root = address.folder if address else "/"
    found |= [
        german.page(paths.LEAVE, "leave.html", {}),
        german.page(paths.MISSING, "missing.html", said, root),
    ]
    return found | maps.scripts


def _edition(timetable: PublicTimetable) -> str:
    """Tells timetables apart that announce something else, whenever they were made."""
    return digest([replace(timetable, as_of=timetable.as_of.min)])


class _Maps:
    """The map of each week: one script for all languages, as the page brings the words."""

    def __init__(
        self, timetable: PublicTimetable, tiles: Tiles | None, library: Mapping[str, bytes]
    ) -> None:
        weeks = list_weeks(timetable, Words())
        drawings = {week.week: draw_week(timetable, week, tiles) for week in weeks}
        self._library = library
        self._files = {week: _script_file(drawing) for week, drawing in drawings.items()}
        self._drawings = drawings
        self.scripts = dict(self._files.values())

    def values(self, week: str) -> dict[str, object]:
        """What the week's page needs to show its map."""
        drawing = self._drawings[week]
        local = _local_paths(drawing, self._library)
        return {
            "map_id": drawing.element_id,
            "map_css": [path for path in local if path.endswith(".css")],
            "map_js": [*(path for path in local if path.endswith(".js")), self._files[week][0]],
        }


def _pages(
    timetable: PublicTimetable,
    words: Words,
    renderer: Renderer,
    maps: _Maps,
    search: Mapping[str, str],
) -> Iterator[tuple[str, Draft]]:
    """Every page of one language."""
    visits = list_visits(timetable, words)
    weeks = list_weeks(timetable, words, visits)
    towns = list_towns(timetable, words, visits)
    coming = from_today(timetable, visits)
    today = [v for v in coming if v.day == service_today(timetable)]
    start = {"towns": towns, "weeks": weeks, "today_days": group_by_day(today, words)}
    yield renderer.page(paths.START, "start.html", {**search, **start})
    yield renderer.page(paths.PRIVACY, "privacy.html", {})
    yield renderer.page(paths.ACCESS, "access.html", {"incomplete": any(timetable.site.missing())})
    offered = {"offered": list_offers(timetable, words, coming)}
    yield renderer.page(paths.OFFERS, "offers.html", offered)
    for town in towns:
        values = {"town": town, "feed": town_feed(town.ags)}
        yield renderer.page(town.page, "town.html", values)
        for stop in town.stops:
            # For search engines, once: pages of other languages tell of the same events.
            events = stop_events(timetable, stop.id) if words.language is GERMAN else ""
            values = {"stop": stop, "feed": stop_feed(stop.id), "events": events}
            yield renderer.page(stop.page, "stop.html", values)
    for week, (before, after) in zip(weeks, _neighbours(weeks), strict=True):
        values = {"week": week, "before": before, "after": after}
        values |= maps.values(week.week)
        yield renderer.page(paths.week_page(week.week), "week.html", values)


def _script_file(drawing: MapDrawing) -> tuple[str, bytes]:
    return asset("map.js", drawing.script.encode())


def _neighbours(weeks: Sequence[WeekView]) -> Iterator[tuple[str, str]]:
    names = ["", *(week.week for week in weeks), ""]
    return zip(names, names[2:], strict=False)


def _local_paths(drawing: MapDrawing, library: Mapping[str, bytes]) -> list[str]:
    """The publication's paths of what a drawing needs, in the order it needs them."""
    paths = {_plain_name(path): path for path in library}
    return [paths[name] for name in drawing.needs]


def _plain_name(path: str) -> str:
    """``assets/leaflet-0f1e2d3c4b.js`` as ``leaflet.js``."""
    stem, _, suffix = path.removeprefix(f"{FOLDER}/").rpartition(".")
    return f"{stem.rpartition('-')[0]}.{suffix}"
