"""Chromium with the network cut, and a small server that serves a publication strictly."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

_BLOCKED = "Service Worker registration blocked by Playwright"
POLICY = "default-src 'self'"
CHROMIUM_ARGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


@dataclass
class Watched:
    """A page with everything that went wrong on it or tried to get out."""

    page: Page
    base: str
    foreign: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    loaded: set[str] = field(default_factory=set)
    given_up: set[str] = field(default_factory=set)

    def open(self, path: str) -> Page:
        """The page at a path of the publication, loaded."""
        self.page.goto(self.base + path, wait_until="networkidle")
        return self.page

    @property
    def troubles(self) -> list[str]:
        """Foreign and failed requests, console errors, uncaught errors and dialogs.

        What Chromium gives up when a page is left counts unless the next page did load it.
        """
        lost = [f"gave up {url}" for url in sorted(self.given_up - self.loaded)]
        return [*self.foreign, *self.failed, *lost, *self.complaints]

    def note_failure(self, request: Request) -> None:
        """Remember a request without an answer."""
        if request.failure == "net::ERR_ABORTED":
            self.given_up.add(request.url)
        else:
            self.failed.append(f"failed {request.url}: {request.failure}")


def find_chromium() -> str:
    """The path of Chromium; skips the test without it, but fails in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail("CI must have Chromium to see the maps work")
    pytest.skip("Chromium is not installed")


@contextmanager
def launch() -> Iterator[Browser]:
    """A headless Chromium."""
    path = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, chromium_sandbox=False, args=CHROMIUM_ARGS
        )
        yield browser
        browser.close()


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The folder under ``default-src 'self'`` on a free local port, until the end."""
    handler = partial(_StrictHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def watch(
    browser: Browser, base: str, now: datetime | None = None, **options: object
) -> Iterator[Watched]:
    """A fresh page that may only ask ``base``; all else is recorded and goes nowhere.

    Its clock stands still at ``now``, if given; timers run all the same. Service workers, which
    ask in the background, are only allowed where ``service_workers="allow"`` says so.
    """
    usual = {"locale": "de-DE", "reduced_motion": "reduce", "service_workers": "block"}
    context = browser.new_context(**usual | options)
    if now is not None:
        context.clock.set_fixed_time(now)
    page = context.new_page()
    watched = Watched(page, base)

    def gate(route: Route) -> None:
        url = route.request.url
        watched.requests.append(url)
        if url.startswith(base):
            route.continue_()
        else:
            watched.foreign.append(f"asked {url}")
            route.abort()

    context.route("**/*", gate)
    page.on("requestfailed", watched.note_failure)
    page.on("requestfinished", lambda r: watched.loaded.add(r.url))
    page.on("response", lambda r: r.status >= 400 and watched.failed.append(f"{r.status} {r.url}"))
    page.on("pageerror", lambda error: watched.complaints.append(f"error {error}"))
    page.on("dialog", lambda d: (watched.complaints.append(f"dialog {d.message}"), d.dismiss()))
    page.on(
        "console",
        lambda m: (
            m.type in ("error", "warning")
            and m.text != _BLOCKED
            and watched.complaints.append(f"console {m.text}")
        ),
    )
    yield watched
    context.close()


def write_files(files: Mapping[str, bytes], folder: Path) -> Path:
    """The files in a plain folder, for tests that are not about writing."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


class _StrictHandler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_GET(self) -> None:
        if urlsplit(self.path).path == "/favicon.ico":  # browsers ask for it unbidden
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *_: object) -> None:
        """Nothing: tests are quiet."""
