"""Tokens are found by hash until they are revoked."""

import pytest

from busplan.domain.errors import InvalidInput, NotFound
from busplan.storage.store import Store
from busplan.storage.tokens import StaffToken
from tests.storage.weeks import NOW


def test_a_token_is_found_by_its_hash_until_it_is_revoked(store: Store) -> None:
    store.tokens.add("tablet", "abc", NOW)
    token = StaffToken(label="tablet", created_at=NOW, revoked=False)

    assert store.tokens.find("abc") == token
    assert store.tokens.find("tablet") is None
    store.tokens.revoke("tablet")
    assert store.tokens.find("abc") is None


def test_revoked_tokens_stay_listed_and_their_labels_taken(store: Store) -> None:
    store.tokens.add("tablet", "abc", NOW)
    store.tokens.add("desk", "def", NOW)
    store.tokens.revoke("tablet")
    store.tokens.revoke("tablet")

    assert [(t.label, t.revoked) for t in store.tokens.list()] == [
        ("desk", False),
        ("tablet", True),
    ]
    with pytest.raises(InvalidInput, match="'tablet' already"):
        store.tokens.add("tablet", "ghi", NOW)


def test_revoking_an_unknown_token_is_told(store: Store) -> None:
    with pytest.raises(NotFound, match="'tablet'"):
        store.tokens.revoke("tablet")
