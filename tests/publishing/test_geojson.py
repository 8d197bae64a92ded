"""GeoJSON, judged by geojson-pydantic, which nobody here wrote."""

import json

from geojson_pydantic import FeatureCollection, Point

from busplan.publishing.address import PublicAddress
from busplan.publishing.geojson import STOPS, VISITS, geojson_files
from tests.publishing.timetables import make_area_visit, make_public_stop, make_timetable

HOME = PublicAddress(url="https://bus.example/")


def read(name: str, address: PublicAddress | None = HOME) -> FeatureCollection:
    content = geojson_files(make_timetable(), address)[name]
    return FeatureCollection.model_validate_json(content)


def test_stops_are_points_by_longitude_and_latitude() -> None:
    square, school = read(STOPS).features

    assert isinstance(square.geometry, Point)
    assert (square.geometry.coordinates.longitude, square.geometry.coordinates.latitude) == (
        6.36,
        50.86,
    )
    assert (square.id, square.properties["stop"]) == ("square", "Marktplatz")
    assert square.properties["page"] == "https://bus.example/halt/square/"
    assert (school.properties["town"], school.properties["indoor_place"]) == ("Beerenau", "Aula")


def test_visits_tell_their_times_with_the_offset_of_berlin() -> None:
    first, moved, cancelled = read(VISITS).features

    assert first.properties["opens"] == "2026-11-30T15:00:00+01:00"
    assert first.properties["closes"] == "2026-11-30T20:00:00+01:00"
    assert first.properties["bus"] == "Großer Bus"
    assert (moved.properties["status"], moved.properties["moved_from"]) == ("moved", "Sportplatz")
    assert moved.properties["changed_at"] == "2026-11-30T08:05:00+01:00"
    assert cancelled.properties["status"] == "cancelled"


def test_visits_without_a_public_place_are_no_features() -> None:
    timetable = make_timetable(visits=(make_area_visit(),), stops=(), tours=())
    files = geojson_files(timetable, HOME)

    assert [json.loads(files[name])["features"] for name in (STOPS, VISITS)] == [[], []]


def test_the_collection_tells_its_age_and_whose_data_it_is() -> None:
    found = json.loads(geojson_files(make_timetable(), None)[STOPS])

    assert (found["as_of"], found["demo"]) == ("2026-11-30T08:05:00+01:00", True)
    assert found["county"] == "Testkreis"


def test_without_an_address_nothing_is_linked() -> None:
    assert all("page" not in feature.properties for feature in read(STOPS, None).features)


def test_coordinates_are_no_finer_than_a_metre() -> None:
    fine = make_public_stop(location=type(make_public_stop().location)(50.123456789, 6.987654321))
    files = geojson_files(make_timetable(stops=(fine,), visits=(), tours=()), None)

    (feature,) = json.loads(files[STOPS])["features"]
    assert feature["geometry"]["coordinates"] == [6.98765, 50.12346]
