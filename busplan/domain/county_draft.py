"""A county's data drafted from a timetable that somebody has published.

Who stands where, when and how often is taken over exactly. What no timetable says (towns by key,
residents, vehicles' sizes, crews, agreements) is a placeholder that says so, and the county is
marked as a demonstration until somebody has looked at it.
"""

from collections.abc import Hashable, Iterator, Mapping
from datetime import date, timedelta

from busplan.domain.county import CountyData
from busplan.domain.dates import MINUTES_PER_DAY, DateRange, Window
from busplan.domain.demand import DemandId, DemandRecord
from busplan.domain.fleet import Bus, BusId, CrewId, CrewMember, Shift
from busplan.domain.folding import fold
from busplan.domain.mobile_timetable import MobileTimetable, PublishedVisit, apart_m
from busplan.domain.parameters import Parameters
from busplan.domain.places import (
    Ags,
    Coordinate,
    County,
    Depot,
    DepotId,
    Municipality,
    Origin,
    Place,
    PlaceId,
    Stop,
    StopId,
)
from busplan.domain.publication_level import PublicationLevel

PLACEHOLDER = "placeholder of an imported draft: look it up"
OFFER = "library"
LICENCE = "B"
TOWN_REACH_M = 20_000
"""Stops of one community name that are further apart are of two places with the same name."""
KEYS_FROM = 99_000_001
"""Keys for towns: no German state has 99, so they are never mistaken for official ones."""
VALID_FOR = timedelta(days=2 * 365)
"""How long after the import the draft's agreements, vehicles and crews hold."""
AROUND_MIN = 120
"""How long before the first and after the last visit of any day crews are at hand."""
KEY_LENGTH = 48
_COLOURS = ("#1f5fa8", "#a23b72", "#2e7d32", "#b35900", "#5e35b1", "#00796b")
_STEP_SOURCE = "the imported timetable gives times to the minute"


def draft_county(
    timetable: MobileTimetable, depots: Mapping[str, Coordinate], region: str, today: date
) -> CountyData:
    """The draft; ``depots`` are by vehicle, ``region`` is where holidays hold (ISO 3166-2)."""
    drafter = _Drafter(timetable, depots, today)
    return CountyData(
        county=County(
            id=drafter.keys.of("county", timetable.name),
            name=timetable.visits[0].organisation or timetable.name,
            holiday_region=region,
            source=PLACEHOLDER,
            demo=True,
        ),
        municipalities=tuple(drafter.municipalities()),
        places=tuple(drafter.places()),
        stops=tuple(drafter.stops()),
        demands=tuple(drafter.demands()),
        blocks=(),
        buses=tuple(drafter.buses()),
        crew=tuple(drafter.crew()),
        parameters=Parameters(timetable_step_min=1),
        parameter_sources=(("timetable_step_min", _STEP_SOURCE),),
    )


class _Keys:
    """Short unique keys made from names, each thing keeping its own."""

    def __init__(self) -> None:
        self._known: dict[Hashable, str] = {}
        self._taken: set[str] = set()

    def of(self, thing: Hashable, name: str) -> str:
        if thing not in self._known:
            base = fold(name).replace(" ", "-")[:KEY_LENGTH].strip("-") or "x"
            key, number = base, 1
            while key in self._taken:
                number += 1
                key = f"{base}-{number}"
            self._taken.add(key)
            self._known[thing] = key
        return self._known[thing]


