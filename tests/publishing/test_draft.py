"""Only what changed is written again, and what stays says truthfully since when it stands."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from busplan.domain.dates import week_of
from busplan.domain.public_timetable import PublicStatus, PublicTimetable
from busplan.publishing.languages import LANGUAGES
from busplan.publishing.write import MANIFEST, write_publication
from busplan.usecases.publication_files import publication_files
from tests.factories import MONDAY
from tests.publishing.timetables import NOW, make_public_visit, make_timetable

LATER = NOW + timedelta(hours=3)
WITH_THE_MOMENT = {
    "daten/besuche.geojson",
    "daten/fahrplan.json",
    "daten/halte.geojson",
    "einbetten/index.html",
    "einbetten/liste.html",
}
"""Files of which there is one each, and which tell when the whole was last looked at."""


def publish(timetable: PublicTimetable, folder: Path) -> set[str]:
    """The files that were put in place for this publication: those that are new on disk."""
    before = identities(folder)
    write_publication(publication_files(timetable, None, None), folder)
    after = identities(folder)
    return {name for name in after if after[name] != before.get(name)}


def identities(folder: Path) -> dict[str, tuple[int, int]]:
    """Number and time of each file on disk."""
    found = {path: path.stat() for path in folder.rglob("*") if path.is_file()}
    return {
        str(path.relative_to(folder)): (stat.st_ino, stat.st_mtime_ns)
        for path, stat in found.items()
        if path.name != MANIFEST
    }


def in_every_language(*pages: str) -> set[str]:
    """The pages of all languages."""
    folders = [f"{language.folder}/" if language.folder else "" for language in LANGUAGES]
    return {folder + page for folder in folders for page in pages}


def test_an_hour_later_with_nothing_new_no_page_is_written(tmp_path: Path) -> None:
    publish(make_timetable(), tmp_path)

    assert publish(make_timetable(as_of=LATER), tmp_path) == WITH_THE_MOMENT
    assert "08:05 Uhr" in (tmp_path / "index.html").read_text("utf-8")


def test_a_changed_visit_rewrites_the_pages_that_show_it(tmp_path: Path) -> None:
    """Town, stop and week of the visit, start, and offers for its guest; not the other town."""
    timetable = make_timetable()
    publish(timetable, tmp_path)
    first, *others = timetable.visits
    cancelled = replace(first, status=PublicStatus.CANCELLED, changed_at=LATER, revision=1)

    written = publish(replace(timetable, visits=(cancelled, *others), as_of=LATER), tmp_path)

    week = week_of(MONDAY)
    shown = {"index.html", f"{week}/index.html", "ort/altdorf/index.html", "halt/square/index.html"}
    shown.add("angebote/index.html")
    calendars = {name for name in written if name.startswith("kalender/")}
    pages = in_every_language(*shown)
    assert pages <= written
    assert {name for name in written if name.endswith("index.html")} == pages | {
        "einbetten/index.html"
    }
    assert f"kalender/besuch-{first.id}.ics" in calendars
    assert not any(f"kalender/besuch-{other.id}.ics" in calendars for other in others)


def test_what_is_written_again_states_the_new_moment_and_what_stays_the_old(tmp_path: Path) -> None:
    timetable = make_timetable()
    publish(timetable, tmp_path)
    new = make_public_visit(9, service_date=MONDAY + timedelta(days=2))

    publish(replace(timetable, visits=(*timetable.visits, new), as_of=LATER), tmp_path)

    assert "11:05 Uhr" in (tmp_path / "ort/altdorf/index.html").read_text("utf-8")
    assert "08:05 Uhr" in (tmp_path / "ort/beerenau/index.html").read_text("utf-8")


def test_a_withdrawn_bus_changes_no_page_but_those_that_spoke_of_it(tmp_path: Path) -> None:
    """Only the big bus comes to both stops, so their pages have never named the small one."""
    timetable = make_timetable()
    publish(timetable, tmp_path)
    big, small = timetable.buses
    visits = tuple(visit for visit in timetable.visits if visit.bus_id == big.id)

    written = publish(replace(timetable, buses=(big,), visits=visits, as_of=LATER), tmp_path)

    kept = in_every_language("halt/square/index.html", "datenschutz/index.html") | {"404.html"}
    assert written & kept == set()
    assert written >= in_every_language("ort/beerenau/index.html", "index.html")
    assert small.name not in "".join(p.read_text("utf-8") for p in tmp_path.rglob("*.html"))


def test_every_page_is_confirmed_on_every_day(tmp_path: Path) -> None:
    """So a page that states a moment of more than 24 hours ago was really not looked at."""
    publish(make_timetable(), tmp_path)

    tomorrow = NOW + timedelta(hours=16)
    publish(make_timetable(as_of=tomorrow), tmp_path)

    pages = [page for page in tmp_path.rglob("*.html") if 'id="stand"' in page.read_text("utf-8")]
    assert len(pages) > 50
    moment = f'datetime="{tomorrow.isoformat(timespec="minutes")}"'
    assert all(moment in page.read_text("utf-8") for page in pages)


def test_facts_are_the_same_in_another_process() -> None:
    """Else nothing would ever be left alone from one command to the next."""
    told = """
from busplan.publishing.draft import Draft, digest
from busplan.usecases.publication_files import publication_files
from tests.publishing.timetables import make_timetable

files = publication_files(make_timetable(), None, None)
print(digest(sorted((n, f.facts) for n, f in files.items() if isinstance(f, Draft))))
"""
    runs = [
        subprocess.run(
            [sys.executable, "-c", told],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for _ in range(2)
    ]

    assert runs[0] == runs[1] != b""
