"""The revision: one counter that moves with everything readers may see."""

from sqlalchemy import update
from sqlmodel import Session, col, select

from busplan.storage.tables import RevisionRow


class RevisionRepository:
    """Counts changes of county data, publications and stop events.

    Readers poll ``current`` and rebuild their snapshot when it has moved.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def current(self) -> int:
        """How many changes there were so far."""
        return self._session.exec(select(RevisionRow.value)).one()

    def advance(self) -> None:
        """Count one more change.

        Also the gate of all writers: it waits until every other transaction that advanced has
        ended, and what is read afterwards is what those left behind.
        """
        self._session.execute(update(RevisionRow).values(value=col(RevisionRow.value) + 1))
