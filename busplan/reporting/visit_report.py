"""Planned against done: what became of every visit and tour of a period."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from busplan.domain.county import CountyData
from busplan.domain.dates import BERLIN, DateRange, elapsed_min
from busplan.domain.fleet import BusId
from busplan.domain.places import Ags, Stop, StopId
from busplan.domain.plan import Tour, Visit, VisitId
from busplan.domain.plan_version import PlanVersion
from busplan.domain.stop_events import CancelReason, Tally, VisitState, VisitStatus

UNKNOWN = Ags("")
"""The town of a stop that the county's data no longer holds."""


class Outcome(StrEnum):
    """What became of a visit. UNRECORDED: its day is over and nobody has said."""

    AHEAD = "ahead"
    UNRECORDED = "unrecorded"
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def took_place(self) -> bool:
        """Whether the bus was there."""
        return self in (Outcome.OPEN, Outcome.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A stop with the names under which people know it."""

    stop_id: StopId
    stop: str
    place: str
    ags: Ags
    town: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """One visit, planned and done.

    ``planned`` is where it was announced, ``actual`` where it was moved to, or the same.
    ``service_min`` is the planned time open to visitors, ``presence_min`` the planned time from
    arrival to departure, ``dwell_min`` the measured one and ``None`` unless both are recorded.
    """

    visit_id: VisitId
    service_date: date
    bus_id: BusId
    bus: str
    planned: Spot
    actual: Spot
    open_min: int
    close_min: int
    service_min: int
    presence_min: int
    outcome: Outcome
    moved: bool
    arrived_at: datetime | None
    left_at: datetime | None
    dwell_min: int | None
    reason: CancelReason | None
    tally: Tally | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TourLine:
    """One tour: kilometres belong to tours, not to visits or towns.

    ``driven_m`` is the planned length if at least one visit took place, else 0: nobody reads the
    odometer, so detours and shorter tours are not known.
    """

    tour_id: str
    service_date: date
    bus_id: BusId
    bus: str
    visits: int
    took_place: int
    length_m: int
    driven_m: int
    drive_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitReport:
    """All visits and tours of a period, by date, bus and time."""

    county: CountyData
    period: DateRange
    as_of: datetime
    versions: tuple[PlanVersion, ...]
    visits: tuple[VisitLine, ...]
    tours: tuple[TourLine, ...]


def build_report(
    county: CountyData,
    versions: Iterable[PlanVersion],
    states: Mapping[VisitId, VisitState],
    period: DateRange,
    as_of: datetime,
) -> VisitReport:
    """What the plans promised in the period and what had happened at the moment ``as_of``.

    Visits without a state count as untouched.
    """
    versions = tuple(versions)
    names = _Names(county)
    today = as_of.astimezone(BERLIN).date()
    tours = sorted(
        (
            tour
            for version in versions
            for tour in version.solution.plan.tours
            if tour.service_date in period
        ),
        key=lambda tour: (tour.service_date, tour.bus_id),
    )
    lines = {
        tour.id: tuple(_visit_lines(tour, states, names, is_over=tour.service_date < today))
        for tour in tours
    }
    return VisitReport(
        county=county,
        period=period,
        as_of=as_of,
        versions=versions,
        visits=tuple(line for tour in tours for line in lines[tour.id]),
        tours=tuple(_tour_line(tour, lines[tour.id], names) for tour in tours),
    )


class _Names:
    """Names of buses, stops and towns; what the county no longer knows goes by its id."""

    def __init__(self, county: CountyData) -> None:
        self._buses = {bus.id: bus.name for bus in county.buses}
        self._stops = {stop.id: stop for stop in county.stops}
        self._places = {place.id: place.name for place in county.places}
        self._towns = {town.ags: town.name for town in county.municipalities}

    def bus(self, bus_id: BusId) -> str:
        return self._buses.get(bus_id, bus_id)

    def spot(self, stop_id: StopId) -> Spot:
        stop = self._stops.get(stop_id)
        if stop is None:
            return Spot(stop_id=stop_id, stop=stop_id, place="", ags=UNKNOWN, town="")
        return Spot(
            stop_id=stop_id,
            stop=stop.name,
            place=self._place(stop),
            ags=stop.ags,
            town=self._towns.get(stop.ags, stop.ags),
        )

    def _place(self, stop: Stop) -> str:
        return self._places.get(stop.place_id, stop.place_id)


def _visit_lines(
    tour: Tour, states: Mapping[VisitId, VisitState], names: _Names, *, is_over: bool
) -> Iterator[VisitLine]:
    for visit in tour.visits:
        yield _visit_line(tour, visit, states.get(visit.id, VisitState()), names, is_over=is_over)


def _visit_line(
    tour: Tour, visit: Visit, state: VisitState, names: _Names, *, is_over: bool
) -> VisitLine:
    move = state.moved_to
    stop_id = StopId(move.to_stop_id) if move and move.to_stop_id else visit.stop_id
    return VisitLine(
        visit_id=visit.id,
        service_date=tour.service_date,
        bus_id=tour.bus_id,
        bus=names.bus(tour.bus_id),
        planned=names.spot(visit.stop_id),
        actual=names.spot(stop_id),
        open_min=visit.open_min,
        close_min=visit.close_min,
        service_min=visit.service_min,
        presence_min=visit.departure_min - visit.arrival_min,
        outcome=_outcome(state.status, is_over=is_over),
        moved=move is not None,
        arrived_at=state.arrived_at,
        left_at=state.left_at,
        dwell_min=_dwell_min(state),
        reason=state.reason,
        tally=state.tally,
    )


def _dwell_min(state: VisitState) -> int | None:
    if state.arrived_at is None or state.left_at is None:
        return None
    return elapsed_min(state.arrived_at, state.left_at)


def _outcome(status: VisitStatus, *, is_over: bool) -> Outcome:
    if status in (VisitStatus.PLANNED, VisitStatus.MOVED):
        return Outcome.UNRECORDED if is_over else Outcome.AHEAD
    return Outcome(status.value)


def _tour_line(tour: Tour, visits: tuple[VisitLine, ...], names: _Names) -> TourLine:
    took_place = sum(visit.outcome.took_place for visit in visits)
    return TourLine(
        tour_id=tour.id,
        service_date=tour.service_date,
        bus_id=tour.bus_id,
        bus=names.bus(tour.bus_id),
        visits=len(visits),
        took_place=took_place,
        length_m=tour.length_m,
        driven_m=tour.length_m if took_place else 0,
        drive_min=tour.drive_min,
    )
