"""A state: 50 generated counties planned side by side, in processes and on a cluster.

    python -m benchmarks.state [--counties 50] [--work 20] [--processes 1 2] [--workers 2]

Writes the counties as folders, runs ``busplan plan --counties`` on each number of processes and on
a local dask.distributed cluster, compares the plans byte for byte, judges each by ``check_plan``
and writes benchmarks/results/state.csv: a row for each county and one for all in each run.
"""

import argparse
import csv
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from random import Random

from distributed import LocalCluster

from benchmarks.county_folders import county_data
from benchmarks.county_weeks import MONDAY, county_week
from busplan.domain.dates import week_of
from busplan.domain.rules.check import check_plan
from busplan.exchange.counties_summary import FILE, PlanFigures, read_summary
from busplan.exchange.county_folder import read_county, write_county
from busplan.exchange.plan_files import read_plan_file
from busplan.usecases.planning_problem import problem_of

RESULTS = Path(__file__).parent / "results" / "state.csv"
MEAN_STOPS, SPREAD = 40, 20
BUSES = 2
"""Of each county: 50 counties have 2,000 stops and 100 buses."""
PROGRAM = "from busplan.cli.main import main; main()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the command: on what, its figures by county, elapsed and processor seconds."""

    name: str
    figures: dict[str, PlanFigures]
    elapsed_s: float
    processor_s: float


def main() -> None:
    """Plan the state on every arrangement and write what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--counties", type=int, default=50)
    parser.add_argument("--work", type=float, default=20.0, help="counted limit of each county")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--workers", type=int, default=2, help="of the cluster; 0: no cluster")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        stops = write_state(place / "counties", given.counties, given.seed)
        limits = ("--work", str(given.work), "--seed", str(given.seed))
        about = {"work": given.work, "seed": given.seed}
        runs: list[Run] = []
        for run in each_run(place, given.processes, given.workers, limits):
            runs.append(run)
            print(told(run), flush=True)
            compare(place, runs)
            write(runs, stops, about)


def each_run(
    place: Path, processes: Sequence[int], workers: int, limits: Sequence[str]
) -> Iterator[Run]:
    """The command on each number of processes, then on the cluster, if it has workers."""
    for count in processes:
        yield timed(f"processes {count}", place, ("--processes", str(count), *limits))
    if workers:
        yield on_cluster(workers, place, limits)


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


def on_cluster(workers: int, place: Path, limits: Sequence[str]) -> Run:
    """The run on a cluster of so many worker processes on this machine."""
    before = _children_s()
    with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0") as cluster:
        run = timed(
            f"cluster {workers}", place, ("--scheduler", cluster.scheduler_address, *limits)
        )
    # Its workers are children of this process and counted when they have ended.
    return Run(
        name=run.name,
        figures=run.figures,
        elapsed_s=run.elapsed_s,
        processor_s=_children_s() - before,
    )


def timed(name: str, place: Path, arguments: Sequence[str]) -> Run:
    """Run the real command over the state."""
    out = place / name
    command = (sys.executable, "-c", PROGRAM, "plan", "--week", week_of(MONDAY))
    started, before = time.perf_counter(), _children_s()
    subprocess.run(
        (*command, "--counties", str(place / "counties"), "--out", str(out), *arguments),
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"BUSPLAN_CACHE_DIR": str(place / "cache")},
    )
    return Run(
        name=name,
        figures=read_summary(out / FILE),
        elapsed_s=time.perf_counter() - started,
        processor_s=_children_s() - before,
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
    proven = sum(f.proof.value == "optimal" for f in figures)
    return (
        f"{run.name}: {len(figures)} counties, {proven} proven, cost {cost:,}, bound {bound:,},"
        f" gap {(cost - bound) / cost:.3%}, {run.elapsed_s:.0f} s elapsed,"
        f" {run.processor_s:.0f} s of processor time"
    )


def write(runs: Sequence[Run], stops: dict[str, int], limits: dict[str, object]) -> None:
    """All rows, with what they were measured on."""
    about = limits | {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.machine()}, {len(os.sched_getaffinity(0))} cores, shared",
        "python": platform.python_version(),
        "busplan": version("busplan"),
        "ortools": version("ortools"),
        "distributed": version("distributed"),
    }
    rows = [row | about for run in runs for row in rows_of(run, stops)]
    RESULTS.parent.mkdir(exist_ok=True)
    with RESULTS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)


def rows_of(run: Run, stops: dict[str, int]) -> list[dict[str, object]]:
    """A row for each county and the sums, whose seconds are those of the whole run."""
    figures = run.figures.values()
    rows = [
        row_of(run.name, name, stops[name], f.cost, f.bound)
        | {
            "optimal": int(f.proof.value == "optimal"),
            "unserved_visits": f.unserved_visits,
            "seconds": round(f.seconds, 2),
            "processor_s": "",
        }
        for name, f in run.figures.items()
    ]
    sums = row_of(
        run.name,
        "all",
        sum(stops.values()),
        sum(f.cost for f in figures),
        sum(f.bound for f in figures),
    ) | {
        "optimal": sum(f.proof.value == "optimal" for f in figures),
        "unserved_visits": sum(f.unserved_visits for f in figures),
        "seconds": round(run.elapsed_s, 2),
        "processor_s": round(run.processor_s, 2),
    }
    return [*rows, sums]


def row_of(run: str, county: str, stops: int, cost: int, bound: int) -> dict[str, object]:
    """The cells that counties and sums have in common."""
    gap = (cost - bound) / cost if cost else 0
    return {
        "run": run,
        "county": county,
        "stops": stops,
        "cost": cost,
        "bound": bound,
        "gap_percent": round(100 * gap, 3),
    }


def _children_s() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    main()
