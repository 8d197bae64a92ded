"""The committed demo: ``python -m tests.publishing.demo`` writes its pages and pictures anew.

Pages come from the committed plan, by the moment ``AS_OF``; ``scripts/demo`` makes the plan too.
"""

from datetime import datetime
from pathlib import Path

from busplan.domain.dates import BERLIN
from busplan.domain.publication import GateInput, open_gate
from busplan.domain.solution import Solution
from busplan.exchange.county_folder import read_county
from busplan.exchange.plan_json import read_plan
from busplan.publishing.draft import made
from busplan.publishing.languages import LANGUAGES
from busplan.publishing.write import write_publication
from busplan.usecases.planning_problem import matrix_of
from busplan.usecases.publication_files import publication_files
from tests.browser import launch, serve, watch

ROOT = Path(__file__).parents[2]
COUNTY = ROOT / "data" / "kreis-dueren"
PLAN = ROOT / "tests" / "golden" / "kreis-dueren-2026-W49.json"
FOLDER = ROOT / "maps" / "demo"
LANGUAGES_SHOWN = tuple(lang for lang in LANGUAGES if lang.code in ("de", "de-x-leicht", "ar"))
"""Enough to see by; a county publishes all."""
PICTURES = ROOT / "docs" / "pictures"
AS_OF = datetime(2026, 11, 23, 12, tzinfo=BERLIN)
WEEK = "2026-W49/index.html"
SIZES = {"week-1280.png": (1280, 980), "week-360.png": (360, 720)}
"""Pictures of the week page by file name, with width and height of the window in pixels."""


def demo_solution() -> Solution:
    """The committed plan of the demo week."""
    return read_plan(PLAN.read_text("utf-8"), PLAN.name)


def demo_files() -> dict[str, bytes]:
    """Every file of the demo, as the code writes it today, without an address of its own."""
    county = read_county(COUNTY)
    house = GateInput(
        county=county.county,
        municipalities=county.municipalities,
        places=county.places,
        outlines=county.outlines,
        stops=county.stops,
        buses=county.buses,
        plans=(demo_solution().plan,),
        states={},
        matrix=matrix_of(county, None),
        short_notice_hours=county.parameters.short_notice_hours,
        programme=county.programme,
        site=county.site,
    )
    timetable = open_gate(house, AS_OF)
    return made(publication_files(timetable, None, None, LANGUAGES_SHOWN))


def take_pictures() -> None:
    """Photograph the committed week page, with the network cut."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with serve(FOLDER) as base, launch() as browser:
        for name, (width, height) in SIZES.items():
            window = {"width": width, "height": height}
            with watch(browser, base, AS_OF, viewport=window, color_scheme="light") as watched:
                watched.open(WEEK).screenshot(path=PICTURES / name)
                if watched.troubles:
                    raise SystemExit("\n".join(watched.troubles))


if __name__ == "__main__":
    write_publication(demo_files(), FOLDER)
    take_pictures()
