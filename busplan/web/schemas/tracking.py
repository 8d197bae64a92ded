"""What staff tell and read about a visit. Never names, never free text."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from busplan.domain.dates import clock, parse_clock
from busplan.domain.errors import InvalidInput, Problem
from busplan.domain.plan import Tour, Visit, VisitId
from busplan.domain.stop_events import (
    AgeBand,
    CancelReason,
    EventKind,
    StopEvent,
    Tally,
    VisitState,
    VisitStatus,
)
from busplan.usecases.show_board import Board

MAX_CONTACTS = 9_999
ClockText = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$", examples=["15:30"])]


class EventIn(BaseModel):
    """The root of all events; ``at`` is the moment of it, now where not given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: AwareDatetime | None = None


class ArriveIn(EventIn):
    """The bus stands and opens."""

    kind: Literal[EventKind.ARRIVE]


class LeaveIn(EventIn):
    """The bus leaves; with it the anonymous tally of contacts by age band."""

    kind: Literal[EventKind.LEAVE]
    tally: dict[AgeBand, Annotated[int, Field(ge=0, le=MAX_CONTACTS)]] | None = None


class CancelIn(EventIn):
    """The visit does not take place."""

    kind: Literal[EventKind.CANCEL]
    reason: CancelReason


class MoveIn(EventIn):
    """The visit takes place elsewhere or at another time of the same day."""

    kind: Literal[EventKind.MOVE]
    to_stop: Annotated[str, Field(min_length=1, max_length=80)]
    opens: ClockText
    closes: ClockText


AnyEventIn = Annotated[ArriveIn | LeaveIn | CancelIn | MoveIn, Field(discriminator="kind")]


class MoveOut(BaseModel):
    """Where and when a moved visit takes place; clock times of Berlin."""

    to_stop: str
    opens: str
    closes: str


class VisitStateOut(BaseModel):
    """What was planned, and where the visit stands. For staff only."""

    visit: str
    bus: str
    date: date
    stop: str
    opens: str
    closes: str
    status: VisitStatus
    arrived_at: datetime | None
    left_at: datetime | None
    reason: CancelReason | None
    moved_to: MoveOut | None
    tally: dict[AgeBand, int] | None
    contacts: int | None
    last_change: datetime | None


class BoardVisitOut(BaseModel):
    """A visit of the day where and when it is now to be; ``visit`` is its id in the plan."""

    visit: str
    bus: str
    stop: str
    stop_name: str
    opens: str
    closes: str
    status: VisitStatus


class BoardOut(BaseModel):
    """A day's visits by bus and opening. For staff only."""

    day: date
    visits: tuple[BoardVisitOut, ...]


def stop_event(visit_id: VisitId, given: AnyEventIn, now: datetime) -> StopEvent:
    """The domain's event. Raises ``InvalidInput`` where the domain refuses its values."""
    at = given.at or now
    match given:
        case ArriveIn():
            return StopEvent(visit_id=visit_id, kind=given.kind, at=at)
        case LeaveIn():
            return StopEvent(visit_id=visit_id, kind=given.kind, at=at, tally=_tally(given))
        case CancelIn():
            return StopEvent(visit_id=visit_id, kind=given.kind, at=at, reason=given.reason)
        case MoveIn():
            return _move(visit_id, given, at)


def visit_state_out(tour: Tour, visit: Visit, state: VisitState) -> VisitStateOut:
    """The staff's view of a visit."""
    tally = state.tally
    return VisitStateOut(
        visit=visit.id,
        bus=tour.bus_id,
        date=tour.service_date,
        stop=visit.stop_id,
        opens=clock(visit.open_min),
        closes=clock(visit.close_min),
        status=state.status,
        arrived_at=state.arrived_at,
        left_at=state.left_at,
        reason=state.reason,
        moved_to=_move_out(state.moved_to) if state.moved_to else None,
        tally=dict(tally.counts) if tally else None,
        contacts=tally.total if tally else None,
        last_change=state.last_change,
    )


def board_out(board: Board) -> BoardOut:
    """A day for staff."""
    return BoardOut(
        day=board.day,
        visits=tuple(
            BoardVisitOut(
                visit=line.visit_id,
                bus=line.bus_id,
                stop=line.stop_id,
                stop_name=board.stop_names.get(line.stop_id, ""),
                opens=clock(line.open_min),
                closes=clock(line.close_min),
                status=line.state.status,
            )
            for line in board.lines
        ),
    )


def _tally(given: LeaveIn) -> Tally | None:
    return None if given.tally is None else Tally(counts=tuple(sorted(given.tally.items())))


def _move(visit_id: VisitId, given: MoveIn, at: datetime) -> StopEvent:
    open_min, close_min = parse_clock(given.opens), parse_clock(given.closes)
    if close_min <= open_min:
        fault = Problem(
            file="body", column="closes", value=given.closes, expected="a time after opens"
        )
        raise InvalidInput("A visit closes after it opens.", (fault,))
    return StopEvent(
        visit_id=visit_id,
        kind=given.kind,
        at=at,
        to_stop_id=given.to_stop,
        to_open_min=open_min,
        to_close_min=close_min,
    )


def _move_out(event: StopEvent) -> MoveOut:
    assert event.to_stop_id is not None
    assert event.to_open_min is not None
    assert event.to_close_min is not None
    return MoveOut(
        to_stop=event.to_stop_id,
        opens=clock(event.to_open_min),
        closes=clock(event.to_close_min),
    )
