"""PlanningProblem: what a horizon asks for, with all that rules and goals look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from busplan.domain.blocks import Block
from busplan.domain.calendar import ServiceCalendar
from busplan.domain.dates import DAYS_PER_WEEK, DateRange
from busplan.domain.demand import DemandId, DemandRecord
from busplan.domain.errors import InvalidInput
from busplan.domain.fleet import Bus, BusId, CrewId, CrewMember
from busplan.domain.matrix import TravelMatrix
from busplan.domain.parameters import Parameters
from busplan.domain.places import Ags, Municipality, Stop, StopId


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVisit:
    """A visit of the weeks before the horizon, published and not cancelled."""

    demand_id: DemandId
    stop_id: StopId
    bus_id: BusId
    service_date: date
    open_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDuty:
    """When a crew member's work ended on a day before the horizon."""

    crew_id: CrewId
    service_date: date
    start_min: int
    end_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A visit the planner holds fast: this demand at this stop, bus, date and opening time."""

    demand_id: DemandId
    stop_id: StopId
    bus_id: BusId
    service_date: date
    open_min: int
    close_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """Visits the planner forbids (German "gesperrt"): of this demand, where, by what and when.

    Each of stop, bus and date that is ``None`` means any.
    """

    demand_id: DemandId
    stop_id: StopId | None = None
    bus_id: BusId | None = None
    service_date: date | None = None

    def hits(self, demand_id: DemandId, stop_id: StopId, bus_id: BusId, day: date) -> bool:
        """Whether such a visit is forbidden."""
        return (
            self.demand_id == demand_id
            and self.stop_id in (None, stop_id)
            and self.bus_id in (None, bus_id)
            and self.service_date in (None, day)
        )

    def __str__(self) -> str:
        where = "" if self.stop_id is None else f" at {self.stop_id}"
        by = "" if self.bus_id is None else f" by {self.bus_id}"
        when = "" if self.service_date is None else f" on {self.service_date}"
        return f"{self.demand_id}{where}{by}{when}"


@dataclass(frozen=True, kw_only=True)
class PlanningProblem:
    """Everything a plan of ``weeks`` weeks from Monday ``first_day`` is made from and judged by."""

    county: str
    first_day: date
    weeks: int
    municipalities: tuple[Municipality, ...]
    stops: tuple[Stop, ...]
    demands: tuple[DemandRecord, ...]
    blocks: tuple[Block, ...] = ()
    buses: tuple[Bus, ...]
    crew: tuple[CrewMember, ...]
    calendar: ServiceCalendar = field(default_factory=ServiceCalendar)
    matrix: TravelMatrix
    parameters: Parameters = field(default_factory=Parameters)
    past_visits: tuple[PastVisit, ...] = ()
    past_duties: tuple[PastDuty, ...] = ()
    pins: tuple[Pin, ...] = ()
    bans: tuple[Ban, ...] = ()

    def __post_init__(self) -> None:
        if self.first_day.weekday() != 0:
            raise InvalidInput(f"a horizon starts on a Monday, {self.first_day} is none")

    @cached_property
    def horizon(self) -> DateRange:
        """First to last service date."""
        return DateRange(
            first=self.first_day,
            last=self.first_day + timedelta(days=self.weeks * DAYS_PER_WEEK - 1),
        )

    @cached_property
    def stop_by_id(self) -> Mapping[StopId, Stop]:
        """Stops by id."""
        return {stop.id: stop for stop in self.stops}

    @cached_property
    def demand_by_id(self) -> Mapping[DemandId, DemandRecord]:
        """Demand records by id."""
        return {demand.id: demand for demand in self.demands}

    @cached_property
    def bus_by_id(self) -> Mapping[BusId, Bus]:
        """Buses by id."""
        return {bus.id: bus for bus in self.buses}

    @cached_property
    def crew_by_id(self) -> Mapping[CrewId, CrewMember]:
        """Crew members by code."""
        return {member.id: member for member in self.crew}

    @cached_property
    def municipality_by_ags(self) -> Mapping[Ags, Municipality]:
        """Municipalities by official key."""
        return {town.ags: town for town in self.municipalities}

    @cached_property
    def expected_visits(self) -> tuple[PastVisit, ...]:
        """Past visits carried forward by whole periods to the dates where people expect them.

        Continuity is judged against these. Blocks are judged by themselves and left out.
        """
        expected = {}
        for past in self.past_visits:
            demand = self.demand_by_id.get(past.demand_id)
            if demand is None:
                continue
            step = timedelta(days=demand.period_weeks * DAYS_PER_WEEK)
            day = past.service_date + step
            while day <= self.horizon.last:
                if day in self.horizon and day in demand.valid and not self._in_block(past, day):
                    expected[(past.demand_id, day)] = PastVisit(
                        demand_id=past.demand_id,
                        stop_id=past.stop_id,
                        bus_id=past.bus_id,
                        service_date=day,
                        open_min=past.open_min,
                    )
                day += step
        return tuple(expected[key] for key in sorted(expected, key=lambda k: (k[1], k[0])))

    def _in_block(self, past: PastVisit, day: date) -> bool:
        return any(b.demand_id == past.demand_id and b.falls_on(day) for b in self.blocks)
