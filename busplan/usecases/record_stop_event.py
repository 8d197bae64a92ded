"""Record what happened at a stop: checked, added to the log, in one transaction."""

from sqlalchemy import Engine

from busplan.domain.stop_events import EventKind, StopEvent, VisitState
from busplan.exchange.holiday_calendar import build_calendar
from busplan.storage.store import Store
from busplan.tracking.event_checks import refuse_bad_move, refuse_wrong_day


def record_stop_event(engine: Engine, event: StopEvent) -> VisitState:
    """Where the visit stands once the event is recorded.

    Raises ``NotFound`` for a visit that is in no published plan or a move to an unknown stop, and
    ``EventRefused``, with nothing recorded, when the event repeats or contradicts what happened,
    lies on the wrong day, or moves the bus to a place where it may not stand.
    """
    with Store(engine) as store:
        _, tour, visit = store.plans.get_visit(event.visit_id)
        refuse_wrong_day(event, tour.service_date)
        state = store.stop_events.append(event)
        if event.kind is EventKind.MOVE:
            county = store.county.get()
            region, entries = county.county.holiday_region, county.calendar_entries
            calendar = build_calendar(region, entries, [tour.service_date.year])
            refuse_bad_move(event, tour, visit, county, calendar)
    return state
