"""When a phone on 3G first sees the answer, and how many bytes that takes.

Serves the committed demo as ``busplan serve`` would, without compression, to a Chromium slowed
down as by Lighthouse's mobile setting (1.6 Mbit/s, 150 ms) and by slow 3G (400 kbit/s, 400 ms),
with nothing cached and service workers off.
"""

from statistics import median
from typing import Any

from playwright.sync_api import Browser

from benchmarks.result_rows import RESULTS, measured_on, write_rows
from tests.browser import launch, serve
from tests.publishing.demo import FOLDER

OUT = RESULTS / "first_paint.csv"
ROUNDS = 3
NETWORKS = {"3g": (1_600_000, 150), "slow-3g": (400_000, 400)}
"""Bits a second and milliseconds there and back."""
PAGES = ("index.html", "ort/aldenhoven/index.html", "2026-W49/index.html", "ar/index.html")
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def measure(browser: Browser, address: str, network: str) -> tuple[float, int]:
    """Milliseconds to the first contentful paint, and bytes received, of one fresh visit."""
    bits, latency_ms = NETWORKS[network]
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    session = context.new_cdp_session(page)
    received = [0]
    session.on("Network.loadingFinished", lambda e: _add(received, e))
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": latency_ms,
            "downloadThroughput": bits / 8,
            "uploadThroughput": bits / 8,
        },
    )
    page.goto(address, wait_until="networkidle")
    paint_ms = float(page.evaluate(PAINT))
    context.close()
    return paint_ms, received[0]


def main() -> None:
    """Measure every page on every network and write the medians."""
    rows = []
    with serve(FOLDER) as base, launch() as browser:
        for page in PAGES:
            for network in NETWORKS:
                visits = [measure(browser, base + page, network) for _ in range(ROUNDS)]
                rows.append(
                    {
                        "page": page,
                        "network": network,
                        "rounds": ROUNDS,
                        "first_paint_ms": round(median(paint for paint, _ in visits)),
                        "bytes": max(count for _, count in visits),
                        **measured_on("playwright"),
                    }
                )
                print(rows[-1])
    write_rows(OUT, rows)


def _add(received: list[int], event: dict[str, Any]) -> None:
    received[0] += int(event["encodedDataLength"])


if __name__ == "__main__":
    main()
