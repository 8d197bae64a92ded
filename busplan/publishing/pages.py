"""A publication: every page, script, style and image of a timetable by path."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from busplan.domain.public_timetable import PublicTimetable
from busplan.publishing.address import PublicAddress
from busplan.publishing.assets import leaflet_files
from busplan.publishing.draft import Draft, File, digest, made
from busplan.publishing.icalendar_feeds import stop_feed, town_feed
from busplan.publishing.json_ld import stop_events
from busplan.publishing.languages import GERMAN, LANGUAGES, Language
from busplan.publishing.site import paths
from busplan.publishing.site.app import make_assets, manifest
from busplan.publishing.site.missing_view import say_missing
from busplan.publishing.site.offers_view import list_offers
from busplan.publishing.site.render import Renderer
from busplan.publishing.site.town_view import from_today, list_towns
from busplan.publishing.site.week_maps import WeekMaps
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
    maps = WeekMaps(timetable, tiles, library)
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


def _pages(
    timetable: PublicTimetable,
    words: Words,
    renderer: Renderer,
    maps: WeekMaps,
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


def _neighbours(weeks: Sequence[WeekView]) -> Iterator[tuple[str, str]]:
    names = ["", *(week.week for week in weeks), ""]
    return zip(names, names[2:], strict=False)