class _Drafter:
    def __init__(
        self, timetable: MobileTimetable, depots: Mapping[str, Coordinate], today: date
    ) -> None:
        self.keys = _Keys()
        self._visits = timetable.visits
        self._depots = depots
        starts = [visit.start for visit in self._visits]
        self._valid = DateRange(first=min(starts), last=max(today + VALID_FOR, *starts))
        self._towns: dict[Ags, PublishedVisit] = {}
        self._town_of = [self._town(visit) for visit in self._visits]

    def municipalities(self) -> Iterator[Municipality]:
        for ags, first in self._towns.items():
            yield Municipality(
                ags=ags,
                name=_community(first),
                postcodes=("00000",),
                residents=0,
                residents_date=self._valid.first,
                youth_office=first.organisation or PLACEHOLDER,
                served=True,
                main_place=_community(first),
                location=first.location,
                source=PLACEHOLDER,
            )

    def places(self) -> Iterator[Place]:
        for ags, first in self._towns.items():
            yield Place(
                id=self._place_id(ags),
                name=_community(first),
                ags=ags,
                location=first.location,
                accuracy_m=1000,
                kind="main",
                source=f"its first stop; {PLACEHOLDER}",
                licence=PLACEHOLDER,
            )

    def stops(self) -> Iterator[Stop]:
        seen = set()
        for visit, ags in zip(self._visits, self._town_of, strict=True):
            stop_id = self._stop_id(visit)
            if stop_id not in seen:
                seen.add(stop_id)
                yield Stop(
                    id=stop_id,
                    name=visit.stop,
                    ags=ags,
                    place_id=self._place_id(ags),
                    location=visit.location,
                    agreement=self._valid,
                    note=", ".join(part for part in (visit.address, visit.postcode) if part),
                    origin=Origin.REPORTED,
                    source=visit.source or PLACEHOLDER,
                )

    def demands(self) -> Iterator[DemandRecord]:
        for number, (visit, ags) in enumerate(zip(self._visits, self._town_of, strict=True), 1):
            window = _window(visit)
            often = len(visit.weekdays)
            yield DemandRecord(
                id=DemandId(f"v{number:04d}"),
                ags=ags,
                stop_id=self._stop_id(visit),
                offer=OFFER,
                period_weeks=visit.frequency.weeks,
                least=often,
                wished=often,
                most=often,
                service_min=window.to_min - window.from_min,
                weekdays=visit.weekdays,
                windows=(window,),
                valid=DateRange(
                    first=visit.start, last=max(visit.start, visit.end or self._valid.last)
                ),
                bus_id=self._bus_id(visit.vehicle),
                asked_by=visit.organisation,
                note=f"published: {visit.tour}, {visit.frequency.rule} from {visit.start}",
            )

    def buses(self) -> Iterator[Bus]:
        for number, vehicle in enumerate(self._vehicles()):
            yield Bus(
                id=self._bus_id(vehicle),
                name=vehicle,
                depot=Depot(
                    id=DepotId(self.keys.of(("depot", vehicle), f"depot {vehicle}")),
                    name=f"{vehicle}, estimated from its tours",
                    location=self._depots[vehicle],
                ),
                offers=frozenset({OFFER}),
                licence=LICENCE,
                weekdays=self._weekdays(vehicle),
                needs_power=False,
                height_m=3.2,
                length_m=8.0,
                weight_t=7.5,
                set_up_min=0,
                tear_down_min=0,
                max_visits_per_day=20,
                in_service=self._valid,
                level=PublicationLevel.FULL,
                colour=_COLOURS[number % len(_COLOURS)],
                origin=f"name and days: the timetable; all else: {PLACEHOLDER}",
            )

    def crew(self) -> Iterator[CrewMember]:
        for number, vehicle in enumerate(self._vehicles(), start=1):
            visits = [visit for visit in self._visits if visit.vehicle == vehicle]
            window = Window(
                from_min=max(0, min(v.arrival_min for v in visits) - AROUND_MIN),
                to_min=min(MINUTES_PER_DAY, max(v.departure_min for v in visits) + AROUND_MIN),
            )
            yield CrewMember(
                id=CrewId(f"P{number}"),
                licences=frozenset({LICENCE}),
                offers=frozenset({OFFER}),
                shifts=(Shift(weekdays=self._weekdays(vehicle), window=window),),
                employed=self._valid,
            )

    def _town(self, visit: PublishedVisit) -> Ags:
        for ags, first in self._towns.items():
            near = apart_m(first.location, visit.location) <= TOWN_REACH_M
            if near and _community(first) == _community(visit):
                return ags
        ags = Ags(str(KEYS_FROM + len(self._towns)))
        self._towns[ags] = visit
        return ags

    def _place_id(self, ags: Ags) -> PlaceId:
        return PlaceId(self.keys.of(("place", ags), _community(self._towns[ags])))

    def _stop_id(self, visit: PublishedVisit) -> StopId:
        thing = ("stop", visit.community, visit.stop, visit.location)
        return StopId(self.keys.of(thing, f"{visit.community} {visit.stop}"))

    def _bus_id(self, vehicle: str) -> BusId:
        return BusId(self.keys.of(("bus", vehicle), vehicle))

    def _vehicles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(visit.vehicle for visit in self._visits))

    def _weekdays(self, vehicle: str) -> frozenset[int]:
        days = (visit.weekdays for visit in self._visits if visit.vehicle == vehicle)
        return frozenset[int]().union(*days)


def _community(visit: PublishedVisit) -> str:
    return visit.community or visit.stop


def _window(visit: PublishedVisit) -> Window:
    """The published time; a call that ends as it begins gets its one minute."""
    begin = min(visit.arrival_min, MINUTES_PER_DAY - 1)
    return Window(from_min=begin, to_min=max(visit.departure_min, begin + 1))
