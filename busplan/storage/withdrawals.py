"""Buses of which nothing is shown, until somebody takes that back."""

from datetime import datetime

from sqlmodel import Session, select

from busplan.domain.fleet import BusId
from busplan.storage.revision import RevisionRepository
from busplan.storage.tables import WithdrawnBusRow


class WithdrawalRepository:
    """Stores withdrawals apart from the county's data, so that loading it anew opens nothing."""

    def __init__(self, session: Session, revision: RevisionRepository) -> None:
        self._session = session
        self._revision = revision

    def add(self, bus_id: BusId, now: datetime) -> None:
        """Show nothing of the bus from now on; one withdrawn already stays so."""
        self._revision.advance()
        if self._session.get(WithdrawnBusRow, bus_id) is None:
            self._session.add(WithdrawnBusRow(bus_id=bus_id, since=now))
            self._session.flush()

    def remove(self, bus_id: BusId) -> None:
        """Show of the bus again what its levels allow."""
        self._revision.advance()
        row = self._session.get(WithdrawnBusRow, bus_id)
        if row is not None:
            self._session.delete(row)
            self._session.flush()

    def list_ids(self) -> frozenset[BusId]:
        """The buses withdrawn now."""
        rows = self._session.exec(select(WithdrawnBusRow.bus_id))
        return frozenset(map(BusId, rows))
