"""Fit detour factor and speed of ``GeodesicTravel`` to real road legs, and say how wrong it is.

    python benchmarks/calibrate_travel.py [LEGS_FOLDER] [--buses CSV] [--out CSV]

LEGS_FOLDER holds one ``<authority>_legs.csv`` per mobile library authority: coordinates of two
consecutive stops, metres and seconds by road. The fit makes the sums right, since a plan adds legs
up to days: slow legs are further off than fast ones, so that the least absolute error, shown for
comparison, is optimistic. Errors are those of authorities left out of their own fit.
docs/decisions/0003 draws the conclusions.
"""

import argparse
import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from busplan.domain.places import Coordinate
from busplan.travel.geodesic import GeodesicTravel, geodesic_m

LEGS_FOLDER = Path("../shared/bench/mobile-libraries")
BUSES = Path("../shared/research/avv_bus_segments.csv")
OUT = Path(__file__).parent / "results" / "travel_calibration.csv"

GUESS = GeodesicTravel(1.39, 44.0)
"""What busplan assumed before it was calibrated."""
BUFFER_MIN = 5.0
"""``leg_buffer_min``: what the plan adds to every leg."""
LEAST_GEODESIC_M = 100
NEAR_M, FAR_M = 2000, 20_000
"""Legs that decide the fit: those from village to village in a county."""
LEAST_KMH, MOST_KMH = 5, 100

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Leg:
    """One drive between two stops."""

    authority: str
    geodesic_m: float
    road_m: float
    minutes: float

    @property
    def kmh(self) -> float:
        """Mean speed on the road."""
        return self.road_m / 1000 / (self.minutes / 60)


MISLEADING: dict[str, Callable[[Leg], bool]] = {
    "no distance or no time": lambda leg: min(leg.road_m, leg.minutes) <= 0,
    "ends less than 100 m apart, which tells how a router snaps to roads": (
        lambda leg: leg.geodesic_m < LEAST_GEODESIC_M
    ),
    "road shorter than the geodesic, which no road is: an end was snapped elsewhere": (
        lambda leg: leg.road_m < leg.geodesic_m
    ),
    "slower than 5 or faster than 100 km/h": lambda leg: not LEAST_KMH <= leg.kmh <= MOST_KMH,
}


def main() -> None:
    """Fit, cross-validate, compare and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("legs_folder", type=Path, nargs="?", default=LEGS_FOLDER)
    parser.add_argument("--buses", type=Path, default=BUSES)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()

    read = [leg for path in sorted(options.legs_folder.glob("*_legs.csv")) for leg in legs_of(path)]
    usable = clean(read)
    legs = [leg for leg in usable if NEAR_M <= leg.geodesic_m < FAR_M]
    owners = len({leg.authority for leg in legs})
    print(f"{len(legs)} legs of {owners} authorities are {NEAR_M} to {FAR_M} m and decide the fit")
    rows = [errors("fitted on all", fit(legs), legs)]
    rows.append(errors("least absolute error", fit_of_least_error(legs), legs))
    rows.append(errors("guess before", GUESS, legs))
    rows += cross_validated(legs)
    rows += by_length(fit(legs), usable)
    if options.buses.exists():
        rows.append(against_buses(fit(legs), options.buses))
    write(options.out, rows)
    print_with_offset(legs)


def legs_of(path: Path) -> Iterable[Leg]:
    """All legs of one authority's file."""
    authority = path.stem.removesuffix("_legs")
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ends = [
                Coordinate(float(row[f"{end}_stop_latitude"]), float(row[f"{end}_stop_longitude"]))
                for end in ("origin", "destination")
            ]
            yield Leg(
                authority, geodesic_m(*ends), float(row["distance"]), float(row["duration"]) / 60
            )


def clean(legs: Sequence[Leg]) -> list[Leg]:
    """Every leg once, and none that misleads; tells how many were left out and why."""
    kept = list(dict.fromkeys(legs))
    print(f"{len(legs)} legs read, {len(legs) - len(kept)} left out: the same leg on another tour")
    for reason, misleads in MISLEADING.items():
        before = len(kept)
        kept = [leg for leg in kept if not misleads(leg)]
        print(f"{before - len(kept)} left out: {reason}")
    print(f"{len(kept)} legs kept")
    return kept


def fit(legs: Sequence[Leg]) -> GeodesicTravel:
    """The detour factor that makes the sum of metres right, and the speed that of minutes."""
    geodesic, road, minutes = (column.sum() for column in columns(legs))
    return GeodesicTravel(float(road / geodesic), float(road / 1000 / (minutes / 60)))


def fit_of_least_error(legs: Sequence[Leg]) -> GeodesicTravel:
    """The detour factor with the least absolute error in metres, and the speed in minutes."""
    geodesic, road, minutes = columns(legs)
    detour_factor = weighted_median(road / geodesic, geodesic)
    minutes_per_geodesic_m = weighted_median(minutes / geodesic, geodesic)
    return GeodesicTravel(detour_factor, detour_factor / minutes_per_geodesic_m * 60 / 1000)


def weighted_median(values: Numbers, weights: Numbers) -> float:
    """The factor f that minimises sum(weight * |value - f|)."""
    order = np.argsort(values, kind="stable")
    passed = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(passed, passed[-1] / 2)])


