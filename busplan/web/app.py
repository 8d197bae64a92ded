"""create_app: the public half, with the database behind it and tracking for staff."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from anyio import to_thread
from fastapi import FastAPI
from sqlalchemy import Engine

from busplan.domain.public_timetable import PublicTimetable
from busplan.settings import Settings
from busplan.storage.engine import make_engine
from busplan.storage.store import Store
from busplan.usecases.public_timetable import build_public_timetable
from busplan.usecases.write_pages import write_timetable
from busplan.web.api import board, tracking
from busplan.web.deps import House
from busplan.web.public_app import make_public_app, mount_pages
from busplan.web.refresh import Refresher, Sources
from busplan.web.snapshot import SnapshotHolder


def utc_now() -> datetime:
    """The present moment, aware."""
    return datetime.now(UTC)


def make_app() -> FastAPI:
    """The app as the environment configures it; what a server is told to run."""
    return create_app(Settings())


def create_app(
    settings: Settings, engine: Engine | None = None, clock: Callable[[], datetime] = utc_now
) -> FastAPI:
    """The whole app over a database whose tables are up to date.

    While it runs, a thread keeps the snapshot and the pages fresh.
    """
    engine = engine or make_engine(settings.database_url)
    holder = SnapshotHolder()
    refresher = Refresher(holder, _sources(settings, engine, clock), settings.refresh_seconds)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        _silence_access_log()
        await to_thread.run_sync(refresher.start)
        try:
            yield
        finally:
            await to_thread.run_sync(refresher.end)

    app = make_public_app(settings, holder, lifespan)
    app.state.house = House(engine=engine, clock=clock, changed=refresher.changed)
    app.include_router(tracking.router)
    app.include_router(board.router)
    mount_pages(app, settings)
    return app


def _silence_access_log() -> None:
    """Whatever way uvicorn is started: no address and no query of a visitor is written."""
    access = logging.getLogger("uvicorn.access")
    access.handlers.clear()
    access.propagate = False


def _sources(settings: Settings, engine: Engine, clock: Callable[[], datetime]) -> Sources:
    def revision() -> int:
        with Store.reading(engine) as store:
            return store.revision.current()

    def build(now: datetime) -> PublicTimetable:
        return build_public_timetable(engine, now, settings.cache_dir)

    def write(timetable: PublicTimetable) -> None:
        write_timetable(
            timetable,
            settings.maps_dir,
            settings.tile_url,
            settings.tile_attribution,
            settings.public_url,
        )

    return Sources(revision=revision, build=build, write_pages=write, clock=clock)
