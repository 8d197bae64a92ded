"""The real server in a process of its own: it serves, and it keeps its mouth shut."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from busplan.domain.stop_events import CancelReason, EventKind, StopEvent
from busplan.storage.engine import make_engine
from busplan.storage.migrate import upgrade
from busplan.usecases.record_stop_event import record_stop_event
from tests.web.house import NOON, VISIT, publish_visit

MARKER = "Geheimwort"
PATIENCE_S = 60
BUSPLAN = [sys.executable, "-c", "from busplan.cli.main import main; main()"]
WITH_MARKER = [
    f"/api/v1/next-visit?town={MARKER}",
    f"/api/v1/places?q={MARKER}",
    f"/api/v1/visits?town={MARKER}",
    f"/api/v1/visits?limit={MARKER}&{MARKER}=1",
    f"/api/v1/visits/{MARKER}",
    f"/api/v1/places?q=%ff%fe%00{MARKER}",
    f"/{MARKER}",
    f"/api/v1/weeks/{MARKER}",
]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    file = tmp_path / "served.db"
    database = f"sqlite:///{file}"
    engine = make_engine(database)
    upgrade(engine)
    publish_visit(engine)
    engine.dispose()
    return os.environ | {
        "DATABASE_FILE": str(file),
        "BUSPLAN_DATABASE_URL": database,
        "BUSPLAN_MAPS_DIR": str(tmp_path / "maps"),
        "BUSPLAN_CACHE_DIR": str(tmp_path / "cache"),
        "BUSPLAN_REFRESH_SECONDS": "0.1",
    }


def busplan(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*BUSPLAN, *words], env=environment, capture_output=True, text=True, check=False
    )


@contextmanager
def served(environment: dict[str, str], output: Path) -> Iterator[httpx.Client]:
    """A client of ``busplan serve``; all that the server writes goes to ``output``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (
        output.open("wb") as file,
        subprocess.Popen(
            [*BUSPLAN, "serve", "--port", str(port)],
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE_S) as client:
                _wait_for(client, process, output)
                yield client
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE_S)


def _wait_for(client: httpx.Client, process: subprocess.Popen[bytes], output: Path) -> None:
    for _ in range(PATIENCE_S * 10):
        assert process.poll() is None, output.read_text()
        try:
            client.get("/api/v1/buses")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(output.read_text())


def test_no_address_and_no_query_is_written(environment: dict[str, str], tmp_path: Path) -> None:
    output = tmp_path / "output"
    with served(environment, output) as client:
        statuses = {client.get(path).status_code for path in WITH_MARKER}
        client.get("/api/v1/visits", headers={"X-Forwarded-For": "198.51.100.7", "Cookie": MARKER})
        client.post(f"/api/v1/visits/{MARKER}/events", json={"kind": MARKER})
        with socket.create_connection((client.base_url.host, client.base_url.port or 0)) as raw:
            raw.sendall(f"GET /{MARKER} NONSENSE\r\n\r\n".encode())
            raw.recv(1000)

    assert statuses == {200, 404, 422}
    written = output.read_text()
    for secret in (MARKER, MARKER.casefold(), "198.51.100.7", "GET ", "town="):
        assert secret not in written
    assert written.count("127.0.0.1") == 1, "only where it says what it serves"


def test_the_server_ends_quietly(environment: dict[str, str], tmp_path: Path) -> None:
    output = tmp_path / "output"
    with served(environment, output):
        pass

    assert "Traceback" not in output.read_text()
    assert output.read_text().startswith("Serving http://127.0.0.1:")


def test_another_process_sees_news_soon(environment: dict[str, str], tmp_path: Path) -> None:
    """An event told by another process, as by the command line, shows without a restart."""
    with served(environment, tmp_path / "output") as client:
        engine = make_engine(environment["BUSPLAN_DATABASE_URL"])
        event = StopEvent(
            visit_id=VISIT, kind=EventKind.CANCEL, at=NOON, reason=CancelReason.WEATHER
        )
        record_stop_event(engine, event)
        engine.dispose()

        for _ in range(PATIENCE_S * 10):
            (visit,) = client.get("/api/v1/visits?from=2026-11-30").json()["items"]
            if visit["status"] == "cancelled":
                break
            time.sleep(0.1)

    assert visit["status"] == "cancelled"


def test_a_token_made_in_the_shell_opens_tracking_until_it_is_revoked(
    environment: dict[str, str], tmp_path: Path
) -> None:
    made = busplan(environment, "token", "create", "bus-wilde13")
    token = made.stdout.strip()
    headers = {"Authorization": f"Bearer {token}"}

    with served(environment, tmp_path / "output") as client:
        good = client.get(f"/api/v1/visits/{VISIT}/state", headers=headers)
        listed = busplan(environment, "token", "list")
        busplan(environment, "token", "revoke", "bus-wilde13")
        bad = client.get(f"/api/v1/visits/{VISIT}/state", headers=headers)

    assert (good.status_code, bad.status_code) == (200, 401)
    assert "bus-wilde13" in listed.stdout
    assert token not in listed.stdout
    assert token.encode() not in Path(environment["DATABASE_FILE"]).read_bytes()


@pytest.mark.parametrize(
    ("words", "status"),
    [(("token", "revoke", "nobody"), 1), (("token", "create", " "), 2)],
)
def test_tokens_refuse_in_words(
    environment: dict[str, str], words: tuple[str, ...], status: int
) -> None:
    refused = busplan(environment, *words)

    assert refused.returncode == status
    assert "token" in refused.stderr
    assert "Traceback" not in refused.stderr
