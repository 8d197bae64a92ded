"""Engines: which URLs are understood, and what every connection keeps to."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from busplan.domain.errors import InvalidInput
from busplan.storage.engine import make_engine
from busplan.storage.store import Store


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_postgresql_url_speaks_through_psycopg(scheme: str) -> None:
    engine = make_engine(f"{scheme}://user:secret@db.example/busplan")

    assert engine.dialect.driver == "psycopg"
    assert (engine.url.host, engine.url.password) == ("db.example", "secret")


@pytest.mark.parametrize(
    "url", ["mysql://user:secret@host/db", "postgresql+pg8000://user:secret@host/db", "secret"]
)
def test_other_urls_are_refused_without_repeating_the_password(url: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        make_engine(url)

    assert "secret" not in str(refusal.value)


def test_the_folder_of_a_sqlite_file_is_created(tmp_path: Path) -> None:
    file = tmp_path / "var" / "deep" / "busplan.db"

    with make_engine(f"sqlite:///{file}").connect():
        pass

    assert file.exists()


def test_sqlite_connections_keep_foreign_keys_and_a_write_ahead_log(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'x.db'}")

    with engine.connect() as connection:
        pragmas = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("foreign_keys", "journal_mode", "busy_timeout")
        }

    assert pragmas == {"foreign_keys": 1, "journal_mode": "wal", "busy_timeout": 10_000}


def test_readers_see_the_last_commit_while_a_writer_is_at_work(engine: Engine) -> None:
    """One thread does both: had the reader to wait for the writer, it would wait for ever."""
    with Store(engine) as writer:
        writer.revision.advance()

        with Store.reading(engine) as reader:
            seen = reader.revision.current()

    with Store.reading(engine) as reader:
        assert (seen, reader.revision.current()) == (0, 1)


def test_a_reader_sees_one_moment_throughout(engine: Engine) -> None:
    with Store.reading(engine) as reader:
        before = reader.revision.current()
        with Store(engine) as writer:
            writer.revision.advance()

        assert reader.revision.current() == before
