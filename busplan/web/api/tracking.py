"""What staff on the road tell, and read: stop events and the state of visits."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path, Response

from busplan.domain.dates import BERLIN
from busplan.domain.errors import InvalidInput, Problem
from busplan.domain.plan import VisitId
from busplan.domain.stop_events import StopEvent
from busplan.usecases.get_visit_state import get_visit_state
from busplan.usecases.record_stop_event import record_stop_event
from busplan.web.deps import House, TheHouse, require_staff
from busplan.web.errors import documented
from busplan.web.filters import MAX_TEXT
from busplan.web.schemas.tracking import (
    AnyEventIn,
    VisitStateOut,
    stop_event,
    visit_state_out,
)
from busplan.web.snapshot import API

CLOCKS_DIFFER = timedelta(minutes=5)
"""A telephone's clock may be ahead of ours by this much."""

router = APIRouter(
    prefix=f"{API}/visits/{{visit_id}}",
    tags=["staff"],
    dependencies=[Depends(require_staff)],
)

TheVisit = Annotated[
    str,
    Path(max_length=MAX_TEXT, description="The visit's id in the plan, not the public one."),
]


@router.post(
    "/events",
    operation_id="record_stop_event",
    status_code=201,
    responses=documented(400, 401, 404, 409, 413, 422),
)
def post_event(
    visit_id: TheVisit, given: Annotated[AnyEventIn, Body()], house: TheHouse, answer: Response
) -> VisitStateOut:
    """Record that the bus arrived or left, or that a visit is cancelled or moved.

    The public answers change at once.
    """
    event = stop_event(VisitId(visit_id), given, house.clock())
    _refuse_future(event, house)
    record_stop_event(house.engine, event)
    house.changed()
    return _state(visit_id, house, answer)


@router.get("/state", operation_id="get_visit_state", responses=documented(401, 404, 422))
def get_state(visit_id: TheVisit, house: TheHouse, answer: Response) -> VisitStateOut:
    """What was planned, and where the visit stands."""
    return _state(visit_id, house, answer)


def _state(visit_id: str, house: House, answer: Response) -> VisitStateOut:
    answer.headers["Cache-Control"] = "no-store"
    followed = get_visit_state(house.engine, VisitId(visit_id))
    return visit_state_out(followed.tour, followed.visit, followed.state)


def _refuse_future(event: StopEvent, house: House) -> None:
    now = house.clock()
    if event.at > now + CLOCKS_DIFFER:
        fault = Problem(
            file="body",
            column="at",
            value=event.at.isoformat(),
            expected=f"a moment not later than {now.astimezone(BERLIN).isoformat()}",
        )
        raise InvalidInput("An event lies in the future.", (fault,))
