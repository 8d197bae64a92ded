"""Next-visit lookup against a bare FastAPI endpoint that returns the same bytes.

Both run under uvicorn with one worker, started as ``busplan serve`` starts it; the load comes from
``wrk`` or, where that is missing, from an asyncio client in a process of its own, over loopback.
Rounds alternate between the two, so that a busy machine is unfair to both alike.

    python -m benchmarks.lookup [--rounds 5] [--seconds 5] [--connections 32]
"""

import argparse
import asyncio
import csv
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit
from urllib.request import urlopen

import uvicorn
from fastapi import FastAPI
from starlette.responses import Response

from busplan.cli.serve import server_config
from busplan.domain.dates import BERLIN
from busplan.domain.public_timetable import (
    DayPart,
    PublicBus,
    PublicStatus,
    PublicStop,
    PublicTimetable,
    PublicVisit,
    PublicVisitId,
)
from busplan.exchange.county_folder import read_county
from busplan.settings import Settings
from busplan.web.public_app import make_public_app, mount_pages
from busplan.web.snapshot import Snapshot, SnapshotHolder, build_snapshot

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results" / "lookup.csv"
MONDAY = date(2026, 11, 30)
CASES = {
    "by key": "/api/v1/towns/05358008/next-visit",
    "by name": "/api/v1/next-visit?town=Dueren",
}
SERVERS = ("bare", "busplan")
STARTUP_S = 30


@dataclass(frozen=True, kw_only=True)
class Figures:
    """One run: requests per second, milliseconds until the answer, the server's own work.

    ``cpu_us`` is processor time of the server for one request: what other programs on the machine
    disturb least.
    """

    per_s: float
    p50_ms: float
    p99_ms: float
    cpu_us: float


@dataclass(frozen=True, kw_only=True)
class Server:
    """Where a server listens, and its process."""

    base: str
    pid: int

    def cpu_s(self) -> float:
        """Processor time it has used so far; ``nan`` where the system does not tell."""
        stat = Path(f"/proc/{self.pid}/stat")
        if not stat.exists():
            return float("nan")
        user, system = stat.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, kw_only=True)
class Row:
    """The figures of one server in one round of a case."""

    case: str
    round: int
    server: str
    figures: Figures


def main() -> None:
    """Measure, print, and write the CSV."""
    given = _arguments()
    if given.serve:
        _serve(given.serve, given.port)
        return
    if given.load:
        asyncio.run(_load(given.load, given.seconds, given.connections))
        return
    print(f"{_machine()}; load by {'wrk' if shutil.which('wrk') else 'an asyncio client'}")
    rows = []
    with _server("bare") as bare, _server("busplan") as ours:
        for number, (case, path) in enumerate(CASES.items()):
            urls = {bare: f"{bare.base}/{number}", ours: ours.base + path}
            if len({_read(url) for url in urls.values()}) != 1:
                raise RuntimeError(f"{case}: the two servers do not send the same bytes")
            for turn in range(1, given.rounds + 1):
                for name, (server, url) in zip(SERVERS, urls.items(), strict=True):
                    figures = _measure(server, url, given.seconds, given.connections)
                    rows.append(Row(case=case, round=turn, server=name, figures=figures))
                    print(f"  {case}, round {turn}, {name}: {_told(figures)}", flush=True)
    _summarise(rows)
    _write(rows)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--serve", choices=SERVERS, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--load", help=argparse.SUPPRESS)
    return parser.parse_args()


def _timetable() -> PublicTimetable:
    """Four weeks of Kreis Düren: each stop is visited once a week, stop after stop."""
    county = read_county(ROOT / "data" / "kreis-dueren")
    stops = tuple(
        PublicStop(
            id=stop.id,
            name=stop.name,
            ags=stop.ags,
            place=stop.name,
            location=stop.location,
            indoor_place=stop.indoor_place,
            nearest_transit_stop=stop.nearest_transit_stop,
            invented=True,
        )
        for stop in county.stops
    )
    bus = county.buses[0]
    visits = [
        PublicVisit(
            id=PublicVisitId(f"{week}-{number}"),
            bus_id=bus.id,
            ags=stop.ags,
            service_date=MONDAY + timedelta(weeks=week, days=number % 5),
            day_part=DayPart.AFTERNOON,
            status=PublicStatus.PLANNED,
            stop_id=stop.id,
            open_min=900,
            close_min=1080,
        )
        for week in range(4)
        for number, stop in enumerate(stops)
    ]
    return PublicTimetable(
        county=county.county,
        as_of=datetime(2026, 11, 30, 8, tzinfo=BERLIN),
        first_day=MONDAY,
        last_day=MONDAY + timedelta(days=27),
        municipalities=county.municipalities,
        places=county.places,
        outlines=county.outlines,
        buses=(PublicBus(id=bus.id, name=bus.name, colour=bus.colour),),
        stops=stops,
        visits=tuple(sorted(visits, key=lambda visit: visit.service_date)),
        tours=(),
    )


def _serve(name: str, port: int) -> None:
    """Run one of the two servers until the process is ended."""
    snapshot = build_snapshot(_timetable())
    with tempfile.TemporaryDirectory() as folder:
        app = _bare_app(snapshot) if name == "bare" else _busplan_app(snapshot, Path(folder))
        uvicorn.Server(server_config(app, "127.0.0.1", port)).run()


def _busplan_app(snapshot: Snapshot, folder: Path) -> FastAPI:
    settings = Settings(maps_dir=folder)
    app = make_public_app(settings, SnapshotHolder(snapshot))
    mount_pages(app, settings)
    return app


