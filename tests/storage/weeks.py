"""What storage tests store: a small county, plans of given weeks, events."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from busplan.domain.county import CountyData
from busplan.domain.fleet import BusId
from busplan.domain.plan import VisitId, visit_id
from busplan.domain.solution import Solution
from busplan.domain.stop_events import EventKind, StopEvent
from tests.factories import (
    MONDAY,
    make_bus,
    make_county,
    make_crew,
    make_demand,
    make_municipality,
    make_place,
    make_plan,
    make_stop,
    make_tour,
    make_visit,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
VISIT = visit_id(MONDAY, BusId("wilde13"), 1)
WEEK = timedelta(days=7)


def make_county_data(**given: Any) -> CountyData:
    """A county of one town, place, stop, demand record, bus and driver."""
    usual = {
        "county": make_county(),
        "municipalities": (make_municipality(),),
        "places": (make_place(),),
        "stops": (make_stop(),),
        "demands": (make_demand(),),
        "blocks": (),
        "buses": (make_bus(),),
        "crew": (make_crew(),),
    }
    return CountyData(**usual | given)


def make_solution(first_day: date = MONDAY, weeks: int = 1) -> Solution:
    """A plan with one visit, on its first day."""
    visit = make_visit(id=visit_id(first_day, BusId("wilde13"), 1))
    tour = make_tour(visit, service_date=first_day)
    return Solution(plan=make_plan(tour, first_day=first_day, weeks=weeks))


def make_event(
    kind: EventKind, visit: VisitId = VISIT, at: datetime = NOW, **given: Any
) -> StopEvent:
    """An event of the demo visit."""
    return StopEvent(visit_id=visit, kind=kind, at=at, **given)
