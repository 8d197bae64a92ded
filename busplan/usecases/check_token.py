"""Check a staff token: whose is it, and is it still good."""

from hashlib import sha256

from sqlalchemy import Engine

from busplan.domain.errors import NotAllowed
from busplan.storage.store import Store


def check_token(engine: Engine, token: str) -> str:
    """The label of a token that is known and not revoked. Raises ``NotAllowed``."""
    with Store.reading(engine) as store:
        known = store.tokens.find(hash_of(token))
    if known is None:
        raise NotAllowed("this token is unknown or revoked")
    return known.label


def hash_of(token: str) -> str:
    """What is stored of a token: its SHA-256, in hex.

    Slow hashes such as argon2 protect passwords, which can be guessed; nobody guesses 256 random
    bits. The row is found by an index on the hash: how long that takes says at most something
    about the hash of a guess, from which no token follows, so no constant-time comparison is
    needed either.
    """
    return sha256(token.encode()).hexdigest()
