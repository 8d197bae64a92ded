"""The cycle of a published timetable: its stops, who works when, and how stops may move in it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from busplan.domain.dates import DAYS_PER_WEEK
from busplan.domain.mobile_timetable import (
    WEEKDAY_NAMES,
    MobileTimetable,
    PublishedVisit,
    apart_m,
)
from busplan.domain.periodic import Days
from busplan.domain.places import Coordinate

SAME_PLACE_M = 200
"""Visits of one name are one stop up to here: coordinates of a place differ from row to row."""


class Freedom(IntEnum):
    """By how many days, and multiples of it, all visits of a stop may move together."""

    ANY_DAY = 1
    SAME_WEEKDAY = DAYS_PER_WEEK


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Occurrence:
    """One visit on one day of the cycle, 0 = its first Monday; ``visit`` is its number."""

    day: int
    visit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleStop:
    """A place with all its visits of a cycle, by day.

    All last ``service_min``. A stop that is not ``movable`` keeps its published days.
    """

    id: str
    location: Coordinate
    service_min: int
    occurrences: tuple[Occurrence, ...]
    movable: bool = True

    @property
    def days(self) -> Days:
        """The published days."""
        return frozenset(occurrence.day for occurrence in self.occurrences)


@dataclass(frozen=True)
class TimetableCycle:
    """A timetable, day by day."""

    timetable: MobileTimetable

    @cached_property
    def length(self) -> int:
        """Days after which everything repeats."""
        return self.timetable.weeks * DAYS_PER_WEEK

    @cached_property
    def vehicles(self) -> tuple[str, ...]:
        """Vehicles in the order in which the file names them."""
        return tuple(dict.fromkeys(visit.vehicle for visit in self.timetable.visits))

    @cached_property
    def stops(self) -> tuple[CycleStop, ...]:
        """Every place once; places whose visits cannot move together, once per visit."""
        places = _places(self.timetable)
        return tuple(s for number, place in enumerate(places) for s in self._stops(number, place))

    @cached_property
    def tours(self) -> Mapping[tuple[str, int], tuple[int, ...]]:
        """Numbers of visits by vehicle and day, in order of arrival."""
        visits = self.timetable.visits
        found: dict[tuple[str, int], list[int]] = defaultdict(list)
        for number, visit in enumerate(visits):
            for day in self._days(visit):
                found[visit.vehicle, day].append(number)
        for tour in found.values():
            tour.sort(key=lambda n: (visits[n].arrival_min, visits[n].departure_min))
        return {key: tuple(found[key]) for key in sorted(found, key=self._vehicle_first)}

    @cached_property
    def days(self) -> tuple[int, ...]:
        """The days on which any vehicle works."""
        return tuple(sorted({day for _, day in self.tours}))

    def patterns(self, stop: CycleStop, freedom: Freedom) -> tuple[Days, ...]:
        """The published days first, then these moved together around the cycle.

        So frequency and spacing stay. A day on which no vehicle works is none to move to.
        """
        moves = range(0, self.length, freedom) if stop.movable else (0,)
        shifted = (frozenset((day + by) % self.length for day in stop.days) for by in moves)
        working = set(self.days)
        return tuple(dict.fromkeys(days for days in shifted if days <= working))

    def day_name(self, day: int) -> str:
        """``Tuesday``, or ``Week 2 Tuesday`` where there is more than one."""
        week, weekday = divmod(day, DAYS_PER_WEEK)
        name = WEEKDAY_NAMES[weekday]
        return f"Week {week + 1} {name}" if self.timetable.weeks > 1 else name

    def _vehicle_first(self, key: tuple[str, int]) -> tuple[int, int]:
        vehicle, day = key
        return self.vehicles.index(vehicle), day

    def _days(self, visit: PublishedVisit) -> Iterator[int]:
        return visit.days(self.timetable.first_monday, self.timetable.weeks)

    def _stops(self, number: int, place: Iterable[int]) -> Iterator[CycleStop]:
        """One stop, unless its visits last differently or two of them are on one day.

        A stop of a periodic problem has one service time and one visit a day: these visits are
        then stops of their own, and keep their days so that the spacing stays.
        """
        visits = self.timetable.visits
        common = min((visits[n].location for n in place), key=lambda at: (at.lat, at.lon))
        found = sorted(Occurrence(day=d, visit=n) for n in place for d in self._days(visits[n]))
        services = {visits[occurrence.visit].service_min for occurrence in found}
        together = len(services) == 1 and len({o.day for o in found}) == len(found)
        for part, occurrences in enumerate([found] if together else [[o] for o in found]):
            first = visits[occurrences[0].visit]
            yield CycleStop(
                id=f"{number}" if together else f"{number}.{part}",
                location=common if together else first.location,
                service_min=first.service_min,
                occurrences=tuple(occurrences),
                movable=together,
            )


def _places(timetable: MobileTimetable) -> list[list[int]]:
    """Numbers of visits that share a name and lie within ``SAME_PLACE_M`` of the first of them."""
    visits = timetable.visits
    named: dict[tuple[str, str], list[list[int]]] = defaultdict(list)
    for number, visit in enumerate(visits):
        places = named[visit.community, visit.stop]
        for place in places:
            if apart_m(visits[place[0]].location, visit.location) <= SAME_PLACE_M:
                place.append(number)
                break
        else:
            places.append([number])
    return sorted(place for places in named.values() for place in places)
