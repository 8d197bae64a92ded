"""Answers as finished bytes with their ETag, sent whole or as 304 Not Modified."""

from collections.abc import Iterable
from hashlib import blake2b

from pydantic import BaseModel
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

CACHE_CONTROL = b"public, max-age=30, must-revalidate"
"""Half a minute takes the load off a busy evening and delays a cancellation no longer than that."""
_ETAG_BYTES = 12


class Answer(Response):
    """A JSON body prepared once and sent to many; the conditional request is decided here.

    Immutable after creation, so one instance serves any number of requests at a time.
    """

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.status_code = 200
        self.background = None
        self.etag = f'"{blake2b(body, digest_size=_ETAG_BYTES).hexdigest()}"'
        always = [(b"etag", self.etag.encode()), (b"cache-control", CACHE_CONTROL)]
        self.raw_headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            *always,
        ]
        self._start = {
            "type": "http.response.start",
            "status": 200,
            "headers": self.raw_headers,
        }
        self._not_modified = {"type": "http.response.start", "status": 304, "headers": always}
        self._body = {"type": "http.response.body", "body": body}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send the body, or 304 where ``If-None-Match`` names it."""
        if self._is_known(scope):
            await send(dict(self._not_modified))
            await send({"type": "http.response.body", "body": b""})
        else:
            await send(dict(self._start))
            await send(self._body)

    def _is_known(self, scope: Scope) -> bool:
        for name, value in scope["headers"]:
            if name == b"if-none-match":
                tags = {
                    tag.strip().removeprefix("W/") for tag in value.decode("latin-1").split(",")
                }
                return "*" in tags or self.etag in tags
        return False


def answer(model: BaseModel) -> Answer:
    """The answer that holds one model."""
    return Answer(dump(model))


def dump(model: BaseModel) -> bytes:
    """A model as JSON bytes, by its public names."""
    return model.model_dump_json(by_alias=True).encode()


def join(items: Iterable[bytes]) -> bytes:
    """A JSON array of items that are JSON already."""
    return b"[" + b",".join(items) + b"]"
