"""Generated weeks of one fleet without county borders, the same for the same seed.

Counties of 40 x 50 km, 50 stops and 2 buses each, side by side: towns scattered over all of them,
stops around the towns, every bus at home in a town of its own county and free to cross borders.
Each bus works an early or a late shift, by the day. The cost is metres driven.
"""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from busplan.domain.periodic import Days, PeriodicProblem, PeriodicStop, VehicleGroup
from busplan.domain.places import Coordinate
from busplan.travel.build import build_matrix
from busplan.travel.geodesic import GeodesicTravel

STOPS_PER_COUNTY, BUSES_PER_COUNTY, STOPS_PER_TOWN = 50, 2, 4
SOUTH_WEST = Coordinate(50.65, 6.20)
COUNTY_LAT, COUNTY_LON = 0.45, 0.57
"""About 50 x 40 km."""
COUNTIES_IN_ROW = 5
SHIFTS = ((8 * 60, 17 * 60), (10 * 60 + 30, 19 * 60 + 30))
HOURS = ((9 * 60, 13 * 60), (13 * 60, 19 * 60), (9 * 60, 19 * 60))
SERVICE_MIN = (30, 45, 60, 75)
TWICE = 0.15
"""Share of stops visited twice a week."""
HEADWAY_DAYS = 2


def fleet_week(*, stops: int, buses: int, days: int = 5, seed: int) -> PeriodicProblem:
    """A week in which every stop is served, by whichever bus."""
    random = Random(f"fleet {stops} {buses} {days} {seed}")
    counties = max(1, -(-stops // STOPS_PER_COUNTY), -(-buses // BUSES_PER_COUNTY))
    towns = [_town(number % counties, random) for number in range(-(-stops // STOPS_PER_TOWN))]
    homes = [_town(number % counties, random) for number in range(buses)]
    places = [_around(towns[number % len(towns)], random) for number in range(stops)]
    nodes = {f"S{n:04d}": place for n, place in enumerate(places)}
    nodes |= {f"B{n:03d}": home for n, home in enumerate(homes)}
    matrix = build_matrix(nodes, GeodesicTravel(detour_factor=1.4, speed_kmh=45.0))
    return PeriodicProblem(
        name=f"fleet of {buses}, {stops} stops, {days} days, seed {seed}",
        days=days,
        stops=tuple(_stop(number, days, random) for number in range(stops)),
        groups=tuple(g for n in range(buses) for g in _bus(n, stops + n, days, random)),
        costs=matrix.metres,
        durations=matrix.minutes,
    )


def without_patterns(problem: PeriodicProblem) -> PeriodicProblem:
    """The relaxation that solvers without patterns can express: every visit is a stop of its own.

    The first visit of a pattern keeps the days on which a pattern can begin, the second those on
    which one can go on, and so forth, but no visit knows of the others. Every lawful plan of the
    problem is, visit by visit, one of the relaxation at the same cost.
    """
    return replace(
        problem,
        name=f"{problem.name}, without patterns",
        stops=tuple(visit for stop in problem.stops for visit in _visits(stop)),
    )


def _visits(stop: PeriodicStop) -> Iterator[PeriodicStop]:
    ordered = [sorted(pattern) for pattern in stop.patterns]
    for place in range(max(len(days) for days in ordered)):
        days = sorted({days[place] for days in ordered})
        patterns = tuple(frozenset({day}) for day in days)
        yield replace(stop, id=f"{stop.id}.{place + 1}", patterns=patterns)


def _town(county: int, random: Random) -> Coordinate:
    row, column = divmod(county, COUNTIES_IN_ROW)
    return Coordinate(
        SOUTH_WEST.lat + COUNTY_LAT * (row + random.random()),
        SOUTH_WEST.lon + COUNTY_LON * (column + random.random()),
    )


def _around(town: Coordinate, random: Random) -> Coordinate:
    return Coordinate(
        town.lat + random.uniform(-0.03, 0.03), town.lon + random.uniform(-0.04, 0.04)
    )


def _stop(number: int, days: int, random: Random) -> PeriodicStop:
    service_min = random.choice(SERVICE_MIN)
    opens, closes = random.choice(HOURS)
    return PeriodicStop(
        id=f"S{number:04d}",
        node=number,
        service=service_min,
        patterns=_twice(days) if random.random() < TWICE else _once(days, random),
        earliest=opens,
        latest=closes - service_min,
    )


def _once(days: int, random: Random) -> tuple[Days, ...]:
    chosen = random.sample(range(days), k=random.randint(2, days))
    return tuple(frozenset({day}) for day in sorted(chosen))


def _twice(days: int) -> tuple[Days, ...]:
    return tuple(
        frozenset({first, second})
        for first in range(days)
        for second in range(first + HEADWAY_DAYS, days)
    )


def _bus(number: int, depot: int, days: int, random: Random) -> Iterator[VehicleGroup]:
    """A bus as one group for each of its shifts, there on the days of that shift."""
    shifts = [random.randrange(len(SHIFTS)) for _ in range(days)]
    for shift in sorted(set(shifts)):
        begins, ends = SHIFTS[shift]
        yield VehicleGroup(
            id=f"B{number:03d} from {begins // 60}",
            depot=depot,
            vehicles=tuple(int(own == shift) for own in shifts),
            earliest=begins,
            latest=ends,
        )
