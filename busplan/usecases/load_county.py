"""Load a county: its data replaces what the database held."""

from sqlalchemy import Engine

from busplan.domain.county import CountyData
from busplan.storage.store import Store


def load_county(engine: Engine, data: CountyData) -> None:
    """Replace the county's data, all or nothing; plans and stop events stay as they are."""
    with Store(engine) as store:
        store.county.save(data)
