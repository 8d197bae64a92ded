"""Fixtures that many tests share: migrated databases and an open store."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine, text

from busplan.storage.engine import make_engine
from busplan.storage.migrate import upgrade
from busplan.storage.store import Store
from tests.postgres import database_url, find_binaries, running_server

# A loaded machine is no fault, so no deadline; CI tries the same examples every time.
settings.register_profile("busplan", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "busplan")

TEMPLATE = "busplan_template"
_numbers = count(1)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty migrated SQLite database in a file."""
    engine = make_engine(f"sqlite:///{tmp_path / 'busplan.db'}")
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> Iterator[Store]:
    """A store over ``engine``, committed when the test ends."""
    with Store(engine) as store:
        yield store


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Path]:
    """The socket of a PostgreSQL server of our own, with a migrated template database."""
    binaries = find_binaries()
    if binaries is None:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse("no PostgreSQL server found: apt-get install postgresql")
    with running_server(binaries) as socket:
        _execute(socket, f"CREATE DATABASE {TEMPLATE}")
        engine = make_engine(database_url(socket, TEMPLATE))
        upgrade(engine)
        engine.dispose()
        yield socket


@pytest.fixture
def postgres_engine(postgres_server: Path) -> Iterator[Engine]:
    """An empty migrated PostgreSQL database."""
    database = f"busplan_{next(_numbers)}"
    _execute(postgres_server, f"CREATE DATABASE {database} TEMPLATE {TEMPLATE}")
    engine = make_engine(database_url(postgres_server, database))
    yield engine
    engine.dispose()
    _execute(postgres_server, f"DROP DATABASE {database}")


def _execute(socket: Path, statement: str) -> None:
    engine = make_engine(database_url(socket, "postgres"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    engine.dispose()
