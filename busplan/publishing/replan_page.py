"""The page of a replanning: figures, map and tours, before and after, as bytes by path."""

from collections.abc import Iterator, Mapping
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from busplan.domain.dates import DAYS_PER_WEEK
from busplan.domain.mobile_timetable import WEEKDAY_NAMES
from busplan.domain.replanning import CycleFigures, CycleTour, Replanning
from busplan.publishing.assets import FOLDER, hashed_name, leaflet_files
from busplan.publishing.colours import paler
from busplan.publishing.replan_map import draw_replanning, line_of
from busplan.publishing.tiles import content_policy

DAY_COLOURS = ("#0b6fb8", "#c8501b", "#12805c", "#8a3fa0", "#a0720a", "#5b6770", "#b0224f")
"""Monday to Sunday; each stands out from paper at least 3 to 1 (WCAG 2.2, non-text contrast)."""

_PAGES = Environment(
    loader=PackageLoader("busplan.publishing"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def make_replan_page(replanning: Replanning) -> dict[str, bytes]:
    """``index.html`` and all it loads. The same replanning gives the same bytes."""
    drawing = draw_replanning(replanning)
    library = leaflet_files()
    script, style = drawing.script.encode(), _style()
    script_path = f"{FOLDER}/{hashed_name('replan.js', script)}"
    style_path = f"{FOLDER}/{hashed_name('replan.css', style)}"
    needed = [path for name in drawing.needs for path in library if _is(path, name)]
    page = {
        "policy": content_policy(None),
        "styles": [*(path for path in needed if path.endswith(".css")), style_path],
        "scripts": [*(path for path in needed if path.endswith(".js")), script_path],
        "map_id": drawing.element_id,
        "it": replanning,
        "title": replanning.name.replace("_", " ").title(),
        "figures": list(_figures(replanning.published, replanning.replanned)),
        "weeks": range(replanning.weeks),
        "days": _days(replanning),
        "vehicles": [(name, line_of(name, replanning.depots)) for name in replanning.depots],
        "tours": list(_tours(replanning)),
        "sources": _sources(replanning),
    }
    html = _PAGES.get_template("replan.html").render(page).encode()
    return {**library, script_path: script, style_path: style, "index.html": html}


def _style() -> bytes:
    own = files("busplan.publishing").joinpath("templates/replan.css").read_text("utf-8")
    light = "".join(f".day-{n} {{ --day: {c}; }}\n" for n, c in enumerate(DAY_COLOURS))
    dark = "".join(f".day-{n} {{ --day: {paler(c)}; }}\n" for n, c in enumerate(DAY_COLOURS))
    return f"{own}\n{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n".encode()


def _is(path: str, name: str) -> bool:
    """Whether ``assets/leaflet-0f1e2d3c4b.js`` is ``leaflet.js``."""
    stem, _, suffix = name.rpartition(".")
    return path.startswith(f"{FOLDER}/{stem}-") and path.endswith(f".{suffix}")


def _figures(before: CycleFigures, after: CycleFigures) -> Iterator[tuple[str, str, str, str]]:
    """Name, published, replanned, change."""
    rows = (
        ("Kilometres", before.length_m / 1000, after.length_m / 1000),
        ("Driving, minutes", before.driving_min, after.driving_min),
        ("Service, minutes", before.service_min, after.service_min),
        ("Vehicle days", before.vehicle_days, after.vehicle_days),
        ("Longest day, minutes", before.longest_day_min, after.longest_day_min),
    )
    for name, old, new in rows:
        change = f"{(new - old) / old:+.1%}".replace("-", "−") if old else ""
        yield name, f"{old:,.0f}", f"{new:,.0f}", "same" if old == new else change


def _days(replanning: Replanning) -> list[tuple[int, str]]:
    """Weekdays on which any tour is."""
    found = {tour.day % DAYS_PER_WEEK for tour in (*replanning.before, *replanning.after)}
    return [(day, WEEKDAY_NAMES[day]) for day in sorted(found)]


def _tours(replanning: Replanning) -> Iterator[tuple[CycleTour, CycleTour | None]]:
    """Every published tour with the new one of the same vehicle and day."""
    after: Mapping[tuple[str, int], CycleTour] = {
        (tour.vehicle, tour.day): tour for tour in replanning.after
    }
    for tour in replanning.before:
        yield tour, after.get((tour.vehicle, tour.day))


def _sources(replanning: Replanning) -> list[str]:
    visits = [call.published for tour in replanning.before for call in tour.calls]
    return sorted({visit.organisation for visit in visits if visit.organisation})
