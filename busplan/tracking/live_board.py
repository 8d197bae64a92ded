"""Where each bus is meant to be on one day, and where it stands: a fold over stop events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from busplan.domain.fleet import BusId
from busplan.domain.places import StopId
from busplan.domain.plan import Plan, Tour, Visit, VisitId
from busplan.domain.stop_events import VisitState


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """One visit of the day: where and when it is now to be, and what has happened."""

    visit_id: VisitId
    bus_id: BusId
    stop_id: StopId
    open_min: int
    close_min: int
    state: VisitState


def build_board(
    plans: Iterable[Plan], states: Mapping[VisitId, VisitState], day: date
) -> tuple[BoardLine, ...]:
    """All visits of the day by bus and opening; visits without a state are untouched."""
    lines = [
        _line(tour, visit, states.get(visit.id, VisitState()))
        for plan in plans
        for tour, visit in plan.visits()
        if tour.service_date == day
    ]
    return tuple(sorted(lines, key=lambda line: (line.bus_id, line.open_min, line.visit_id)))


def _line(tour: Tour, visit: Visit, state: VisitState) -> BoardLine:
    move = state.moved_to
    stop_id, open_min, close_min = visit.stop_id, visit.open_min, visit.close_min
    if move and move.to_stop_id and move.to_open_min is not None and move.to_close_min is not None:
        stop_id, open_min, close_min = StopId(move.to_stop_id), move.to_open_min, move.to_close_min
    return BoardLine(
        visit_id=visit.id,
        bus_id=tour.bus_id,
        stop_id=stop_id,
        open_min=open_min,
        close_min=close_min,
        state=state,
    )
