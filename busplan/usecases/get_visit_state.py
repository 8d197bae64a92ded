"""Get one visit's state: what was planned, and what the log says."""

from dataclasses import dataclass

from sqlalchemy import Engine

from busplan.domain.plan import Tour, Visit, VisitId
from busplan.domain.stop_events import VisitState, state_of
from busplan.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedVisit:
    """A published visit with its tour and where it stands."""

    tour: Tour
    visit: Visit
    state: VisitState


def get_visit_state(engine: Engine, visit_id: VisitId) -> FollowedVisit:
    """Staff's view of a visit. Raises ``NotFound`` for one that is in no published plan."""
    with Store.reading(engine) as store:
        _, tour, visit = store.plans.get_visit(visit_id)
        state = state_of(store.stop_events.of_visit(visit_id))
    return FollowedVisit(tour=tour, visit=visit, state=state)