def columns(legs: Sequence[Leg]) -> tuple[Numbers, Numbers, Numbers]:
    """Geodesic metres, road metres and minutes."""
    table = np.array([(leg.geodesic_m, leg.road_m, leg.minutes) for leg in legs])
    return table[:, 0], table[:, 1], table[:, 2]


def predicted(travel: GeodesicTravel, geodesic: Numbers) -> tuple[Numbers, Numbers]:
    """Minutes and metres, before rounding, as ``GeodesicTravel.leg`` gives them."""
    metres = geodesic * travel.detour_factor
    return metres / 1000 / travel.speed_kmh * 60, metres


def errors(name: str, travel: GeodesicTravel, legs: Sequence[Leg]) -> dict[str, object]:
    """One row: the parameters and how far they are off on these legs."""
    geodesic, road, minutes = columns(legs)
    estimated_min, estimated_m = predicted(travel, geodesic)
    return row(name, travel, estimated_min, minutes, estimated_m, road)


def row(
    name: str,
    travel: GeodesicTravel | None,
    estimated_min: Numbers,
    minutes: Numbers,
    estimated_m: Numbers | None = None,
    road: Numbers | None = None,
) -> dict[str, object]:
    """Median and 90th percentile of absolute errors; bias is estimate minus truth."""
    off_min = estimated_min - minutes
    enough = np.ceil(estimated_min) + BUFFER_MIN >= minutes
    result: dict[str, object] = {
        "legs_of": name,
        "legs": len(minutes),
        "detour_factor": round(travel.detour_factor, 3) if travel else "",
        "speed_kmh": round(travel.speed_kmh, 2) if travel else "",
        "median_abs_error_min": round(float(np.median(abs(off_min))), 2),
        "p90_abs_error_min": round(float(np.percentile(abs(off_min), 90)), 2),
        "bias_min": round(float(off_min.mean()), 2),
        "median_abs_error_percent": round(float(np.median(abs(off_min) / minutes)) * 100, 1),
        "bias_percent": round(float(off_min.sum() / minutes.sum()) * 100, 1),
        "in_time_with_buffer_percent": round(float(enough.mean()) * 100, 1),
        "metres_median_abs_error_percent": "",
        "metres_bias_percent": "",
    }
    if estimated_m is not None and road is not None:
        off_m = estimated_m - road
        result["metres_median_abs_error_percent"] = round(
            float(np.median(abs(off_m) / road)) * 100, 1
        )
        result["metres_bias_percent"] = round(float(off_m.sum() / road.sum()) * 100, 1)
    return result


def cross_validated(legs: Sequence[Leg]) -> list[dict[str, object]]:
    """Errors on each authority of the fit to all others, and of all of them together."""
    geodesic, road, minutes = columns(legs)
    owners = np.array([leg.authority for leg in legs])
    estimated_min, estimated_m = np.zeros(len(legs)), np.zeros(len(legs))
    rows = []
    for authority in sorted(set(owners)):
        here = owners == authority
        travel = fit([leg for leg in legs if leg.authority != authority])
        estimated_min[here], estimated_m[here] = predicted(travel, geodesic[here])
        rows.append(errors(authority, travel, [leg for leg in legs if leg.authority == authority]))
    together = row("each left out of its fit", None, estimated_min, minutes, estimated_m, road)
    return [together, *rows]


def by_length(travel: GeodesicTravel, legs: Sequence[Leg]) -> list[dict[str, object]]:
    """Where one speed for all lengths is wrong."""
    edges = (0, 1000, 2000, 5000, 10_000, 20_000, 100_000)
    return [
        errors(
            f"{low / 1000:g} to {high / 1000:g} km",
            travel,
            [leg for leg in legs if low <= leg.geodesic_m < high],
        )
        for low, high in pairwise(edges)
    ]


def against_buses(travel: GeodesicTravel, path: Path) -> dict[str, object]:
    """Scheduled legs of public buses in the county: with stops, and in whole minutes."""
    with path.open(encoding="utf-8", newline="") as file:
        legs = [
            (float(leg["geodesic_m"]), float(leg["scheduled_s"]) / 60)
            for leg in csv.DictReader(file)
        ]
    geodesic, minutes = np.array([leg for leg in legs if NEAR_M <= leg[0] < FAR_M]).T
    estimated_min, _ = predicted(travel, geodesic)
    return row("public buses of the county", travel, estimated_min, minutes)


def write(path: Path, rows: Sequence[dict[str, object]]) -> None:
    """The table as a CSV file and on the screen."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(path.read_text(encoding="utf-8"))


def print_with_offset(legs: Sequence[Leg]) -> None:
    """What a third parameter would gain: some minutes for every leg, besides its length."""
    geodesic, _, minutes = columns(legs)
    best = min(
        (
            (float(abs(offset + pace * geodesic - minutes).mean()), offset, pace)
            for offset in np.arange(0, 4.01, 0.1)
            for pace in [weighted_median((minutes - offset) / geodesic, geodesic)]
        ),
    )
    error = abs(best[1] + best[2] * geodesic - minutes)
    print(
        f"with {best[1]:.1f} min per leg besides {1 / best[2] * 60 / 1000:.1f} km/h by geodesic:"
        f" median error {np.median(error):.2f} min, 90th percentile {np.percentile(error, 90):.2f}"
    )


if __name__ == "__main__":
    main()
