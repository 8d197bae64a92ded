"""One fleet without county borders: busplan and PyVRP at equal time, and what no plan can beat.

    python -m benchmarks.one_fleet [--seconds 300] [--bound-seconds 1500]

1,000 stops, 40 buses, 5 days (``fleet_weeks``). *whole*: stops visited twice a week have patterns,
which PyVRP cannot choose among. *without patterns*: the relaxation that both can express, asked of
both. A bound of the relaxation holds for the whole as well. Every run has a process of its own,
one thread, so many seconds of processor time, machine code compiled before; *on two cores* two
threads have so many each, which PyVRP cannot use. Every plan is judged by ``check_periodic_plan``
and costed by ``periodic_cost``. The bound (``fleet_bound``) has seconds of its own. A row that is
there already is not measured again.

Writes benchmarks/results/one_fleet.csv and, cost by second, one_fleet_history.csv.
"""

import argparse
import json
import subprocess
import sys
import time

from benchmarks.cost_by_second import CostBySecond
from benchmarks.fleet_table import BOUND, ON_TWO_CORES, RELAXED
from benchmarks.fleet_weeks import fleet_week, without_patterns
from benchmarks.peers import PEERS
from benchmarks.result_rows import RESULTS, Row, measured_on, read_rows, replace_rows
from busplan.domain.periodic import PeriodicPlan, PeriodicProblem, periodic_cost
from busplan.domain.periodic_check import check_periodic_plan
from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.fleet_bound import bound_fleet
from busplan.planning.long_tours.periodic_arrays import to_arrays
from busplan.planning.long_tours.solve import solve_periodic

OUT = RESULTS / "one_fleet.csv"
HISTORY = RESULTS / "one_fleet_history.csv"
KEY = ("stops", "buses", "seed", "asked", "solver")
WHOLE, OURS = "whole", "busplan"
RUNS = (
    (RELAXED, "PyVRP"),
    (RELAXED, OURS),
    (RELAXED, ON_TWO_CORES),
    (WHOLE, OURS),
    (RELAXED, BOUND),
)
UNLIMITED = 1e9
START_S = 30.0
"""For the plan from which the bound sets out, within its own seconds."""
Answer = tuple[PeriodicPlan | None, float | None, list[tuple[float, float]]]
"""Plan, bound, and cost (of a bound: the bound) by second."""


def main() -> None:
    """Measure what is missing, run by run."""
    given = _arguments()
    if given.one:
        print(json.dumps(measure(given)))
        return
    for asked, solver in RUNS:
        key = (str(given.stops), str(given.buses), str(given.seed), asked, solver)
        if key not in {tuple(row[part] for part in KEY) for row in read_rows(OUT)}:
            command = [sys.executable, "-m", "benchmarks.one_fleet", "--one", asked, solver]
            for name in ("stops", "buses", "seed", "seconds", "bound_seconds"):
                command += [f"--{name.replace('_', '-')}", str(getattr(given, name))]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            row, history = json.loads(done.stdout)
            replace_rows(OUT, [row], KEY)
            if history:
                replace_rows(HISTORY, history, KEY)
            print(row, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stops", type=int, default=1000)
    parser.add_argument("--buses", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--bound-seconds", type=float, default=1500.0)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(given: argparse.Namespace) -> tuple[Row, list[Row]]:
    """One row of the table, and its cost by second."""
    asked, solver = given.one
    problem = fleet_week(stops=given.stops, buses=given.buses, seed=given.seed)
    if asked == RELAXED:
        problem = without_patterns(problem)
    seconds = given.bound_seconds if solver == BOUND else given.seconds
    if solver != "PyVRP":  # compiles
        _compile()
    started, spent = time.perf_counter(), time.process_time()
    plan, bound, history = _answer(problem, solver, seconds, given.seed)
    key: Row = {
        "stops": given.stops,
        "buses": given.buses,
        "seed": given.seed,
        "asked": asked,
        "solver": solver,
    }
    row = {
        **key,
        "limit_s": seconds,
        "cost_m": None,
        "bound_m": bound and round(bound),
        "vehicle_days": None,
        "wall_s": round(time.perf_counter() - started, 1),
        "processor_s": round(time.process_time() - spent, 1),
        **measured_on("numba", "ortools", "pyvrp"),
    }
    if plan is not None:
        faults = list(check_periodic_plan(plan, problem))
        assert not faults, f"{asked}, {solver}: {faults[0]}"
        row |= {"cost_m": round(periodic_cost(plan, problem)), "vehicle_days": len(plan.tours)}
    return row, [{**key, "at_s": round(at, 2), "value_m": round(cost)} for at, cost in history]


def _compile() -> None:
    small = fleet_week(stops=20, buses=2, seed=1)
    plan = solve_periodic(small, SearchLimits(work=0.01), 1).plan
    assert plan is not None, "a small fleet has a plan"
    bound_fleet(small, to_arrays(small), plan, lambda work: work > 0.01, lambda _bound: None)


def _answer(problem: PeriodicProblem, solver: str, seconds: float, seed: int) -> Answer:
    if solver == BOUND:
        return _bound(problem, seconds)
    if solver in (OURS, ON_TWO_CORES):
        return _ours(problem, seconds, seed, cores=2 if solver == ON_TWO_CORES else 1)
    found = PEERS[solver](problem, seconds, seed)
    return found.plan, None, list(found.history)


def _ours(problem: PeriodicProblem, seconds: float, seed: int, *, cores: int) -> Answer:
    def clock() -> float:
        return time.process_time() / cores

    costs = CostBySecond(clock)
    limits = SearchLimits(work=UNLIMITED, seconds=seconds)
    found = solve_periodic(problem, limits, seed, costs, clock=clock, workers=cores)
    return found.plan, found.bound, costs.history


def _bound(problem: PeriodicProblem, seconds: float) -> Answer:
    """The bound alone, from a plan that a short search has found."""
    started = time.process_time()
    limits = SearchLimits(work=UNLIMITED, seconds=START_S)
    plan = solve_periodic(problem, limits, 1, clock=time.process_time).plan
    assert plan is not None, "no plan to start from"
    history: list[tuple[float, float]] = []
    found = bound_fleet(
        problem,
        to_arrays(problem),
        plan,
        lambda _work: time.process_time() - started > seconds,
        lambda bound: history.append((time.process_time() - started, bound)),
    )
    return None, found.value, history


if __name__ == "__main__":
    main()
