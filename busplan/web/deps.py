"""What endpoints are given: the snapshot in force, the database, the time, the caller's right."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from busplan.web.errors import NothingPublished
from busplan.web.snapshot import Snapshot

Clock = Callable[[], datetime]


async def _snapshot(request: Request) -> Snapshot:
    snapshot: Snapshot | None = request.app.state.holder.current
    if snapshot is None:
        raise NothingPublished
    return snapshot


CurrentSnapshot = Annotated[Snapshot, Depends(_snapshot)]