def _bare_app(snapshot: Snapshot) -> FastAPI:
    """Nothing but FastAPI: one fixed path for each case, and the bytes."""
    app = FastAPI()
    for number, address in enumerate(CASES.values()):
        path, _, query = address.partition("?")
        prepared = snapshot.find_prepared(path, query.encode())
        assert prepared is not None, address
        app.add_api_route(f"/{number}", _bare_endpoint(bytes(prepared.body)))
    return app


def _bare_endpoint(body: bytes) -> Callable[[], Awaitable[Response]]:
    async def endpoint() -> Response:
        return Response(body, media_type="application/json")

    return endpoint


@contextmanager
def _server(name: str) -> Iterator[Server]:
    """A server in a process of its own, which ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.lookup", "--serve", name, "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            _wait_for(port)
            yield Server(base=f"http://127.0.0.1:{port}", pid=process.pid)
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + STARTUP_S
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"no server on port {port} after {STARTUP_S} s")


def _read(url: str) -> bytes:
    with urlopen(url, timeout=STARTUP_S) as answer:
        body: bytes = answer.read()
        return body


def _measure(server: Server, url: str, seconds: int, connections: int) -> Figures:
    before_s = server.cpu_s()
    load = _load_by_wrk if shutil.which("wrk") else _load_by_ourselves
    requests, per_s, p50_ms, p99_ms = load(url, seconds, connections)
    cpu_us = (server.cpu_s() - before_s) / requests * 1e6
    return Figures(per_s=per_s, p50_ms=p50_ms, p99_ms=p99_ms, cpu_us=cpu_us)


def _load_by_wrk(url: str, seconds: int, connections: int) -> tuple[float, float, float, float]:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    requests, per_s = (
        float(re.search(pattern, told)[1])  # type: ignore[index]
        for pattern in (r"(\d+) requests in", r"Requests/sec:\s+([\d.]+)")
    )
    return requests, per_s, _wrk_ms(told, "50%"), _wrk_ms(told, "99%")


def _load_by_ourselves(
    url: str, seconds: int, connections: int
) -> tuple[float, float, float, float]:
    command = [sys.executable, "-m", "benchmarks.lookup", "--load", url]
    command += ["--seconds", str(seconds), "--connections", str(connections)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    requests, per_s, p50_ms, p99_ms = (float(part) for part in told.split())
    return requests, per_s, p50_ms, p99_ms


def _wrk_ms(told: str, share: str) -> float:
    found = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", told)
    assert found is not None, told
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]]


async def _load(url: str, seconds: int, connections: int) -> None:
    """Our own load where there is no wrk: connections kept open, one request after the other."""
    parts = urlsplit(url)
    request = f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    ends = time.perf_counter() + seconds
    taken_ms: list[float] = []

    async def ask() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        while (began := time.perf_counter()) < ends:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(re.search(rb"content-length: (\d+)", head)[1])  # type: ignore[index]
            await reader.readexactly(length)
            taken_ms.append((time.perf_counter() - began) * 1000)
        writer.close()

    await asyncio.gather(*(ask() for _ in range(connections)))
    taken_ms.sort()
    shares = (taken_ms[len(taken_ms) // 2], taken_ms[len(taken_ms) * 99 // 100])
    print(len(taken_ms), len(taken_ms) / seconds, *shares)


def _summarise(rows: list[Row]) -> None:
    for case in CASES:
        bare, ours = (_median(rows, case, name) for name in SERVERS)
        print(f"{case}: bare {_told(bare)}; busplan {_told(ours)}")
        print(
            f"  requests {ours.per_s / bare.per_s:.2f} of bare (aim 0.90 or more),"
            f" p99 {ours.p99_ms / bare.p99_ms:.2f} times bare (aim 1.30 or less),"
            f" processor time {ours.cpu_us / bare.cpu_us:.2f} times bare"
        )


def _median(rows: list[Row], case: str, name: str) -> Figures:
    runs = [row.figures for row in rows if (row.case, row.server) == (case, name)]
    return Figures(
        per_s=median(run.per_s for run in runs),
        p50_ms=median(run.p50_ms for run in runs),
        p99_ms=median(run.p99_ms for run in runs),
        cpu_us=median(run.cpu_us for run in runs),
    )


def _told(figures: Figures) -> str:
    return (
        f"{figures.per_s:,.0f} requests/s,"
        f" p50 {figures.p50_ms:.2f} ms, p99 {figures.p99_ms:.2f} ms,"
        f" {figures.cpu_us:.0f} µs of processor a request"
    )


def _machine() -> str:
    tools = ", ".join(f"{name} {version(name)}" for name in ("fastapi", "starlette", "uvicorn"))
    return f"Python {platform.python_version()}, {tools}; {os.cpu_count()} cores, {_cpu()}"


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.+)", info.read_text()) if info.exists() else None
    return found[1] if found else platform.machine()


def _write(rows: list[Row]) -> None:
    RESULTS.parent.mkdir(exist_ok=True)
    with RESULTS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            [
                "case",
                "round",
                "server",
                "requests_per_s",
                "p50_ms",
                "p99_ms",
                "cpu_us",
                "environment",
            ]
        )
        for row in rows:
            figures = row.figures
            writer.writerow(
                [
                    row.case,
                    row.round,
                    row.server,
                    f"{figures.per_s:.0f}",
                    f"{figures.p50_ms:.2f}",
                    f"{figures.p99_ms:.2f}",
                    f"{figures.cpu_us:.0f}",
                    _machine(),
                ]
            )


if __name__ == "__main__":
    main()
