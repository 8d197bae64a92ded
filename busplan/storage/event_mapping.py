"""Stop events and their tallies: row <-> domain."""

from collections.abc import Iterable

from busplan.domain.plan import VisitId
from busplan.domain.stop_events import AgeBand, CancelReason, EventKind, StopEvent, Tally
from busplan.storage.tables import StopEventRow, TallyCountRow


def event_to_row(event: StopEvent, sequence: int) -> StopEventRow:
    """The row of a visit's nth event, counted from 1."""
    return StopEventRow(
        visit_id=event.visit_id,
        sequence=sequence,
        kind=event.kind.value,
        at=event.at,
        reason=event.reason.value if event.reason else None,
        to_stop_id=event.to_stop_id,
        to_open_min=event.to_open_min,
        to_close_min=event.to_close_min,
        tallied=event.tally is not None,
    )


def tally_to_rows(event: StopEvent, sequence: int) -> list[TallyCountRow]:
    """A row for each age band counted."""
    return [
        TallyCountRow(
            visit_id=event.visit_id,
            sequence=sequence,
            age_band=band.value,
            position=position,
            contacts=contacts,
        )
        for position, (band, contacts) in enumerate(event.tally.counts if event.tally else ())
    ]


def event_from_rows(row: StopEventRow, counts: Iterable[TallyCountRow]) -> StopEvent:
    """The event of a row, with the counts in their order."""
    tally = Tally(counts=tuple((AgeBand(count.age_band), count.contacts) for count in counts))
    return StopEvent(
        visit_id=VisitId(row.visit_id),
        kind=EventKind(row.kind),
        at=row.at,
        reason=CancelReason(row.reason) if row.reason is not None else None,
        to_stop_id=row.to_stop_id,
        to_open_min=row.to_open_min,
        to_close_min=row.to_close_min,
        tally=tally if row.tallied else None,
    )
