"""Published periodic problems: busplan, PyVRP, VROOM and OR-Tools routing beside the best known.

    python -m benchmarks.published_periodic --sets pvrp mdpvrp sdvrptw vrptw --seconds 60 --seeds 1
    python -m benchmarks.published_periodic --work 60            # counted, whatever else runs

Every instance is solved in a process of its own, one after the other; every plan is judged by
``check_periodic_plan``. Machine code is compiled before the clock starts. With ``--work`` the
limit of busplan is counted (units of about a second on a free core, for each of two lanes of
chains), and peers, which cannot count, get as many seconds. A row that is there already is not
measured again, so a stopped run goes on where it was.

Writes benchmarks/results/published_periodic.csv and, cost by second,
published_periodic_history.csv. The instances are not part of this repository (``--folder``).
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

from benchmarks.cost_by_second import CostBySecond
from benchmarks.peers import PEERS
from benchmarks.result_rows import RESULTS, measured_on, read_rows, replace_rows
from busplan.domain.periodic import PeriodicPlan, PeriodicProblem, periodic_cost
from busplan.domain.periodic_check import check_periodic_plan
from busplan.exchange.instances import READERS, read_instance
from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.solve import solve_periodic

FOLDER = Path("../shared/bench")
OUT = RESULTS / "published_periodic.csv"
HISTORY = RESULTS / "published_periodic_history.csv"
KEY = ("set", "instance", "solver", "limit", "workers", "seed")
OURS = "busplan"
UNLIMITED = 1e9
SUFFIXES = (".txt", ".vrp")
Case = dict[str, object]


def main() -> None:
    """Measure what is missing, instance by instance."""
    given = _arguments()
    if given.one:
        print(json.dumps(measure(json.loads(given.one), given.folder)))
        return
    limit = f"{given.work:g} units" if given.work else f"{given.seconds:g} s"
    for name, solver, seed in product(
        instances(given.folder, given.sets, given.only), given.solvers, given.seeds
    ):
        case: Case = {
            "set": name[0],
            "instance": name[1],
            "solver": solver,
            "limit": limit,
            "workers": given.workers if solver == OURS else 1,
            "seed": seed,
        }
        if given.anew or tuple(str(case[part]) for part in KEY) not in _keys():
            row, history = in_own_process(case, given.folder)
            replace_rows(OUT, [row], KEY)
            if history:
                replace_rows(HISTORY, history, KEY)
            print({part: value for part, value in row.items() if value is not None}, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--sets", nargs="+", default=list(READERS), choices=list(READERS))
    parser.add_argument("--only", nargs="+", default=[], help="names of instances")
    parser.add_argument("--solvers", nargs="+", default=[OURS], choices=[OURS, *PEERS])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--work", type=float, help="count work instead of seconds")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--anew", action="store_true", help="measure rows again that are there")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    return parser.parse_args()


def _keys() -> set[tuple[str, ...]]:
    return {tuple(row[part] for part in KEY) for row in read_rows(OUT)}


def instances(folder: Path, sets: Iterable[str], only: list[str]) -> Iterator[tuple[str, str]]:
    """Set and name of all instances that are there."""
    for kind in sets:
        for path in sorted((folder / kind).iterdir()):
            if path.suffix in SUFFIXES and (not only or path.stem in only):
                yield kind, path.stem


def in_own_process(case: Case, folder: Path) -> tuple[Case, list[Case]]:
    """Measure where nothing else takes memory; what goes wrong there ends the run."""
    command = [sys.executable, "-m", "benchmarks.published_periodic"]
    arguments = ["--folder", str(folder), "--one", json.dumps(case)]
    done = subprocess.run([*command, *arguments], check=True, stdout=subprocess.PIPE, text=True)
    row, history = json.loads(done.stdout)
    return row, history


def measure(case: Case, folder: Path) -> tuple[Case, list[Case]]:
    """One row of the table, and its cost by second."""
    kind, name = str(case["set"]), str(case["instance"])
    path = next(p for p in (folder / kind).iterdir() if p.stem == name and p.suffix in SUFFIXES)
    problem = read_instance(kind, path)
    best = best_known(folder / kind / "bks.csv", name)
    started, spent = time.perf_counter(), time.process_time()
    plan, bound, history, note = _answer(case, problem)
    figures: Case = {
        "wall_s": round(time.perf_counter() - started, 1),
        "processor_s": round(time.process_time() - spent, 1),
    }
    row: Case = {
        **case,
        "best_known": best,
        "cost": None,
        "gap_percent": None,
        "bound": bound and round(bound, 2),
    }
    if plan is not None:
        faults = list(check_periodic_plan(plan, problem))
        assert not faults, f"{name}: {faults[0]}"
        cost = periodic_cost(plan, problem)
        row |= {"cost": round(cost, 2), "gap_percent": round(100 * (cost / best - 1), 2)}
        row["bound_gap_percent"] = bound and round(100 * (1 - bound / cost), 2)
    row |= figures | {"note": note} | measured_on("numba", "ortools", "pyvrp", "pyvroom")
    return row, [{**case, "at_s": round(at, 2), "cost": cost} for at, cost in history]


Answer = tuple[PeriodicPlan | None, float | None, list[tuple[float, float]], str]


def _answer(case: Case, problem: PeriodicProblem) -> Answer:
    amount, unit = str(case["limit"]).split()
    seed, workers = int(str(case["seed"])), int(str(case["workers"]))
    if case["solver"] != OURS:
        peer = PEERS[str(case["solver"])](problem, float(amount), seed)
        return peer.plan, None, list(peer.history), peer.note
    solve_periodic(problem, SearchLimits(work=0.01), seed)  # compiles
    costs = CostBySecond()
    limits = SearchLimits(work=float(amount))
    if unit == "s":
        limits = SearchLimits(work=UNLIMITED, seconds=float(amount))
    found = solve_periodic(problem, limits, seed, costs, workers=workers)
    return found.plan, found.bound, costs.history, "whole problem"


def best_known(path: Path, name: str) -> float:
    """The best known cost of an instance; of its full size where there are several."""
    rows = [row for row in read_rows(path) if row["instance"] == name]
    row = max(rows, key=lambda row: int(row.get("n", 0)))
    return float(next(value for column, value in row.items() if column.startswith("bks_")))


if __name__ == "__main__":
    main()
