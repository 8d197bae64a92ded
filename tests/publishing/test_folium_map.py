"""The drawn map as a script: stable, local, and complete."""

import re

import folium
import pytest
from folium.plugins import Fullscreen

from busplan.domain.errors import InvalidInput
from busplan.publishing.assets import leaflet_files, local_file
from busplan.publishing.folium_map import draw_week
from busplan.publishing.map_drawing import take_apart
from busplan.publishing.tiles import Tiles, content_policy, find_tiles
from busplan.publishing.week_view import list_weeks
from busplan.publishing.words import Words
from tests.publishing.timetables import make_timetable

TILES = Tiles(url="https://tiles.example/{z}/{x}/{y}.png", attribution="© Somebody <b>")


def draw(tiles: Tiles | None = None, **given: object) -> str:
    timetable = make_timetable(**given)
    return draw_week(timetable, list_weeks(timetable, Words())[0], tiles).script


def test_the_same_timetable_gives_the_same_script_without_random_ids() -> None:
    assert draw() == draw()
    assert re.findall(r"[0-9a-f]{32}", draw()) == []


def test_every_day_and_bus_is_a_layer_of_its_own() -> None:
    script = draw()

    assert script.count("mapWords.layer(") == 5  # two, two and one
    assert script.count("L.featureGroup(") == 1 + 5  # with the borders


def test_an_area_visit_lies_where_its_town_lies() -> None:
    script = draw()

    assert re.search(r"L\.marker\(\s*\[50\.8, 6\.48\]", script)


def test_the_map_holds_no_words_of_visits_so_every_language_draws_it() -> None:
    script = draw()

    for words in ("Montag", "Mo 30.11.", "Marktplatz", "Großer Bus", "fällt aus", "15:00"):
        assert words not in script


def test_what_folium_would_fetch_and_we_do_not_know_is_an_error() -> None:
    drawn = folium.Map(tiles=None)
    Fullscreen().add_to(drawn)

    with pytest.raises(InvalidInput, match="no local copy"):
        take_apart(drawn)
    with pytest.raises(InvalidInput, match="no local copy"):
        local_file("font_of_somebody")


def test_what_folium_puts_into_the_head_and_we_do_not_know_is_an_error() -> None:
    drawn = folium.Map(tiles=None)
    drawn.get_root().header.add_child(folium.Element("<style>p{}</style>"), name="surprise")

    with pytest.raises(InvalidInput, match="surprise"):
        take_apart(drawn)


def test_leaflet_asks_for_nothing_that_is_not_there() -> None:
    files = leaflet_files()

    for name, content in files.items():
        if name.endswith(".css"):
            images = re.findall(rb"url\(([^)#]+)\)", content)
            assert len(images) == 3
            assert all(f"assets/{image.decode()}" in files for image in images)
        assert b"sourceMappingURL" not in content


def test_tiles_come_only_from_a_named_server_and_name_it() -> None:
    assert "tileLayer" not in draw()
    script = draw(TILES)
    assert "https://tiles.example/{z}/{x}/{y}.png" in script
    assert r"\u00a9 Somebody \u0026#60;b\u0026#62;" in script
    assert "<b>" not in script
    assert "img-src 'self' data: https://tiles.example" in content_policy(TILES)
    assert "img-src 'self';" in content_policy(None)
    assert find_tiles("", "nobody") is None


def test_a_server_with_many_names_is_one_wildcard() -> None:
    tiles = Tiles(url="https://{s}.tiles.example/{z}/{x}/{y}.png", attribution="©")

    assert tiles.host == "https://*.tiles.example"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}.png",
        "https://tiles.example; script-src */{z}/{x}/{y}",
        "https://tiles.example/{z}/{x}/{y}/{{7*7}}",
        "javascript:alert(1)/{z}/{x}/{y}",
    ],
)
def test_a_tile_url_that_could_open_the_policy_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput):
        Tiles(url=url, attribution="©")
