"""What endpoints are given: the snapshot in force, the house, and the caller's right."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Engine

from busplan.domain.errors import NotAllowed
from busplan.usecases.check_token import check_token
from busplan.web.errors import NothingPublished
from busplan.web.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What only staff's endpoints use; ``changed`` is called after a change is recorded."""

    engine: Engine
    clock: Callable[[], datetime]
    changed: Callable[[], None]


async def _snapshot(request: Request) -> Snapshot:
    snapshot: Snapshot | None = request.app.state.holder.current
    if snapshot is None:
        raise NothingPublished
    return snapshot


async def _house(request: Request) -> House:
    house: House = request.app.state.house
    return house


CurrentSnapshot = Annotated[Snapshot, Depends(_snapshot)]
TheHouse = Annotated[House, Depends(_house)]

_bearer = HTTPBearer(auto_error=False, description="From: busplan token create LABEL")


def require_staff(
    house: TheHouse,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> None:
    """Let staff pass. Raises ``NotAllowed`` without a token that is known and not revoked."""
    if given is None:
        raise NotAllowed("a staff token is needed: Authorization: Bearer ...")
    check_token(house.engine, given.credentials)
