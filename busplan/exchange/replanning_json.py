"""The figures of a replanning as a readable JSON file."""

import json
from dataclasses import asdict

from busplan.domain.places import Coordinate
from busplan.domain.replanning import CycleFigures, Replanning


def write_replanning(replanning: Replanning) -> bytes:
    """The same replanning always gives the same bytes; lengths in metres, times in minutes."""
    document = {
        "format": "busplan-replanning-1",
        "timetable": replanning.name,
        "weeks": replanning.weeks,
        "freedom": replanning.freedom.name.lower(),
        "published": _figures(replanning.published),
        "replanned": _figures(replanning.replanned),
        "bound_m": None if replanning.bound_m is None else round(replanning.bound_m),
        "gap": None if replanning.gap is None else round(replanning.gap, 6),
        "moves": asdict(replanning.moves),
        "visits_that_keep_their_days": replanning.pinned,
        "depots": {name: _place(at) for name, at in replanning.depots.items()},
        "depots_estimated": replanning.depots_estimated,
    }
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def _figures(figures: CycleFigures) -> dict[str, int]:
    return asdict(figures)


def _place(at: Coordinate) -> dict[str, float]:
    return {"lat": at.lat, "lon": at.lon}
