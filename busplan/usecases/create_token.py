"""Create a staff token: the secret is shown once and stored only as a hash."""

import secrets
from datetime import datetime

from sqlalchemy import Engine

from busplan.domain.errors import InvalidInput
from busplan.storage.store import Store
from busplan.usecases.check_token import hash_of

TOKEN_BYTES = 32


def create_token(engine: Engine, label: str, now: datetime) -> str:
    """A new secret for the label, which says whose it is (a device, a desk).

    Raises ``InvalidInput`` for an empty label or one that is taken.
    """
    if not label.strip():
        raise InvalidInput("a token needs a label that says whose it is")
    # The one randomness that no seed may repeat: whoever can foresee a token has it.
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with Store(engine) as store:
        store.tokens.add(label, hash_of(token), now)
    return token
