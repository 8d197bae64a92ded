"""Many requests to an app in a short time, without a client's ceremonies."""

import asyncio
from collections.abc import Iterable
from urllib.parse import unquote

from starlette.types import ASGIApp, Message

Got = tuple[int, list[tuple[bytes, bytes]], bytes]


def get_all(app: ASGIApp, paths: Iterable[str]) -> dict[str, Got]:
    """Status, headers and body of each path (with query), asked one after the other."""

    async def ask_all() -> dict[str, Got]:
        return {path: await _get(app, path) for path in paths}

    return asyncio.run(ask_all())


async def _get(app: ASGIApp, path: str) -> Got:
    sent: list[Message] = []
    plain, _, query = path.partition("?")
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(plain),
        "raw_path": plain.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [],
        "server": ("test", 80),
        "client": None,
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start, *rest = sent
    return start["status"], start["headers"], b"".join(part["body"] for part in rest)
