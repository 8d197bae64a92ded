"""Invented periodic problems of more stops than the published ones here, by counted work.

    python -m benchmarks.invented_periodic [--work 28] [--seeds 1 2 3]

Like those of Cordeau, Gendreau & Laporte (Networks 30, 1997) and MDPVRP pr01 to pr03: stops crowd
around the depots (of one depot: around it and three more places), half of them are visited once,
the others twice or on four days, or two, three or six times in six days. 79 to 88 % of what
vehicles can carry is asked for. No best known value exists; what is compared are seeds and versions
of busplan. A row that is there already is not measured again.

Writes benchmarks/results/invented_periodic.csv.
"""

import argparse
import time
from itertools import product
from typing import NamedTuple

import numpy as np

from benchmarks.result_rows import RESULTS, measured_on, read_rows, replace_rows
from busplan.domain.periodic import PeriodicProblem, PeriodicStop, VehicleGroup, periodic_cost
from busplan.domain.periodic_check import check_periodic_plan
from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.solve import solve_periodic

OUT = RESULTS / "invented_periodic.csv"
KEY = ("instance", "work", "seed")
INNER, OUTER = 50.0, 100.0
"""Depots lie within the inner square around 0, stops within the outer."""
CROWDED = 0.05
"""How a place's chance of a stop falls with the way from a centre."""
CENTRES = 3
"""More centres of stops beside a single depot."""
MOST = 26
"""Loads and service times are whole numbers below this."""


class Shape(NamedTuple):
    """An instance: vehicles are those of a day and a depot."""

    seed: int
    depots: int
    stops: int
    vehicles: int
    days: int
    max_duration: float
    capacity: float


VISITS = {
    4: ((1, 0.5), (2, 0.25), (4, 0.25)),
    6: ((1, 0.5), (2, 0.25), (3, 0.125), (6, 0.125)),
}
"""By days: how often stops are visited, with their share."""
SHAPES = {
    "four depots, 192": Shape(11, 4, 192, 2, 4, 440, 185),
    "four depots, 288": Shape(12, 4, 288, 3, 4, 400, 187),
    "six depots, 216": Shape(13, 6, 216, 1, 6, 475, 190),
    "one depot, 192": Shape(14, 1, 192, 8, 4, 440, 185),
    "one depot, 216": Shape(16, 1, 216, 7, 6, 460, 185),
}


def main() -> None:
    """Measure what is missing, instance by instance."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--work", type=float, default=28.0)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    given = parser.parse_args()
    for name, seed in product(SHAPES, given.seeds):
        key = {"instance": name, "work": f"{given.work:g}", "seed": seed}
        known = {tuple(row[part] for part in KEY) for row in read_rows(OUT)}
        if tuple(map(str, key.values())) not in known:
            row = key | measure(invent(name), given.work, seed)
            replace_rows(OUT, [row], KEY)
            print(row, flush=True)


def measure(problem: PeriodicProblem, work: float, seed: int) -> dict[str, object]:
    """Cost and tours of the plan found, checked."""
    solve_periodic(problem, SearchLimits(work=0.01), seed)  # compiles
    spent = time.process_time()
    plan = solve_periodic(problem, SearchLimits(work=work), seed).plan
    figures: dict[str, object] = {"cost": None, "tours": None}
    if plan is not None:
        faults = list(check_periodic_plan(plan, problem))
        assert not faults, f"{problem.name}: {faults[0]}"
        figures = {"cost": round(periodic_cost(plan, problem), 2), "tours": len(plan.tours)}
    processor = {"processor_s": round(time.process_time() - spent, 1)}
    return figures | processor | measured_on("numba", "ortools")


def invent(name: str) -> PeriodicProblem:
    """The instance of that name, always the same."""
    shape = SHAPES[name]
    random = np.random.default_rng(shape.seed)
    depots = random.uniform(-INNER, INNER, (shape.depots, 2))
    more = random.uniform(-INNER, INNER, (0 if shape.depots > 1 else CENTRES, 2))
    places = np.vstack([depots, _draw_places(random, shape.stops, np.vstack([depots, more]))])
    matrix = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    rows = tuple(tuple(row) for row in matrix.tolist())
    shares = VISITS[shape.days]
    wanted = [visits for visits, share in shares for _ in range(round(share * shape.stops))]
    loads, services = (random.integers(1, MOST, shape.stops).tolist() for _ in range(2))
    return PeriodicProblem(
        name=name,
        days=shape.days,
        stops=tuple(
            PeriodicStop(
                id=str(node),
                node=node,
                service=service,
                load=load,
                patterns=_even_patterns(visits, shape.days),
            )
            for node, (visits, load, service) in enumerate(
                zip(wanted, loads, services, strict=True), start=shape.depots
            )
        ),
        groups=tuple(
            VehicleGroup(
                id=str(depot),
                depot=depot,
                vehicles=(shape.vehicles,) * shape.days,
                capacity=shape.capacity,
                max_duration=shape.max_duration,
            )
            for depot in range(shape.depots)
        ),
        costs=rows,
        durations=rows,
        one_depot=shape.depots > 1,
    )


def _draw_places(
    random: np.random.Generator, count: int, centres: np.ndarray
) -> list[tuple[float, float]]:
    places: list[tuple[float, float]] = []
    while len(places) < count:
        place = random.uniform(-OUTER, OUTER, 2)
        away = np.hypot(*(centres - place).T)
        if random.random() < np.exp(-CROWDED * away).sum():
            places.append(tuple(place.tolist()))
    return places


def _even_patterns(visits: int, days: int) -> tuple[frozenset[int], ...]:
    """All ways to come so often with the same number of days between."""
    step = days // visits
    return tuple(frozenset(range(first, days, step)) for first in range(step))


if __name__ == "__main__":
    main()
