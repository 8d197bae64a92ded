"""Municipal borders from and to GeoJSON, the only place here that writes lon before lat."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from busplan.domain.errors import InvalidInput, Problem
from busplan.domain.places import Ags, Coordinate, Outline

FILE = "municipalities.geojson"
CORNERS_LEAST = 4
"""A closed ring repeats its first corner, so a triangle has four (RFC 7946, 3.1.6)."""


class _Fault(Exception):
    """Something in the file is not what GeoJSON asks for."""


def read_outlines(content: bytes) -> tuple[tuple[Outline, ...], tuple[Problem, ...]]:
    """Outer rings of every feature by its property ``ags``, and every fault found."""
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return (), (Problem(file=FILE, value=f"byte {error.start}", expected="a text in UTF-8"),)
    except (ValueError, RecursionError) as error:
        return (), (Problem(file=FILE, expected=f"JSON ({error})"),)
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        expected = "a FeatureCollection with a list of features"
        return (), (Problem(file=FILE, column="features", expected=expected),)
    return _read_features(features)


def write_outlines(outlines: Iterable[Outline], names: Mapping[Ags, str]) -> bytes:
    """A FeatureCollection that ``read_outlines`` reads back as the same outlines."""
    features = [
        {
            "type": "Feature",
            "properties": {"ags": outline.ags, "name": names.get(outline.ags, "")},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [[[[p.lon, p.lat] for p in ring]] for ring in outline.rings],
            },
        }
        for outline in outlines
    ]
    document = {"type": "FeatureCollection", "features": features}
    return (json.dumps(document, ensure_ascii=False) + "\n").encode()


def _read_features(features: list[Any]) -> tuple[tuple[Outline, ...], tuple[Problem, ...]]:
    outlines: dict[str, Outline] = {}
    problems = []
    for index, feature in enumerate(features):
        path = f"features[{index}]"
        try:
            outline = _outline(feature)
            if outline.ags in outlines:
                raise _Fault(f"one feature per municipality; {outline.ags} comes twice")
            outlines[outline.ags] = outline
        except (_Fault, InvalidInput) as fault:
            problems.append(Problem(file=FILE, column=path, expected=str(fault)))
    return tuple(outlines.values()), tuple(problems)


def _outline(feature: Any) -> Outline:
    properties, geometry = _get(feature, "properties"), _get(feature, "geometry")
    ags = _get(properties, "ags")
    if not isinstance(ags, str):
        raise _Fault("a property ags with the official municipality key")
    return Outline(ags=Ags(ags), rings=tuple(map(_ring, _outer_rings(geometry))))


def _outer_rings(geometry: Any) -> Iterator[Any]:
    kind, coordinates = _get(geometry, "type"), _get(geometry, "coordinates")
    if kind == "Polygon":
        yield _first(coordinates)
    elif kind == "MultiPolygon" and isinstance(coordinates, list):
        yield from map(_first, coordinates)
    else:
        raise _Fault("a Polygon or MultiPolygon")


def _ring(corners: Any) -> tuple[Coordinate, ...]:
    if not isinstance(corners, list) or len(corners) < CORNERS_LEAST or corners[0] != corners[-1]:
        raise _Fault(f"closed rings of at least {CORNERS_LEAST} corners")
    return tuple(map(_corner, corners))


def _corner(corner: Any) -> Coordinate:
    match corner:
        case [int() | float() as lon, int() | float() as lat, *_] if (
            abs(lon) <= 180 and abs(lat) <= 90
        ):
            return Coordinate(float(lat), float(lon))
    raise _Fault("corners as [longitude, latitude] in degrees")


def _get(holder: Any, name: str) -> Any:
    if not isinstance(holder, dict) or name not in holder:
        raise _Fault(f"an object with {name!r}")
    return holder[name]


def _first(rings: Any) -> Any:
    if not isinstance(rings, list) or not rings:
        raise _Fault("a polygon with an outer ring")
    return rings[0]
