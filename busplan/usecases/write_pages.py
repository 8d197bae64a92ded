"""Write the public pages anew, after a publication or a stop event or when a day has passed."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from busplan.domain.public_timetable import PublicTimetable
from busplan.publishing.address import find_address
from busplan.publishing.tiles import find_tiles
from busplan.publishing.write import INDEX, OnWriting, write_publication
from busplan.usecases.public_timetable import build_public_timetable
from busplan.usecases.publication_files import publication_files


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesWritten:
    """The publication's overview on disk, and how many files had to be written.

    ``statement_lacks`` names what the accessibility statement on it does not say yet.
    """

    overview: Path
    files: int
    changed: int
    statement_lacks: tuple[str, ...] = ()


def write_pages(
    engine: Engine,
    now: datetime,
    *,
    maps_dir: Path,
    cache_dir: Path | None,
    tile_url: str = "",
    tile_attribution: str = "",
    public_url: str = "",
    on_writing: OnWriting | None = None,
) -> PagesWritten:
    """The pages and open formats of all published plans, as the public may see them at ``now``.

    Raises what ``build_public_timetable`` and ``write_publication`` raise.
    """
    timetable = build_public_timetable(engine, now, cache_dir)
    return write_timetable(timetable, maps_dir, tile_url, tile_attribution, public_url, on_writing)


def write_timetable(
    timetable: PublicTimetable,
    maps_dir: Path,
    tile_url: str = "",
    tile_attribution: str = "",
    public_url: str = "",
    on_writing: OnWriting | None = None,
) -> PagesWritten:
    """The pages and open formats of a public timetable that is at hand.

    An empty ``tile_url`` means no tiles, an empty ``public_url`` no links from formats to pages.
    """
    tiles, address = find_tiles(tile_url, tile_attribution), find_address(public_url)
    files = publication_files(timetable, tiles, address)
    changed = write_publication(files, maps_dir, on_writing)
    return PagesWritten(
        overview=maps_dir / INDEX,
        files=len(files),
        changed=changed,
        statement_lacks=tuple(timetable.site.missing()),
    )
