"""Revoke a staff token: it opens nothing from now on."""

from sqlalchemy import Engine

from busplan.storage.store import Store


def revoke_token(engine: Engine, label: str) -> None:
    """Revoke the token of a label, for good. Raises ``NotFound``."""
    with Store(engine) as store:
        store.tokens.revoke(label)
