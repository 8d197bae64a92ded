"""The coming visits as plain HTML to put into other websites: no script, nothing to load.

``index.html`` is a page for a frame, ``liste.html`` its middle alone for websites whose server
puts pages together.
"""

from datetime import timedelta

from busplan.domain.public_timetable import PublicTimetable
from busplan.publishing.address import PublicAddress
from busplan.publishing.assets import FOLDER as ASSETS
from busplan.publishing.assets import hashed_name
from busplan.publishing.site.paths import START, stop_page, town_pages
from busplan.publishing.templating import read_style, render
from busplan.publishing.tiles import content_policy
from busplan.publishing.visit_view import VisitView, list_visits, service_today
from busplan.publishing.words import Words

FOLDER = "einbetten"
DAYS = 14
"""How far ahead the list reaches."""


def embed_files(timetable: PublicTimetable, address: PublicAddress | None) -> dict[str, bytes]:
    """Page, list and style by path; with an address they link to the site's pages."""
    style = read_style("embed.css").encode()
    css = f"{ASSETS}/{hashed_name('embed.css', style)}"
    words, today = Words(), service_today(timetable)
    last = today + timedelta(days=DAYS - 1)
    views = [v for v in list_visits(timetable, words) if today <= v.day <= last]
    towns = town_pages(timetable.municipalities)

    def page(view: VisitView) -> str:
        path = towns[view.ags] if view.stop_id is None else stop_page(view.stop_id)
        return address.of(path) if address else ""

    values = {
        "words": words,
        "say": words.say,
        "county": timetable.county,
        "as_of": words.as_of(timetable.as_of),
        "rows": [(view, page(view)) for view in views],
        "start": address.of(START) if address else "",
        "css": f"../{css}",
        "policy": content_policy(None),
    }
    return {
        f"{FOLDER}/index.html": render("embed_page.html", values).encode(),
        f"{FOLDER}/liste.html": render("embed.html", values).encode(),
        css: style,
    }
