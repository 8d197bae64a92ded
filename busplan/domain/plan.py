"""What a plan is: visits in tours, duties of the people on board, over one to four weeks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NewType

from busplan.domain.blocks import BlockId
from busplan.domain.dates import DAYS_PER_WEEK, week_of
from busplan.domain.demand import DemandId
from busplan.domain.errors import InvalidInput
from busplan.domain.fleet import BusId, CrewId
from busplan.domain.places import StopId
from busplan.domain.publication_level import PublicationLevel

VisitId = NewType("VisitId", str)
MAX_WEEKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One planned presence of a bus at a stop, on its tour's service date.

    Times are minutes after midnight by the Berlin wall clock: 845 is 14:05. The bus arrives, is
    set up, is open to visitors from ``open_min`` to ``close_min``, is taken down and leaves.
    The id names date, bus and place in the tour, never the stop, so that it may be public.
    """

    id: VisitId
    demand_id: DemandId
    stop_id: StopId
    arrival_min: int
    open_min: int
    close_min: int
    departure_min: int
    block_id: BlockId | None = None
    level: PublicationLevel | None = None

    def __post_init__(self) -> None:
        if not self.arrival_min <= self.open_min < self.close_min <= self.departure_min:
            raise InvalidInput(f"visit {self.id}: its times are not in order")

    @property
    def service_min(self) -> int:
        """Minutes open to visitors."""
        return self.close_min - self.open_min


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A break fixed in advance; minutes after midnight."""

    start_min: int
    end_min: int

    def __post_init__(self) -> None:
        if self.end_min <= self.start_min:
            raise InvalidInput(f"break {self.start_min} to {self.end_min} has no length")

    @property
    def length_min(self) -> int:
        """Minutes of the break."""
        return self.end_min - self.start_min


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """The work one crew member is given on a tour, breaks included; the first drives."""

    crew_id: CrewId
    drives: bool
    start_min: int
    end_min: int
    breaks: tuple[Break, ...] = ()

    @property
    def work_min(self) -> int:
        """Working time: presence without breaks (ArbZG § 2)."""
        return self.end_min - self.start_min - sum(b.length_min for b in self.breaks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour:
    """Ordered visits of one bus on one day, depot to depot.

    ``drive_min`` and ``length_m`` are the sums over its legs, without buffers.
    """

    bus_id: BusId
    service_date: date
    depart_min: int
    return_min: int
    visits: tuple[Visit, ...]
    duties: tuple[Duty, ...]
    drive_min: int
    length_m: int

    @property
    def id(self) -> str:
        """Date and bus, as ``2026-12-01-wilde13``."""
        return f"{self.service_date}-{self.bus_id}"


def visit_id(service_date: date, bus_id: BusId, place_in_tour: int) -> VisitId:
    """The id of a tour's nth visit, counted from 1."""
    return VisitId(f"{service_date}-{bus_id}-{place_in_tour}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All tours of a county's buses over ``weeks`` whole weeks from a Monday, by date and bus."""

    county: str
    first_day: date
    weeks: int
    tours: tuple[Tour, ...] = ()

    def __post_init__(self) -> None:
        if self.first_day.weekday() != 0:
            raise InvalidInput(f"a plan starts on a Monday, {self.first_day} is none")
        if not 1 <= self.weeks <= MAX_WEEKS:
            raise InvalidInput(f"a plan covers 1 to {MAX_WEEKS} weeks, not {self.weeks}")

    @property
    def last_day(self) -> date:
        """The Sunday on which the plan ends."""
        return self.first_day + timedelta(days=self.weeks * DAYS_PER_WEEK - 1)

    @property
    def week(self) -> str:
        """ISO week of the first day."""
        return week_of(self.first_day)

    def visits(self) -> Iterator[tuple[Tour, Visit]]:
        """Every visit with its tour, in order of tours."""
        for tour in self.tours:
            for visit in tour.visits:
                yield tour, visit
