"""Borders: GeoJSON is read and written, outer rings only."""

import json

from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.places import Ags, Coordinate, Outline
from busplan.exchange.outlines import read_outlines, write_outlines
from tests.strategies import coordinates

TOWN = Ags("05358004")
SQUARE = [[6.0, 50.0], [6.1, 50.0], [6.1, 50.1], [6.0, 50.0]]
HOLE = [[6.05, 50.01], [6.06, 50.01], [6.06, 50.02], [6.05, 50.01]]

rings = st.lists(coordinates, min_size=3, max_size=6).map(lambda ring: (*ring, ring[0]))


def collection(geometry: object) -> bytes:
    """A collection of one feature."""
    feature = {"type": "Feature", "properties": {"ags": TOWN}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


@given(rings=st.lists(rings, min_size=1, max_size=3).map(tuple))
def test_what_is_written_is_read_back(rings: tuple[tuple[Coordinate, ...], ...]) -> None:
    outline = Outline(ags=TOWN, rings=rings)

    assert read_outlines(write_outlines([outline], {TOWN: "Aldenhoven"})) == ((outline,), ())


def test_longitude_comes_first_in_the_file() -> None:
    (outline,), _ = read_outlines(collection({"type": "Polygon", "coordinates": [SQUARE]}))

    assert outline.rings[0][1] == Coordinate(lat=50.0, lon=6.1)


def test_holes_are_left_out() -> None:
    (outline,), problems = read_outlines(
        collection({"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE], [SQUARE]]})
    )

    assert len(outline.rings) == 2
    assert problems == ()


def test_every_faulty_feature_is_told() -> None:
    document = json.loads(collection({"type": "Polygon", "coordinates": [SQUARE]}))
    feature = document["features"][0]
    point = feature | {"geometry": {"type": "Point", "coordinates": [6, 50]}}
    swapped = feature | {"properties": {}}
    document["features"] = [feature, point, feature, swapped]

    outlines, problems = read_outlines(json.dumps(document).encode())

    assert len(outlines) == 1
    assert [problem.column for problem in problems] == [
        "features[1]",
        "features[2]",
        "features[3]",
    ]
