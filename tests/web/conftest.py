"""A client over the example week."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.web.timetables import make_client, make_week


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return make_client(make_week(), tmp_path)
