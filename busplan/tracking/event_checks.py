"""Whether a stop event can be true: the day of arrivals and departures, the target of a move."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from busplan.domain.calendar import ServiceCalendar
from busplan.domain.county import CountyData
from busplan.domain.dates import BERLIN, Window, at, monday_of
from busplan.domain.errors import EventRefused, NotFound
from busplan.domain.matrix import TravelMatrix
from busplan.domain.places import StopId
from busplan.domain.plan import Plan, Tour, Visit
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.agreements import check_agreements
from busplan.domain.rules.closed_days import check_closed_days
from busplan.domain.rules.power import check_power
from busplan.domain.rules.vehicle_fit import check_vehicle_fit
from busplan.domain.stop_events import EventKind, StopEvent

LATEST_LEAVING = timedelta(hours=4)
"""After midnight: a festival may last longer, a day later is a slip of the hand."""

_PLACE_RULES = (check_agreements, check_closed_days, check_power, check_vehicle_fit)
"""Hard rules on where a bus may stand; they bind on the day itself as they bind plans."""


def refuse_wrong_day(event: StopEvent, service_date: date) -> None:
    """Refuse what cannot have happened then.

    Arrivals lie on the service date, departures too or up to ``LATEST_LEAVING`` after its end; a
    move is made known by the end of the date. Cancelling is noted at any time. All by the Berlin
    wall clock. Raises ``EventRefused``.
    """
    begins, ends = at(service_date, 0), at(service_date + timedelta(days=1), 0)
    earliest, latest = {
        EventKind.ARRIVE: (begins, ends),
        EventKind.LEAVE: (begins, ends + LATEST_LEAVING),
        EventKind.MOVE: (None, ends),
        EventKind.CANCEL: (None, None),
    }[event.kind]
    too_early = earliest is not None and event.at < earliest
    if too_early or (latest is not None and event.at >= latest):
        raise EventRefused(
            f"visit {event.visit_id} is on {service_date}:"
            f" {event.kind.value} at {_berlin(event.at)} is not possible"
        )


def refuse_bad_move(
    event: StopEvent, tour: Tour, visit: Visit, county: CountyData, calendar: ServiceCalendar
) -> None:
    """Refuse a move to a stop where this bus may not stand on this date, with every reason.

    Raises ``NotFound`` for an unknown stop or bus, ``InvalidInput`` for times that are no
    window of one day, ``EventRefused`` for a stop that a hard rule forbids.
    """
    _require_known(event, tour, county)
    reasons = list(_forbidden(_moved(event, visit), tour, county, calendar))
    if reasons:
        raise EventRefused(f"visit {visit.id} cannot move: {'; '.join(reasons)}")


def _require_known(event: StopEvent, tour: Tour, county: CountyData) -> None:
    if all(stop.id != event.to_stop_id for stop in county.stops):
        raise NotFound(f"no stop {event.to_stop_id}")
    if all(bus.id != tour.bus_id for bus in county.buses):
        raise NotFound(f"no bus {tour.bus_id}")


def _moved(event: StopEvent, visit: Visit) -> Visit:
    """The visit as it would be, set up and taken down as planned."""
    open_min = event.to_open_min if event.to_open_min is not None else visit.open_min
    close_min = event.to_close_min if event.to_close_min is not None else visit.close_min
    window = Window(from_min=open_min, to_min=close_min)
    return replace(
        visit,
        stop_id=StopId(event.to_stop_id or visit.stop_id),
        arrival_min=open_min - (visit.open_min - visit.arrival_min),
        open_min=window.from_min,
        close_min=window.to_min,
        departure_min=close_min + (visit.departure_min - visit.close_min),
    )


def _forbidden(
    visit: Visit, tour: Tour, county: CountyData, calendar: ServiceCalendar
) -> Iterator[str]:
    monday = monday_of(tour.service_date)
    plan = Plan(
        county=county.county.id,
        first_day=monday,
        weeks=1,
        tours=(replace(tour, visits=(visit,)),),
    )
    problem = PlanningProblem(
        county=county.county.id,
        first_day=monday,
        weeks=1,
        municipalities=county.municipalities,
        stops=county.stops,
        demands=county.demands,
        buses=county.buses,
        crew=county.crew,
        calendar=calendar,
        matrix=TravelMatrix(nodes=(), minutes=(), metres=()),
        parameters=county.parameters,
    )
    for check in _PLACE_RULES:
        for violation in check(plan, problem):
            yield violation.sentence


def _berlin(moment: datetime) -> str:
    return f"{moment.astimezone(BERLIN):%Y-%m-%d %H:%M}"
