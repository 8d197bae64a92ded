"""Put together what a horizon asks for: county, calendar, travel times and the weeks before."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from busplan.domain.calendar import ServiceCalendar
from busplan.domain.county import CountyData
from busplan.domain.dates import DAYS_PER_WEEK
from busplan.domain.matrix import TravelMatrix
from busplan.domain.places import StopId
from busplan.domain.plan import Plan, Tour, Visit
from busplan.domain.problem import PastDuty, PastVisit, Pin, PlanningProblem
from busplan.domain.stop_events import VisitState, VisitStatus, state_of
from busplan.exchange.holiday_calendar import build_calendar
from busplan.storage.store import Store
from busplan.travel.cache import cached_matrix
from busplan.travel.geodesic import GeodesicTravel

DAYS_OF_DUTIES = 2
"""Rest of 11 h never reaches further back."""


def build_problem(
    store: Store,
    first_day: date,
    weeks: int,
    cache_dir: Path | None,
    pins: tuple[Pin, ...] = (),
) -> PlanningProblem:
    """The planning problem of ``weeks`` weeks from Monday ``first_day``, as the database has it.

    Raises ``NotFound`` when no county is loaded and ``InvalidInput`` for a day that is no Monday.
    """
    data = store.county.get()
    past = list(_past_tours(store, data, first_day))
    return problem_of(
        data,
        first_day,
        weeks,
        cache_dir,
        past_visits=tuple(
            past_visit for tour, states in past for past_visit in _past_visits(tour, states)
        ),
        past_duties=tuple(
            PastDuty(
                crew_id=duty.crew_id,
                service_date=tour.service_date,
                start_min=duty.start_min,
                end_min=duty.end_min,
            )
            for tour, _ in past
            if tour.service_date >= first_day - timedelta(days=DAYS_OF_DUTIES)
            for duty in tour.duties
        ),
        pins=pins,
    )


def problem_of(
    data: CountyData,
    first_day: date,
    weeks: int,
    cache_dir: Path | None,
    *,
    past_visits: tuple[PastVisit, ...] = (),
    past_duties: tuple[PastDuty, ...] = (),
    pins: tuple[Pin, ...] = (),
) -> PlanningProblem:
    """The planning problem of one county's data; without a past, as if nothing went before.

    Raises ``InvalidInput`` for a first day that is no Monday.
    """
    last_day = first_day + timedelta(days=weeks * DAYS_PER_WEEK - 1)
    return PlanningProblem(
        county=data.county.id,
        first_day=first_day,
        weeks=weeks,
        municipalities=data.municipalities,
        stops=data.stops,
        demands=data.demands,
        blocks=data.blocks,
        buses=data.buses,
        crew=data.crew,
        calendar=calendar_of(data, first_day, last_day),
        matrix=matrix_of(data, cache_dir),
        parameters=data.parameters,
        past_visits=past_visits,
        past_duties=past_duties,
        pins=pins,
    )


def matrix_of(data: CountyData, cache_dir: Path | None) -> TravelMatrix:
    """Travel times between all stops and depots, by the county's own factors."""
    nodes = {str(stop.id): stop.location for stop in data.stops}
    nodes |= {str(bus.depot.id): bus.depot.location for bus in data.buses}
    numbers = data.parameters
    travel = GeodesicTravel(detour_factor=numbers.detour_factor, speed_kmh=numbers.speed_kmh)
    return cached_matrix(cache_dir, nodes, travel)


def calendar_of(data: CountyData, first: date, last: date) -> ServiceCalendar:
    """Holidays and closures of the years that the days touch."""
    years = range(first.year, last.year + 1)
    return build_calendar(data.county.holiday_region, data.calendar_entries, years)


States = dict[str, VisitState]


def _past_tours(store: Store, data: CountyData, first_day: date) -> Iterator[tuple[Tour, States]]:
    """Tours published for the weeks that spacing, need and floors look back to."""
    periods = [demand.period_weeks for demand in data.demands]
    weeks = max([data.parameters.floor_weeks, *periods])
    days = max(weeks * DAYS_PER_WEEK, *(demand.headway_min_days for demand in data.demands), 0)
    since = first_day - timedelta(days=days)
    for version in store.plans.list_published(since, first_day - timedelta(days=1)):
        states = _states(store, version.solution.plan)
        for tour in version.solution.plan.tours:
            if since <= tour.service_date < first_day:
                yield tour, states


def _states(store: Store, plan: Plan) -> States:
    ids = [visit.id for _, visit in plan.visits()]
    events = store.stop_events.of_visits(ids)
    return {str(visit_id): state_of(log) for visit_id, log in events.items()}


def _past_visits(tour: Tour, states: States) -> Iterator[PastVisit]:
    """The tour's visits that were not cancelled, where and when they were moved to."""
    for visit in tour.visits:
        state = states.get(visit.id, VisitState())
        if state.status is not VisitStatus.CANCELLED:
            yield _past_visit(tour, visit, state)


def _past_visit(tour: Tour, visit: Visit, state: VisitState) -> PastVisit:
    stop_id, open_min = visit.stop_id, visit.open_min
    move = state.moved_to
    if move is not None and move.to_stop_id is not None and move.to_open_min is not None:
        stop_id, open_min = StopId(move.to_stop_id), move.to_open_min
    return PastVisit(
        demand_id=visit.demand_id,
        stop_id=stop_id,
        bus_id=tour.bus_id,
        service_date=tour.service_date,
        open_min=open_min,
    )
