"""Generated county weeks, the same for the same seed: the sizes that the benchmarks run.

Towns are scattered over 40 x 50 km, stops around them; the first bus stands long in the
afternoon, every further bus makes short visits all day. Every rule and goal is in use.
"""

from datetime import date
from random import Random

from busplan.domain.dates import DateRange, Window
from busplan.domain.demand import DemandId, DemandRecord
from busplan.domain.fleet import Bus, BusId, CrewId, CrewMember, Shift
from busplan.domain.places import (
    Ags,
    Coordinate,
    Depot,
    DepotId,
    Municipality,
    Origin,
    PlaceId,
    Stop,
    StopId,
)
from busplan.domain.problem import PlanningProblem
from busplan.domain.publication_level import PublicationLevel
from busplan.travel.build import build_matrix
from busplan.travel.geodesic import GeodesicTravel

MONDAY = date(2026, 11, 30)
ALWAYS = DateRange(first=date(2026, 1, 1), last=date(2027, 12, 31))
OFFERS = ("open_youth_work", "play", "queer_youth_work", "advice")
STOPS_PER_TOWN = 4
MORNING = Window(from_min=9 * 60, to_min=13 * 60)
AFTERNOON = Window(from_min=14 * 60, to_min=19 * 60)


def county_week(
    *, stops: int, buses: int = 2, days: int = 5, seed: int, week_max_min: int | None = None
) -> PlanningProblem:
    """A week of so many stops, buses and working days, with an optional weekly duty cap."""
    random = Random(f"{stops} {buses} {days} {seed}")
    towns = [_town(number, random) for number in range(max(2, stops // STOPS_PER_TOWN))]
    places = [_stop(number, towns[number % len(towns)], random) for number in range(stops)]
    fleet = [_bus(number, days, week_max_min, towns) for number in range(buses)]
    nodes = {str(stop.id): stop.location for stop in places}
    nodes |= {str(bus.depot.id): bus.depot.location for bus in fleet}
    return PlanningProblem(
        county="generated",
        first_day=MONDAY,
        weeks=1,
        municipalities=tuple(towns),
        stops=tuple(places),
        demands=tuple(_demand(number, stop, days, random) for number, stop in enumerate(places)),
        buses=tuple(fleet),
        crew=tuple(_person(number, days, random) for number in range(2 * buses + 1)),
        matrix=build_matrix(nodes, GeodesicTravel(detour_factor=1.4, speed_kmh=45.0)),
    )


def _point(random: Random) -> Coordinate:
    return Coordinate(50.65 + 0.36 * random.random(), 6.20 + 0.50 * random.random())


def _town(number: int, random: Random) -> Municipality:
    return Municipality(
        ags=Ags(f"99{number:06d}"),
        name=f"Town {number}",
        postcodes=(f"{10000 + number}",),
        residents=random.randrange(4000, 35000),
        residents_date=date(2024, 12, 31),
        youth_office="generated",
        served=True,
        main_place=f"Town {number}",
        location=_point(random),
        source="generated",
    )


def _stop(number: int, town: Municipality, random: Random) -> Stop:
    near = town.location
    return Stop(
        id=StopId(f"S{number:04d}"),
        name=f"Stop {number}",
        ags=town.ags,
        place_id=PlaceId("generated"),
        location=Coordinate(
            near.lat + random.uniform(-0.03, 0.03), near.lon + random.uniform(-0.04, 0.04)
        ),
        power=random.random() < 0.85,
        max_height_m=3.5 if random.random() < 0.15 else None,
        agreement=ALWAYS if random.random() < 0.95 else None,
        origin=Origin.INVENTED,
    )


def _bus(number: int, days: int, cap: int | None, towns: list[Municipality]) -> Bus:
    large = number % 2 == 0
    home = towns[number % len(towns)].location if number > 1 else Coordinate(50.80, 6.48)
    return Bus(
        id=BusId(f"B{number:03d}"),
        name=f"Bus {number}",
        depot=Depot(id=DepotId(f"depot{number}"), name="Depot", location=home),
        offers=frozenset(OFFERS[:2] if large else OFFERS),
        licence="C" if large else "B",
        weekdays=frozenset(range(days)),
        needs_power=large,
        height_m=4.0 if large else 3.0,
        length_m=11.0 if large else 7.0,
        weight_t=16.0 if large else 3.5,
        set_up_min=20 if large else 10,
        tear_down_min=20 if large else 10,
        prepare_min=10,
        finish_min=10,
        min_adults=1 if large else 2,
        max_visits_per_day=2 if large else 3,
        week_max_min=cap,
        in_service=ALWAYS,
        level=PublicationLevel.FULL,
    )


def _person(number: int, days: int, random: Random) -> CrewMember:
    early = random.random() < 0.5
    window = Window(from_min=(7 if early else 10) * 60, to_min=(20 if early else 23) * 60)
    return CrewMember(
        id=CrewId(f"P{number:03d}"),
        licences=frozenset({"B", "C"} if number % 3 != 2 else {"B"}),
        offers=frozenset(OFFERS if number % 2 == 0 else OFFERS[:3]),
        shifts=(Shift(weekdays=frozenset(range(days)), window=window),),
        employed=ALWAYS,
    )


def _demand(number: int, stop: Stop, days: int, random: Random) -> DemandRecord:
    long = random.random() < 0.25
    wished = 2 if random.random() < 0.2 else 1
    weekdays = random.sample(range(days), k=random.randint(2, days))
    windows = (
        (AFTERNOON,) if long else random.choice(((MORNING,), (AFTERNOON,), (MORNING, AFTERNOON)))
    )
    return DemandRecord(
        id=DemandId(f"D{number:04d}"),
        ags=stop.ags,
        stop_id=stop.id,
        offer=random.choice(OFFERS[:2] if long else OFFERS),
        least=1 if random.random() < 0.3 else 0,
        wished=wished,
        most=wished,
        service_min=random.choice((180, 240)) if long else random.choice((60, 75, 90, 120)),
        weekdays=frozenset(weekdays),
        windows=windows,
        headway_min_days=2 if wished == 2 else 1,
        weight=random.randint(1, 10),
        valid=ALWAYS,
    )
