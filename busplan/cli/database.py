"""The database that commands work on."""

from sqlalchemy import Engine

from busplan.settings import Settings
from busplan.storage.engine import make_engine
from busplan.storage.migrate import upgrade


def open_database(settings: Settings) -> Engine:
    """The engine of the configured database, brought to the tables of this release."""
    engine = make_engine(settings.database_url)
    upgrade(engine)
    return engine
