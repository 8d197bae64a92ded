"""The list to search in and the web app manifest: complete, neutral, and nobody's secret."""

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from busplan.domain.publication import open_gate
from busplan.publishing.pages import make_publication
from busplan.publishing.site.name_list import name_list
from tests.houses import NOW, Case, build_house, cases, secrets_of
from tests.publishing.timetables import make_timetable


def test_the_list_leads_from_every_name_to_a_page() -> None:
    timetable = make_timetable()
    files = make_publication(timetable)

    found = json.loads(name_list(timetable))

    assert found["towns"][0] == ["Altdorf", "ort/altdorf/index.html", ["52457"], 50.85, 6.35]
    assert found["places"] == [["Oberdorf", 0]]
    assert found["stops"][1][:4] == ["Schulhof", "Oberdorf", "halt/school/index.html", 1]
    pages = [town[1] for town in found["towns"]] + [stop[2] for stop in found["stops"]]
    assert set(pages) <= set(files)


@settings(deadline=None)
@given(given=st.lists(cases(), min_size=1, max_size=6))
def test_the_list_holds_no_stop_below_its_level(given: list[Case]) -> None:
    written = name_list(open_gate(build_house(given), NOW)).decode()

    assert [secret for secret in secrets_of(given) if secret in written] == []


def test_the_app_is_neutral_and_its_files_are_there() -> None:
    files = make_publication(make_timetable())

    app = json.loads(files["app.json"])

    assert (app["name"], app["short_name"]) == ("Jugendmobil Testkreis", "Jugendmobil")
    assert (app["start_url"], app["scope"], app["lang"]) == ("index.html", "./", "de")
    assert {icon["src"] for icon in app["icons"]} <= set(files)


def test_without_the_map_a_visit_costs_less_than_200_kilobytes() -> None:
    """Start page, a town page and all they load, uncompressed (domain research, story Y1)."""
    files = make_publication(make_timetable())

    without_map = {
        name: content
        for name, content in files.items()
        if name.count("/") < 3
        and not re.match("(leicht|tr|uk|ro|ar|pl|en|ru)/", name)
        and "leaflet" not in name
        and "/map-" not in name
        and not name.endswith(".png")
    }
    assert sum(map(len, without_map.values())) < 200_000
