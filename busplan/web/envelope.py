"""What every response carries: protective headers, CORS for reading, HEAD, and no loose talk.

Pure ASGI and outermost, so that no answer, not even an error, leaves without it.
"""

import logging
import traceback

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from busplan.web.errors import problem

log = logging.getLogger(__name__)

API_PREFIX = "/api/"
EMBED_PREFIX = "/einbetten/"
"""Pages that other websites may show in a frame; all others may not be framed."""
Header = tuple[bytes, bytes]

_EVERYWHERE: list[Header] = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
]
_API: list[Header] = [
    *_EVERYWHERE,
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag"),
]
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def page_headers(policy: str, framed_by: str = "'self'") -> list[Header]:
    """Headers of published pages; ``policy`` says what they may load."""
    policy = f"{policy}; object-src 'none'; frame-ancestors {framed_by}"
    return [
        *_EVERYWHERE,
        (b"content-security-policy", policy.encode("ascii")),
        (b"permissions-policy", b"camera=(), geolocation=(self), microphone=()"),
        (b"cross-origin-opener-policy", b"same-origin"),
    ]


class Envelope:
    """Wraps an app; ``policy`` says what pages may load.

    ``max_body_bytes`` bounds what a request may bring along.
    """

    def __init__(self, app: ASGIApp, policy: str, max_body_bytes: int) -> None:
        self.app = app
        self._pages = page_headers(policy)
        self._embedded = page_headers(policy, framed_by="*")
        self._max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_api = scope["path"].startswith(API_PREFIX)
        is_embedded = scope["path"].startswith(EMBED_PREFIX)
        extra = _API if is_api else self._embedded if is_embedded else self._pages
        bodiless = scope["method"] == "HEAD"
        started = False

        async def send_on(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message = {**message, "headers": [*message.get("headers", ()), *extra]}
            elif bodiless:
                message = {**message, "body": b""}
            await send(message)

        try:
            early = self._refusal(scope, is_api)
            if early is not None:
                await early(scope, receive, send_on)
                return
            inner = {**scope, "method": "GET"} if bodiless and is_api else scope
            await self.app(inner, self._bounded(scope, receive), send_on)
        except Exception as error:
            _log_without_content(error)
            if started:
                raise ConnectionAbortedError("response broken off") from None
            await problem(500, "Something went wrong here.", "Fault")(scope, receive, send_on)

    def _refusal(self, scope: Scope, is_api: bool) -> Response | None:
        """The answer to a preflight, or to a request that announces too much."""
        if is_api and scope["method"] == "OPTIONS":
            return Response(status_code=204, headers=_PREFLIGHT)
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdigit() and int(announced) > self._max_body_bytes:
            return problem(413, f"At most {self._max_body_bytes} bytes are taken.", "TooLarge")
        return None

    def _bounded(self, scope: Scope, receive: Receive) -> Receive:
        """A ``receive`` that also stops bodies sent in chunks, whose size nobody announced."""
        if scope["method"] in ("GET", "HEAD"):
            return receive
        taken = 0

        async def receive_bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._max_body_bytes:
                raise HTTPException(413)
            return message

        return receive_bounded


def _log_without_content(error: Exception) -> None:
    """Where it happened and what kind it is; the message might repeat what a visitor typed."""
    frames = traceback.extract_tb(error.__traceback__)
    path = " > ".join(f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in frames)
    log.error("%s in %s", type(error).__name__, path)
