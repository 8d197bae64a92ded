"""Staff tokens: shown once, known afterwards by hash only."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from busplan.domain.errors import InvalidInput, NotAllowed
from busplan.storage.store import Store
from busplan.usecases.check_token import check_token
from busplan.usecases.create_token import create_token
from tests.storage.weeks import NOW


def test_a_token_opens_as_its_label_until_it_is_revoked(engine: Engine) -> None:
    token = create_token(engine, "tablet", NOW)

    assert check_token(engine, token) == "tablet"
    with Store(engine) as store:
        store.tokens.revoke("tablet")
    with pytest.raises(NotAllowed):
        check_token(engine, token)


@pytest.mark.parametrize("token", ["", "tablet", "ü", "x" * 10_000])
def test_other_tokens_open_nothing(engine: Engine, token: str) -> None:
    create_token(engine, "tablet", NOW)

    with pytest.raises(NotAllowed) as refusal:
        check_token(engine, token)

    assert not token or token not in str(refusal.value)


def test_the_secret_is_in_no_file_of_the_database(engine: Engine, tmp_path: Path) -> None:
    token = create_token(engine, "tablet", NOW)

    files = [file for file in tmp_path.iterdir() if file.is_file()]
    assert any(b"tablet" in file.read_bytes() for file in files)
    assert not any(token.encode() in file.read_bytes() for file in files)


def test_every_token_is_new_and_long(engine: Engine) -> None:
    """32 random bytes are 43 characters of URL-safe base 64."""
    tokens = [create_token(engine, f"device {number}", NOW) for number in range(20)]

    assert len(set(tokens)) == len(tokens)
    assert {len(token) for token in tokens} == {43}


@pytest.mark.parametrize("label", ["", "  "])
def test_a_token_needs_a_label(engine: Engine, label: str) -> None:
    with pytest.raises(InvalidInput, match="label"):
        create_token(engine, label, NOW)
