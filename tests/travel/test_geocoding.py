"""Geocoding against a server on this machine that speaks Nominatim's JSON."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from busplan.domain.errors import InvalidInput, ServiceDown
from busplan.domain.places import Coordinate
from busplan.travel.geocoding import Geocoder

AGENT = "busplan-tests/1 (youth office, Kreis Test)"
SCHMIDT = {"lat": "50.6582", "lon": "6.4130", "display_name": "Schmidt, Nideggen, Kreis Düren"}


class NominatimServer(ThreadingHTTPServer):
    """Knows Schmidt; is busy, broken or wrong on demand; remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.asked: list[tuple[str, dict[str, list[str]], str]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Answers(BaseHTTPRequestHandler):
    server: NominatimServer

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = parse_qs(url.query)
        self.server.asked.append((url.path, query, self.headers["User-Agent"]))
        status, body = {
            "Dorfplatz, Nideggen-Schmidt": (200, json.dumps([SCHMIDT])),
            "busy": (429, "[]"),
            "broken": (500, "oops"),
            "nonsense": (200, "<html>maintenance</html>"),
            "no position": (200, json.dumps([{"display_name": "Schmidt"}])),
            "off the earth": (200, json.dumps([SCHMIDT | {"lat": "150"}])),
        }.get(query["q"][0], (200, "[]"))
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args: object) -> None:
        """Stay quiet."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[NominatimServer]:
    """A running server, asked without any proxy."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with NominatimServer() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def test_an_address_becomes_a_coordinate(server: NominatimServer) -> None:
    found = Geocoder(server.address, AGENT).find("Dorfplatz, Nideggen-Schmidt")

    assert found == Coordinate(50.6582, 6.4130)


def test_the_server_learns_who_asks_and_for_which_country(server: NominatimServer) -> None:
    Geocoder(f"{server.address}/geo/", AGENT).find("Dorfplatz, Nideggen-Schmidt")

    ((path, query, agent),) = server.asked
    assert path == "/geo/search"
    assert (query["countrycodes"], query["limit"]) == (["de"], ["1"])
    assert agent == AGENT


def test_an_unknown_address_is_no_error(server: NominatimServer) -> None:
    assert Geocoder(server.address, AGENT).find("Atlantis") is None


@pytest.mark.filterwarnings("ignore:Latitude normalization:UserWarning")
@pytest.mark.parametrize("address", ["busy", "broken", "nonsense", "no position", "off the earth"])
def test_a_failing_server_is_named_and_not_asked_again(
    server: NominatimServer, address: str
) -> None:
    with pytest.raises(ServiceDown, match=f"{server.address} gave no position for '{address}'"):
        Geocoder(server.address, AGENT).find(address)

    assert len(server.asked) == 1


def test_an_unreachable_server_is_named(server: NominatimServer) -> None:
    address = server.address
    server.shutdown()
    server.server_close()

    with pytest.raises(ServiceDown, match=address):
        Geocoder(address, AGENT).find("Atlantis")


def test_requests_keep_their_distance(server: NominatimServer) -> None:
    """The second request waits for its slot; the wait itself is what is counted, not the clock."""
    geocoder = Geocoder(server.address, AGENT)
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        geocoder._ask._last_call = None  # the next slot begins, as after a real sleep

    geocoder._ask._sleep = wait

    geocoder.find("Atlantis")
    geocoder.find("Avalon")

    assert len(server.asked) == 2
    assert len(waits) == 1
    assert 0 < waits[0] <= 1


@pytest.mark.parametrize("server_name", ["", "nominatim.example.org", "ftp://x", "https://"])
def test_geocoding_is_off_without_a_server(server_name: str) -> None:
    with pytest.raises(InvalidInput, match="geocoding is off"):
        Geocoder(server_name, AGENT)


def test_a_nameless_application_is_refused() -> None:
    with pytest.raises(InvalidInput, match="user agent"):
        Geocoder("https://nominatim.example.org", " ")
