"""Where the publication is read on the web: only where the settings say it."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from busplan.domain.errors import InvalidInput
from busplan.publishing.write import INDEX


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAddress:
    """The address of the publication's folder, such as ``https://bus.example.org/``."""

    url: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InvalidInput(f"public URL {self.url!r} names no server like https://bus.example")
        if parts.query or parts.fragment or not self.url.endswith("/"):
            raise InvalidInput(f"public URL {self.url!r} is not a folder that ends in /")
        if not self.url.isascii() or not self.url.isprintable() or set(self.url) & set("<>\"' "):
            raise InvalidInput(f"public URL {self.url!r} holds signs that must be encoded")

    @property
    def folder(self) -> str:
        """The way to the publication's folder from anywhere on its server, such as ``/bus/``."""
        return urlsplit(self.url).path

    def of(self, path: str) -> str:
        """The address of one of the publication's files; a page is named by its folder."""
        return self.url + quote(path.removesuffix(INDEX))


def find_address(url: str) -> PublicAddress | None:
    """The address of the settings; ``None`` where they name none."""
    return PublicAddress(url=url) if url else None
