"""The examples of the OpenAPI, taken from the app; run as a module to write them anew."""

import json
import tempfile
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

import busplan.web.schemas
from tests.web.timetables import DUEREN, make_client, make_week

FILE = Path(busplan.web.schemas.__file__).with_name("examples.json")
REQUESTS = {
    "list_municipalities": "/api/v1/municipalities",
    "list_places": "/api/v1/places?q=Nideggen%20Schmit&limit=2",
    "list_stops": "/api/v1/stops",
    "list_buses": "/api/v1/buses",
    "list_visits": "/api/v1/visits?town=Nideggen&limit=1",
    "get_visit": "/api/v1/visits/v3",
    "get_next_visit": f"/api/v1/towns/{DUEREN}/next-visit",
    "find_next_visit": "/api/v1/next-visit?town=Dueren",
    "list_weeks": "/api/v1/weeks",
    "get_week": "/api/v1/weeks/2026-W49",
}


def real_examples(client: TestClient) -> dict[str, dict[str, Any]]:
    """Request and answer of every documented operation."""
    return {
        operation: {"request": request, "answer": client.get(request).json()}
        for operation, request in REQUESTS.items()
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        examples = real_examples(make_client(make_week(), Path(folder)))
    FILE.write_text(json.dumps(examples, ensure_ascii=False, indent=2) + "\n", "utf-8")
