"""A publication: every page, script, style and image of a timetable as bytes by path."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from busplan.domain.public_timetable import PublicTimetable
from busplan.publishing import texts
from busplan.publishing.assets import FOLDER, hashed_name, leaflet_files, site_style
from busplan.publishing.colours import bus_rules
from busplan.publishing.folium_map import draw_week
from busplan.publishing.map_drawing import MapDrawing
from busplan.publishing.tiles import Tiles, content_policy
from busplan.publishing.week_view import WeekView, list_buses, list_weeks

_PAGES = Environment(
    loader=PackageLoader("busplan.publishing"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_PAGES.globals["say"] = texts.say


def make_publication(timetable: PublicTimetable, tiles: Tiles | None = None) -> dict[str, bytes]:
    """Overview, one page with table and map per week, and all they load, by relative path.

    The same timetable gives the same bytes. Nothing is fetched from elsewhere, unless ``tiles``
    names a server for the map's ground.
    """
    weeks = list_weeks(timetable)
    library = leaflet_files()
    site_css, style = site_style(bus_rules(list_buses(timetable).values()))
    common = _common(timetable, tiles) | {"site_css": site_css}
    found = {**library, site_css: style}
    found["index.html"] = _render("overview.html", common | {"root": "", "weeks": weeks})
    for week, (before, after) in zip(weeks, _neighbours(weeks), strict=True):
        drawing = draw_week(timetable, week, tiles)
        script = drawing.script.encode()
        script_path = f"{FOLDER}/{hashed_name('map.js', script)}"
        found[script_path] = script
        local = _local_paths(drawing, library)
        page = common | {
            "root": "../",
            "week": week,
            "before": before,
            "after": after,
            "map_id": drawing.element_id,
            "map_css": [path for path in local if path.endswith(".css")],
            "map_js": [*(path for path in local if path.endswith(".js")), script_path],
        }
        found[f"{week.week}/index.html"] = _render("week.html", page)
    return found


def _common(timetable: PublicTimetable, tiles: Tiles | None) -> dict[str, object]:
    county = timetable.county
    return {
        "county": county,
        "phone": "".join(char for char in county.contact_phone if char in "+0123456789"),
        "mail": quote(county.contact_mail, safe="@"),
        "as_of": texts.as_of(timetable.as_of),
        "buses": list(list_buses(timetable).values()),
        "policy": content_policy(tiles),
        "sources": list(_sources(timetable)),
        "software": texts.say("software_tiles", host=tiles.host)
        if tiles
        else texts.say("software"),
    }


def _sources(timetable: PublicTimetable) -> Iterator[tuple[str, list[str]]]:
    """Whom to name for what is shown, each once."""
    yield texts.say("sources_county"), [s for s in (timetable.county.source,) if s]
    yield texts.say("sources_towns"), _each_once(t.source for t in timetable.municipalities)
    yield texts.say("sources_places"), _each_once(p.licence for p in timetable.places)


def _each_once(sources: Iterable[str]) -> list[str]:
    return sorted({source for source in sources if source})


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


def _render(template: str, values: Mapping[str, object]) -> bytes:
    return _PAGES.get_template(template).render(values).encode()
