"""A state: 50 generated counties planned side by side, in processes and on a cluster.

    python -m benchmarks.state [--counties 50] [--work 20] [--processes 1 2] [--workers 2]
        [--place DIR]

Writes the counties as folders, runs ``busplan plan --counties`` on each number of processes and on
a local dask.distributed cluster, compares the plans byte for byte, judges each by ``check_plan``
and writes benchmarks/results/state.csv: a row for each county and one for all in each run. With
``--place`` it goes on where it was stopped, but then cannot tell how long a whole run takes.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from distributed import LocalCluster

from benchmarks.county_folders import county_data
from benchmarks.county_weeks import MONDAY, county_week
from benchmarks.result_rows import RESULTS, measured_on, write_rows
from busplan.domain.dates import week_of
from busplan.domain.rules.check import check_plan
from busplan.domain.solution import Proof
from busplan.exchange.counties_summary import FILE, PlanFigures, read_summary
from busplan.exchange.county_folder import read_county, write_county
from busplan.exchange.plan_files import read_plan_file
from busplan.usecases.planning_problem import problem_of

MEAN_STOPS, SPREAD = 40, 20
BUSES = 2
"""Of each county: 50 counties have 2,000 stops and 100 buses."""
PROGRAM = "from busplan.cli.main import main; main()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the command: its figures by county, and its seconds if it was not interrupted.

    ``finished_s``: seconds until the plan of each county lay on disk; none if interrupted.
    """

    name: str
    figures: dict[str, PlanFigures]
    seconds: float | None
    finished_s: dict[str, float]


def main() -> None:
    """Plan the state on every arrangement and write what it took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--counties", type=int, default=50)
    parser.add_argument("--work", type=float, default=20.0, help="counted limit of each county")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--workers", type=int, default=2, help="of the cluster; 0: no cluster")
    parser.add_argument("--place", type=Path, help="keep counties and plans here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measure(given, given.place or Path(name))


def measure(given: argparse.Namespace, place: Path) -> None:
    """All runs over the counties in a place, written as they come."""
    stops = write_state(place / "counties", given.counties, given.seed)
    limits = ("--work", str(given.work), "--seed", str(given.seed))
    runs: list[Run] = []
    for run in each_run(place, given.processes, given.workers, limits):
        runs.append(run)
        print(told(run), flush=True)
        compare(place, runs)
        write(runs, stops, {"work": given.work, "seed": given.seed})


def each_run(
    place: Path, processes: Sequence[int], workers: int, limits: Sequence[str]
) -> Iterator[Run]:
    """The command on each number of processes, then on the cluster, if it has workers."""
    for count in processes:
        yield timed(f"processes {count}", place, ("--processes", str(count), *limits))
    if workers:
        with LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=":0"
        ) as cluster:
            at = ("--scheduler", cluster.scheduler_address)
            yield timed(f"cluster {workers}", place, (*at, *limits))


def write_state(folder: Path, counties: int, seed: int) -> dict[str, int]:
    """Write the folders of so many counties; their numbers of stops by name."""
    random = Random(f"state {seed}")
    sizes: list[int] = []
    while len(sizes) < counties:
        more = random.randrange(SPREAD + 1)
        sizes += [MEAN_STOPS - more, MEAN_STOPS + more]
    stops = {f"county-{number:02}": size for number, size in enumerate(sizes[:counties], start=1)}
    for number, (name, size) in enumerate(stops.items()):
        week = county_week(stops=size, buses=BUSES, seed=1000 * seed + number)
        write_county(county_data(week, name), folder / name)
    return stops


def timed(name: str, place: Path, arguments: Sequence[str]) -> Run:
    """Run the real command over the state."""
    out = place / name
    resumed, started, began = (out / FILE).exists(), time.perf_counter(), time.time()
    command = (sys.executable, "-c", PROGRAM, "plan", "--week", week_of(MONDAY))
    subprocess.run(
        (*command, "--counties", str(place / "counties"), "--out", str(out), *arguments),
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"BUSPLAN_CACHE_DIR": str(place / "cache")},
    )
    seconds = time.perf_counter() - started
    figures = read_summary(out / FILE)
    written = {county: (out / f"{county}.json").stat().st_mtime - began for county in figures}
    return Run(
        name=name,
        figures=figures,
        seconds=None if resumed else seconds,
        finished_s={} if resumed else written,
    )


def compare(place: Path, runs: Sequence[Run]) -> None:
    """Fail unless all runs wrote the same lawful plans."""
    for name in runs[0].figures:
        contents = {(place / run.name / f"{name}.json").read_bytes() for run in runs}
        assert len(contents) == 1, f"the plans of {name} differ"
        plan = read_plan_file(place / runs[0].name / f"{name}.json").plan
        problem = problem_of(read_county(place / "counties" / name), MONDAY, 1, None)
        assert not list(check_plan(plan, problem)), f"the plan of {name} breaks a rule"


def told(run: Run) -> str:
    """One run in a line."""
    figures = run.figures.values()
    cost, bound = sum(f.cost for f in figures), sum(f.bound for f in figures)
    proven = sum(f.proof is Proof.OPTIMAL for f in figures)
    elapsed = "interrupted" if run.seconds is None else f"{run.seconds:.0f} s"
    return (
        f"{run.name}: {len(figures)} counties, {proven} proven, cost {cost:,}, bound {bound:,},"
        f" gap {(cost - bound) / cost:.3%}, {elapsed},"
        f" {sum(f.processor_seconds for f in figures):.0f} s of processor time in counties"
    )


def write(runs: Sequence[Run], stops: dict[str, int], limits: dict[str, object]) -> None:
    """All rows, with what they were measured on."""
    about = limits | measured_on("busplan", "ortools", "distributed")
    write_rows(RESULTS / "state.csv", [row | about for run in runs for row in rows_of(run, stops)])


def rows_of(run: Run, stops: dict[str, int]) -> list[dict[str, object]]:
    """A row for each county and one for all, whose seconds are those of the whole command."""
    figures = run.figures.values()
    rows = [
        {
            "run": run.name,
            "county": name,
            "stops": stops[name],
            "cost": f.cost,
            "bound": f.bound,
            "gap_percent": round(100 * f.gap, 3),
            "optimal": int(f.proof is Proof.OPTIMAL),
            "unserved_visits": f.unserved_visits,
            "seconds": round(f.seconds, 2),
            "finished_s": round(run.finished_s[name], 2) if run.finished_s else "",
            "processor_s": round(f.processor_seconds, 2),
        }
        for name, f in run.figures.items()
    ]
    cost, bound = sum(f.cost for f in figures), sum(f.bound for f in figures)
    total: dict[str, object] = {
        "run": run.name,
        "county": "all",
        "stops": sum(stops.values()),
        "cost": cost,
        "bound": bound,
        "gap_percent": round(100 * (cost - bound) / cost, 3),
        "optimal": sum(f.proof is Proof.OPTIMAL for f in figures),
        "unserved_visits": sum(f.unserved_visits for f in figures),
        "seconds": "" if run.seconds is None else round(run.seconds, 2),
        "processor_s": round(sum(f.processor_seconds for f in figures), 2),
    }
    return [*rows, total]


if __name__ == "__main__":
    main()
