"""Addresses of stops -> coordinates, asked of a Nominatim server; for staff only.

Off unless a server is named. No address or query of a visitor may ever come here.
"""

from urllib.parse import urlsplit

from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

from busplan.domain.errors import InvalidInput, ServiceDown
from busplan.domain.places import Coordinate

MIN_DELAY_SECONDS = 1.0
"""OSMF Nominatim usage policy: at most one request a second for the whole application."""
TIMEOUT_SECONDS = 10


class Geocoder:
    """One Nominatim server, asked at most once per ``min_delay_seconds``."""

    def __init__(
        self, server: str, user_agent: str, min_delay_seconds: float = MIN_DELAY_SECONDS
    ) -> None:
        """Name the server by its address, such as ``https://nominatim.example.org``.

        Raises ``InvalidInput`` when no server or no user agent is named: the policy of public
        servers asks every application to say who it is.
        """
        parts = urlsplit(server)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise InvalidInput(
                f"geocoding is off: {server!r} is not the address of a Nominatim server"
            )
        if not user_agent.strip():
            raise InvalidInput("geocoding needs a user agent that names this installation")
        self.server = server
        nominatim = Nominatim(
            domain=parts.netloc + parts.path,
            scheme=parts.scheme,
            user_agent=user_agent,
            timeout=TIMEOUT_SECONDS,
        )
        self._ask = RateLimiter(
            nominatim.geocode,
            min_delay_seconds=min_delay_seconds,
            max_retries=0,
            swallow_exceptions=False,
        )

    def find(self, address: str, country: str = "de") -> Coordinate | None:
        """The best match for an address in a country (ISO 3166-1 alpha-2), or ``None``.

        Raises ``ServiceDown`` when the server refuses, is not reached or answers nonsense.
        """
        try:
            match = self._ask(address, country_codes=country)
            # geopy reads 0, 0 from a match without a position, so the answer itself is read.
            return Coordinate(float(match.raw["lat"]), float(match.raw["lon"])) if match else None
        except (GeopyError, InvalidInput, KeyError, ValueError) as error:
            raise ServiceDown(
                f"{self.server} gave no position for {address!r}: {type(error).__name__}: {error}"
            ) from error
