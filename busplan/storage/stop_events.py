"""The log of stop events: added to, read, and never changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from busplan.domain.errors import EventRefused
from busplan.domain.plan import VisitId
from busplan.domain.stop_events import StopEvent, VisitState, after, state_of
from busplan.storage.event_mapping import event_from_rows, event_to_row, tally_to_rows
from busplan.storage.revision import RevisionRepository
from busplan.storage.tables import StopEventRow, TallyCountRow

_IDS_PER_QUERY = 1000
"""Databases limit the number of values in one statement."""


class StopEventRepository:
    """What happened at each visit, in the order in which it was recorded."""

    def __init__(self, session: Session, revision: RevisionRepository) -> None:
        self._session = session
        self._revision = revision

    def append(self, event: StopEvent) -> VisitState:
        """Record what happened and return where the visit stands now.

        Raises ``EventRefused`` when it repeats or contradicts what is recorded, also by somebody
        else at the same moment: of two arrivals exactly one is kept.
        """
        self._revision.advance()
        past = self.of_visit(event.visit_id)
        state = after(state_of(past), event)
        sequence = len(past) + 1
        try:
            self._session.add(event_to_row(event, sequence))
            self._session.flush()
        except IntegrityError as error:
            raise EventRefused(
                f"visit {event.visit_id}: something else was recorded at the same moment"
            ) from error
        self._session.add_all(tally_to_rows(event, sequence))
        self._session.flush()
        return state

    def of_visit(self, visit_id: VisitId) -> tuple[StopEvent, ...]:
        """The visit's events; none for a visit of which nothing is recorded."""
        return self.of_visits([visit_id])[visit_id]

    def of_visits(self, visit_ids: Iterable[VisitId]) -> Mapping[VisitId, tuple[StopEvent, ...]]:
        """The events of each of the visits, with an empty entry where there are none."""
        wanted = list(dict.fromkeys(visit_ids))
        found: dict[VisitId, list[StopEvent]] = defaultdict(list)
        rest = iter(wanted)
        while chunk := list(islice(rest, _IDS_PER_QUERY)):
            for event in self._read(chunk):
                found[event.visit_id].append(event)
        return {visit_id: tuple(found[visit_id]) for visit_id in wanted}

    def _read(self, visit_ids: list[VisitId]) -> Iterable[StopEvent]:
        counts: dict[tuple[str, int], list[TallyCountRow]] = defaultdict(list)
        for count in self._session.exec(
            select(TallyCountRow)
            .where(col(TallyCountRow.visit_id).in_(visit_ids))
            .order_by(col(TallyCountRow.position))
        ):
            counts[count.visit_id, count.sequence].append(count)
        for row in self._session.exec(
            select(StopEventRow)
            .where(col(StopEventRow.visit_id).in_(visit_ids))
            .order_by(col(StopEventRow.visit_id), col(StopEventRow.sequence))
        ):
            yield event_from_rows(row, counts[row.visit_id, row.sequence])
