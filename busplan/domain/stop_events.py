"""What really happens at stops, as an append-only log; a visit's state is a fold over it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from busplan.domain.errors import EventRefused, InvalidInput
from busplan.domain.plan import VisitId


class EventKind(StrEnum):
    """What can happen to a visit."""

    ARRIVE = "arrive"
    LEAVE = "leave"
    CANCEL = "cancel"
    MOVE = "move"


class CancelReason(StrEnum):
    """Why a visit is cancelled (internal; the public reads that it is off, never why)."""

    CREW_ILL = "crew_ill"
    VEHICLE = "vehicle"
    WEATHER = "weather"
    PLACE = "place_not_usable"
    POWER = "power_missing"
    HOLIDAY = "holiday_or_festival"
    SAFETY = "police_or_safety"
    MOVED = "moved"
    OTHER = "other"


class AgeBand(StrEnum):
    """Age bands of the tally (domain research 2.3)."""

    UNDER_10 = "under_10"
    FROM_10 = "10_to_13"
    FROM_14 = "14_to_17"
    FROM_18 = "18_to_26"
    FROM_27 = "27_and_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Anonymous counts of contacts by age band; contacts are not persons."""

    counts: tuple[tuple[AgeBand, int], ...]

    def __post_init__(self) -> None:
        if any(count < 0 for _, count in self.counts):
            raise InvalidInput("a tally counts from 0 upwards")
        if len({band for band, _ in self.counts}) != len(self.counts):
            raise InvalidInput("a tally names each age band once")

    @property
    def total(self) -> int:
        """All contacts."""
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopEvent:
    """One entry of the log; ``at`` is aware.

    CANCEL carries a reason; MOVE a new stop and opening times (minutes after midnight, same
    date); LEAVE the tally.
    """

    visit_id: VisitId
    kind: EventKind
    at: datetime
    reason: CancelReason | None = None
    to_stop_id: str | None = None
    to_open_min: int | None = None
    to_close_min: int | None = None
    tally: Tally | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise InvalidInput(f"event of {self.visit_id}: {self.at} has no time zone")
        if (self.kind is EventKind.CANCEL) != (self.reason is not None):
            raise InvalidInput(f"event of {self.visit_id}: cancel, and only cancel, has a reason")
        moved = (self.to_stop_id, self.to_open_min, self.to_close_min)
        if (self.kind is EventKind.MOVE) != all(part is not None for part in moved):
            raise InvalidInput(
                f"event of {self.visit_id}: move, and only move, names stop, opening and closing"
            )
        if self.kind is not EventKind.MOVE and any(part is not None for part in moved):
            raise InvalidInput(f"event of {self.visit_id}: only a move names a new place or time")
        if self.tally is not None and self.kind is not EventKind.LEAVE:
            raise InvalidInput(f"event of {self.visit_id}: a tally is given when leaving")


class VisitStatus(StrEnum):
    """Where a visit stands."""

    PLANNED = "planned"
    MOVED = "moved"
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitState:
    """What the ``log`` says about a visit so far."""

    status: VisitStatus = VisitStatus.PLANNED
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    reason: CancelReason | None = None
    moved_to: StopEvent | None = None
    tally: Tally | None = None
    last_change: datetime | None = None
    log: tuple[StopEvent, ...] = ()


def state_of(events: Iterable[StopEvent]) -> VisitState:
    """The state of one visit after its events, in their order. Raises ``EventRefused``."""
    state = VisitState()
    for event in events:
        state = after(state, event)
    return state


def after(state: VisitState, event: StopEvent) -> VisitState:
    """The state once the event has happened.

    Raises ``EventRefused`` with the reason when it repeats or contradicts what happened before.
    """
    _refuse_contradiction(state, event)
    status = {
        EventKind.ARRIVE: VisitStatus.OPEN,
        EventKind.LEAVE: VisitStatus.DONE,
        EventKind.CANCEL: VisitStatus.CANCELLED,
        EventKind.MOVE: VisitStatus.MOVED,
    }[event.kind]
    return VisitState(
        status=status,
        arrived_at=event.at if event.kind is EventKind.ARRIVE else state.arrived_at,
        left_at=event.at if event.kind is EventKind.LEAVE else state.left_at,
        reason=event.reason or state.reason,
        moved_to=event if event.kind is EventKind.MOVE else state.moved_to,
        tally=event.tally or state.tally,
        last_change=event.at,
        log=(*state.log, event),
    )


_ALLOWED = {
    VisitStatus.PLANNED: {EventKind.ARRIVE, EventKind.CANCEL, EventKind.MOVE},
    VisitStatus.MOVED: {EventKind.ARRIVE, EventKind.CANCEL, EventKind.MOVE},
    VisitStatus.OPEN: {EventKind.LEAVE},
    VisitStatus.DONE: set[EventKind](),
    VisitStatus.CANCELLED: set[EventKind](),
}


def _refuse_contradiction(state: VisitState, event: StopEvent) -> None:
    if event.kind not in _ALLOWED[state.status]:
        raise EventRefused(
            f"visit {event.visit_id} is {state.status.value}:"
            f" {event.kind.value} is not possible now"
        )
    if state.last_change is not None and event.at < state.last_change:
        raise EventRefused(
            f"visit {event.visit_id}: {event.kind.value} at {event.at.isoformat()} lies before"
            f" the last event at {state.last_change.isoformat()}"
        )
