"""A page that is made only where its facts have changed, and then carries the moment it was made.

The "Stand" of a page is when its facts were last put there: at their last change, or at the first
publication of the day, since today is among the facts of every page. So it is never later than the
truth of what it stands on, and a page older than a day says by itself that nobody confirmed it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).parent
_SOURCES = (".css", ".html", ".js", ".po", ".py")
_RENDERERS = ("babel", "folium", "icalendar", "jinja2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A file yet to be made. ``facts`` digests all that it is made from but the moment."""

    facts: str
    make: Callable[[], bytes]


File = bytes | Draft


def content_of(file: File) -> bytes:
    """The file's bytes, made now where they are not yet."""
    return file.make() if isinstance(file, Draft) else file


def made(publication: Mapping[str, File]) -> dict[str, bytes]:
    """Every file as bytes."""
    return {name: content_of(file) for name, file in publication.items()}


def digest(facts: Iterable[object]) -> str:
    """The same for the same facts, in every process; each needs a ``repr`` that tells all."""
    return sha256("\n".join(map(repr, facts)).encode()).hexdigest()[:20]


@cache
def software_digest() -> str:
    """Changes with all that turns facts into pages: this package and what it renders by."""
    sources = sorted(path for path in _PACKAGE.rglob("*") if path.suffix in _SOURCES)
    texts = [(str(path.relative_to(_PACKAGE)), path.read_bytes()) for path in sources]
    return digest([*texts, *(version(name) for name in ("busplan", *_RENDERERS))])
