"""Scripts, styles and images of a publication, all local, named after their content."""

import re
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from pathlib import Path, PurePosixPath

from xstatic.pkg import leaflet

from busplan.domain.errors import InvalidInput

FOLDER = "assets"
_LEAFLET = Path(leaflet.BASE_DIR)
_CSS_IMAGE = re.compile(rb"url\(images/([^)]+)\)")
_SOURCE_MAP = re.compile(rb"\n//# sourceMappingURL=\S+\s*$")

FOLIUM_FILES = {"leaflet": "leaflet.js", "leaflet_css": "leaflet.css"}
"""Local files for what a Folium page links, by Folium's name of it."""
FOLIUM_UNUSED = frozenset(
    {
        "jquery",
        "bootstrap",
        "bootstrap_css",
        "glyphicons_css",
        "awesome_markers",
        "awesome_markers_css",
        "awesome_markers_font_css",
        "awesome_rotate_css",
    }
)
"""What Folium always links but our maps never need: its popups and pins are not used."""


def hashed_name(name: str, content: bytes) -> str:
    """``site.css`` as ``site-0f1e2d3c4b.css``: a new content is a new file to every cache."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}-{sha256(content).hexdigest()[:10]}{path.suffix}"))


def leaflet_files() -> Mapping[str, bytes]:
    """Leaflet's script, style and the style's images, by their path in the publication."""
    images = {p.name: p.read_bytes() for p in sorted((_LEAFLET / "images").glob("layers*.png"))}
    images["marker-icon.png"] = (_LEAFLET / "images" / "marker-icon.png").read_bytes()
    hashed = {name: hashed_name(name, content) for name, content in images.items()}
    script = _SOURCE_MAP.sub(b"\n", (_LEAFLET / "leaflet.js").read_bytes())
    style = _CSS_IMAGE.sub(
        lambda found: b"url(%s)" % hashed[found[1].decode()].encode(),
        (_LEAFLET / "leaflet.css").read_bytes(),
    )
    found = {f"{FOLDER}/{hashed[name]}": content for name, content in images.items()}
    for name, content in (("leaflet.js", script), ("leaflet.css", style)):
        found[f"{FOLDER}/{hashed_name(name, content)}"] = content
    return found


def site_file(name: str) -> bytes:
    """One of the site's own scripts or icons, such as ``scripts/site.js``."""
    return files("busplan.publishing").joinpath(f"site/{name}").read_bytes()


def asset(name: str, content: bytes) -> tuple[str, bytes]:
    """Path and content of a file that pages load."""
    return f"{FOLDER}/{hashed_name(name, content)}", content


def local_file(asset: str) -> str | None:
    """Our file for an asset that Folium links, ``None`` for one that we leave out on purpose.

    Raises ``InvalidInput`` for any other: it would be fetched from a foreign server.
    """
    if asset in FOLIUM_UNUSED:
        return None
    if asset not in FOLIUM_FILES:
        raise InvalidInput(f"Folium links {asset!r}, of which there is no local copy")
    return FOLIUM_FILES[asset]
