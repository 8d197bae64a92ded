"""Brings a database to the tables that this release knows, or back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 20_260_701
"""Any number, as long as nobody else takes it for their own lock in this database."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database forward; does nothing when it is there. Run at every start."""
    with _config(engine) as config:
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to a revision; ``base`` leaves it empty."""
    with _config(engine) as config:
        command.downgrade(config, revision)


@contextmanager
def _config(engine: Engine) -> Iterator[Config]:
    """Alembic over one transaction, which either takes all steps or none."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":  # SQLite's transaction is a lock already
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
        config.attributes["connection"] = connection
        yield config
