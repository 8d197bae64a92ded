"""List the staff tokens, without their secrets, which nobody has."""

from sqlalchemy import Engine

from busplan.storage.store import Store
from busplan.storage.tokens import StaffToken


def list_tokens(engine: Engine) -> tuple[StaffToken, ...]:
    """All tokens, oldest first, the revoked among them."""
    with Store.reading(engine) as store:
        return store.tokens.list()
