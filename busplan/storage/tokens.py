"""Staff tokens: who may record and plan, known by a label and the hash of a secret."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from busplan.domain.errors import InvalidInput, NotFound
from busplan.storage.tables import TokenRow


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffToken:
    """A token as it may be listed: its secret is not kept."""

    label: str
    created_at: datetime
    revoked: bool


class TokenRepository:
    """Stores tokens; a revoked one stays listed, and its label is not used again."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, label: str, token_hash: str, now: datetime) -> None:
        """Keep a new token. Raises ``InvalidInput`` for a label that is taken."""
        if self._session.get(TokenRow, label) is not None:
            raise InvalidInput(f"there is a token {label!r} already, choose another label")
        row = TokenRow(label=label, token_hash=token_hash, created_at=now, revoked=False)
        self._session.add(row)
        self._session.flush()

    def find(self, token_hash: str) -> StaffToken | None:
        """The token with this hash, unless it is revoked."""
        row = self._session.exec(
            select(TokenRow)
            .where(TokenRow.token_hash == token_hash)
            .where(col(TokenRow.revoked).is_(False))
        ).one_or_none()
        return _token(row) if row else None

    def list(self) -> tuple[StaffToken, ...]:
        """All tokens, oldest first, the revoked among them."""
        rows = self._session.exec(
            select(TokenRow).order_by(col(TokenRow.created_at), col(TokenRow.label))
        )
        return tuple(map(_token, rows))

    def revoke(self, label: str) -> None:
        """Let the token open nothing from now on. Raises ``NotFound``."""
        row = self._session.get(TokenRow, label)
        if row is None:
            raise NotFound(f"no token {label!r}")
        row.revoked = True
        self._session.flush()


def _token(row: TokenRow) -> StaffToken:
    return StaffToken(label=row.label, created_at=row.created_at, revoked=row.revoked)
