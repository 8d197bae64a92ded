"""Store: one transaction and its repositories."""

from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlmodel import Session

from busplan.storage.county import CountyRepository
from busplan.storage.engine import snapshot_engine
from busplan.storage.plans import PlanRepository
from busplan.storage.revision import RevisionRepository
from busplan.storage.stop_events import StopEventRepository
from busplan.storage.tokens import TokenRepository
from busplan.storage.withdrawals import WithdrawalRepository


class Store:
    """One transaction: committed when its block ends well, rolled back when it raises.

    ``Store(engine)`` may write, and on SQLite waits for other writers before it begins, so keep
    it short. ``Store.reading(engine)`` only reads: it waits for nobody, keeps nobody waiting, and
    sees one moment throughout.
    """

    def __init__(self, engine: Engine) -> None:
        self._session = Session(engine)
        self.revision = RevisionRepository(self._session)
        self.county = CountyRepository(self._session, self.revision)
        self.plans = PlanRepository(self._session, self.revision)
        self.stop_events = StopEventRepository(self._session, self.revision)
        self.tokens = TokenRepository(self._session)
        self.withdrawals = WithdrawalRepository(self._session, self.revision)

    @classmethod
    def reading(cls, engine: Engine) -> Self:
        """A store for reading only."""
        return cls(snapshot_engine(engine))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._session:  # closed whatever happens, which rolls back what is not committed
            if kind is None:
                self._session.commit()
