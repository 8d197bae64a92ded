"""A tile server for the map's ground: only where the settings name one."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from busplan.domain.errors import InvalidInput

_OWN = ("script-src", "style-src", "img-src", "connect-src", "manifest-src", "worker-src")
POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{part} 'self'" for part in _OWN),
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""What a page may load: nothing that is not its own."""
_HOST = re.compile(r"(\{s\}\.)?[A-Za-z0-9.-]+(:\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """A tile server by URL with ``{z}``, ``{x}``, ``{y}``, and whom to name on the map."""

    url: str
    attribution: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
            raise InvalidInput(f"tile URL {self.url!r} names no server like https://tiles.example")
        if not all(gap in parts.path + parts.query for gap in ("{z}", "{x}", "{y}")):
            raise InvalidInput(f"tile URL {self.url!r} lacks {{z}}, {{x}} or {{y}}")
        if "{{" in self.url or "{%" in self.url or "{#" in self.url:
            raise InvalidInput(f"tile URL {self.url!r} holds template signs")
        if not self.attribution:
            raise InvalidInput("a tile server needs an attribution")

    @property
    def host(self) -> str:
        """The server as a policy names it, ``https://*.tiles.example`` for ``{s}.``."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"


def find_tiles(url: str, attribution: str) -> Tiles | None:
    """The tile server of the settings; ``None`` where they name none."""
    return Tiles(url=url, attribution=attribution) if url else None


def content_policy(tiles: Tiles | None) -> str:
    """The page's Content-Security-Policy: itself alone, and the tile server's images if any."""
    # Leaflet swaps tiles that it no longer wants for an empty data: image.
    return (
        POLICY.replace("img-src 'self'", f"img-src 'self' data: {tiles.host}") if tiles else POLICY
    )
