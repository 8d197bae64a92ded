"""Engines for SQLite and PostgreSQL, with the settings that busplan's transactions rely on."""

from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from busplan.domain.errors import InvalidInput

BUSY_TIMEOUT_MS = 10_000
"""How long a SQLite writer waits for another one before it gives up."""
_SNAPSHOT = "busplan_snapshot"


def make_engine(url: str) -> Engine:
    """An engine for ``sqlite:///path`` (the folder is created) or ``postgresql://...``.

    Raises ``InvalidInput`` for anything else; passwords are never repeated.
    """
    try:
        target = make_url(url)
    except ArgumentError:
        raise InvalidInput("the database URL cannot be read") from None
    if target.drivername in {"sqlite", "sqlite+pysqlite"}:
        return _sqlite_engine(target)
    if target.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return create_engine(target.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    raise InvalidInput(f"database {target.drivername!r} is not supported, use sqlite or postgresql")


def snapshot_engine(engine: Engine) -> Engine:
    """The same database for transactions that only read: one unchanging view, no waiting.

    They see what was committed when they began. PostgreSQL refuses writes in them.
    """
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{_SNAPSHOT: True})
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _sqlite_engine(url: URL) -> Engine:
    if url.database and url.database != ":memory:" and not url.database.startswith("file:"):
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: SqliteConnection, _record: Any) -> None:
    # sqlite3 would begin transactions late and never for reads; we begin them ourselves
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once if somebody wrote in between,
    # so writers take the write lock when they begin.
    snapshot = connection.get_execution_options().get(_SNAPSHOT, False)
    connection.exec_driver_sql("BEGIN" if snapshot else "BEGIN IMMEDIATE")
