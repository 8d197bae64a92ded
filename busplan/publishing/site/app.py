"""What turns the site into an app: scripts, icons, manifest and the service worker."""

import json
from collections.abc import Mapping

from busplan.domain.places import County
from busplan.domain.public_timetable import PublicTimetable
from busplan.publishing.assets import asset, site_file
from busplan.publishing.bus_view import list_buses
from busplan.publishing.colours import bus_rules
from busplan.publishing.site import paths
from busplan.publishing.site.name_list import name_list
from busplan.publishing.templating import read_style
from busplan.publishing.words import Words

PAPER, ACCENT = "#f4f1e8", "#0a6258"
_SCRIPTS = {
    "site_js": "site.js",
    "names_js": "names.js",
    "search_js": "search.js",
    "map_words_js": "map-words.js",
}
_ICONS = {"icon": "icon.svg", "touch_icon": "icon-192.png", "large_icon": "icon-512.png"}


def make_assets(timetable: PublicTimetable) -> tuple[dict[str, bytes], dict[str, str], str]:
    """Files of all languages by path, their paths by the names that templates use, and the path
    of the list to search in: it changes with the stops, so only pages that search may name it.
    """
    named = {"site_css": asset("site.css", read_style("site.css").encode())}
    for group, folder in ((_SCRIPTS, "scripts"), (_ICONS, "icons")):
        named |= {key: asset(name, site_file(f"{folder}/{name}")) for key, name in group.items()}
    name_file, name_bytes = asset("orte.json", name_list(timetable))
    files = dict(named.values()) | {paths.WORKER: site_file("scripts/sw.js")}
    files[paths.COLOURS] = bus_rules(list_buses(timetable).values()).encode()
    files[name_file] = name_bytes
    return files, {key: path for key, (path, _) in named.items()}, name_file


def manifest(county: County, words: Words, names: Mapping[str, str]) -> bytes:
    """The web app manifest of one language; its name is neutral (W3C Web Application Manifest)."""
    language = words.language
    root = paths.root_of(paths.folder_of(language) + paths.MANIFEST)
    icons = {"icon": "any", "touch_icon": "192x192", "large_icon": "512x512"}
    content = {
        "name": f"{words.say('brand')} {county.name}",
        "short_name": words.say("brand"),
        "lang": language.code,
        "dir": language.direction,
        "start_url": paths.START,
        "scope": root or "./",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": ACCENT,
        "icons": [{"src": root + names[key], "sizes": size} for key, size in icons.items()],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
