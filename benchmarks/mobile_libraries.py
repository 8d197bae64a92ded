"""Published mobile library timetables, planned anew by busplan and, as far as they can, by peers.

    python -m benchmarks.mobile_libraries [--work 15] [--seed 1] [--anew]
        [--only york suffolk] [--rows free PyVRP]

For every authority: busplan with days free, busplan with weekdays kept, PyVRP and VROOM, in turn,
one thread each. busplan gets counted work, so that its rows come out the same everywhere; peers get
as many processor seconds as its row with days free took. All are asked the same problem
(``timetable_problem``), and ``check_periodic_plan`` judges every plan. Peers start from nothing;
busplan starts from the published tours, as a planner would. Whoever's plan it is, its tours go to
the days most like the published ones before moves are counted. Rows that are there already are not
measured again, so a stopped run goes on where it was.

Writes benchmarks/results/mobile_libraries.csv and, cost by second, mobile_libraries_history.csv.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cost_by_second import CostBySecond
from benchmarks.peers import PEERS
from benchmarks.result_rows import RESULTS, measured_on, read_rows, replace_rows
from busplan.domain.periodic import PeriodicPlan
from busplan.domain.periodic_check import check_periodic_plan
from busplan.domain.replanned_tours import moves_of
from busplan.domain.replanning import CycleFigures, figures_of
from busplan.domain.timetable_cycle import Freedom, TimetableCycle
from busplan.exchange.mobile_library import read_timetable
from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.familiar_days import with_familiar_days
from busplan.planning.long_tours.solve import solve_periodic
from busplan.usecases.replan_timetable import calibrated_travel, familiarity
from busplan.usecases.timetable_problem import (
    TimetableProblem,
    build_timetable_problem,
    estimate_depots,
)

FOLDER = Path("../shared/bench/mobile-libraries")
OUT = RESULTS / "mobile_libraries.csv"
HISTORY = RESULTS / "mobile_libraries_history.csv"
KEY = ("authority", "row", "work", "seed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A plan, ``None`` without a complete one, its bound if any, and its cost by second."""

    plan: PeriodicPlan | None
    bound: float | None
    history: tuple[tuple[float, float], ...]
    note: str


Solver = Callable[[TimetableProblem, float, int], Answer]
"""A problem, its limit and a seed: counted work for us, processor seconds for peers."""


def ask_busplan(asked: TimetableProblem, work: float, seed: int) -> Answer:
    """Our own search, from the published tours on."""
    costs = CostBySecond(time.process_time)
    limits = SearchLimits(work=work)
    found = solve_periodic(asked.problem, limits, seed, costs, start=asked.published)
    return Answer(
        plan=found.plan, bound=found.bound, history=tuple(costs.history), note="whole problem"
    )


def ask_peer(name: str) -> Solver:
    """A peer by its name in ``PEERS``."""

    def ask(asked: TimetableProblem, seconds: float, seed: int) -> Answer:
        found = PEERS[name](asked.problem, seconds, seed)
        return Answer(plan=found.plan, bound=None, history=found.history, note=found.note)

    return ask


ROWS: dict[str, tuple[Freedom, Solver]] = {
    "free": (Freedom.ANY_DAY, ask_busplan),
    "weekdays kept": (Freedom.SAME_WEEKDAY, ask_busplan),
    "PyVRP": (Freedom.ANY_DAY, ask_peer("PyVRP")),
    "VROOM": (Freedom.ANY_DAY, ask_peer("VROOM")),
}
OURS = ("free", "weekdays kept")


def main() -> None:
    """Measure what is missing, authority by authority."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--work", type=float, default=15.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--rows", nargs="+", choices=ROWS, default=list(ROWS))
    parser.add_argument("--anew", action="store_true", help="measure rows again that are there")
    given = parser.parse_args()
    files = [p for p in sorted(given.folder.glob("*.csv")) if not p.stem.endswith("_legs")]
    wanted = [
        (path, row)
        for path in files
        for row in given.rows
        if path.stem in (given.only or [path.stem])
        and (given.anew or _find(path.stem, row, given.work, given.seed) is None)
    ]
    if wanted:
        measure(files[0], "free", 0.1, given.seed)  # compiles what is compiled, once
    for path, row in wanted:
        figures, history = measure(path, row, given.work, given.seed)
        replace_rows(OUT, [figures], KEY)
        if history:
            replace_rows(HISTORY, history, KEY)
        print(figures, flush=True)


def _find(authority: str, row: str, work: float, seed: int) -> dict[str, str] | None:
    """The row, if it is there."""
    key = [authority, row, str(work), str(seed)]
    return next((r for r in read_rows(OUT) if [r[name] for name in KEY] == key), None)


def _limit(authority: str, row: str, work: float, seed: int) -> float:
    """Our work; for a peer, the processor seconds that we took."""
    if row in OURS:
        return work
    own = _find(authority, "free", work, seed)
    if own is None:
        raise SystemExit(f"{authority}: measure the row 'free' before those of peers")
    return float(own["processor_s"])


def measure(
    path: Path, row: str, work: float, seed: int
) -> tuple[dict[str, object], list[dict[str, object]]]:
    """One row of the table, and its cost by processor second."""
    cycle = TimetableCycle(read_timetable(path).timetable)
    freedom, solver = ROWS[row]
    depots = estimate_depots(cycle)
    asked = build_timetable_problem(cycle, depots, calibrated_travel(), freedom)
    limit = _limit(path.stem, row, work, seed)
    started, spent = time.perf_counter(), time.process_time()
    answer = solver(asked, limit, seed)
    wall_s, processor_s = time.perf_counter() - started, time.process_time() - spent
    problem = asked.problem
    plan = answer.plan and with_familiar_days(answer.plan, problem, familiarity(cycle))
    key = {"authority": path.stem, "row": row, "work": work, "seed": seed}
    result: dict[str, object] = {**key, "weeks": cycle.timetable.weeks}
    result |= {"stops": len(cycle.stops), "vehicles": len(cycle.vehicles)}
    result |= _columns("published", figures_of(asked.published, problem))
    assert not list(check_periodic_plan(asked.published, problem))
    result |= dict.fromkeys([*_columns("", figures_of(asked.published, problem)), "saved_percent"])
    if plan is not None:
        assert not list(check_periodic_plan(plan, problem)), f"{path.stem} {row} breaks rules"
        figures = figures_of(plan, problem)
        before_m = figures_of(asked.published, problem).length_m
        result |= _columns("", figures)
        result["saved_percent"] = round(100 * (1 - figures.length_m / before_m), 2)
        result["visits"] = moves_of(plan, cycle).visits
        result["other_weekday"] = moves_of(plan, cycle).weekday
        if answer.bound is not None:
            result["gap_percent"] = round(100 * (1 - answer.bound / figures.length_m), 2)
    result |= {
        "note": answer.note,
        "wall_s": round(wall_s, 1),
        "processor_s": round(processor_s, 2),
    }
    result |= measured_on("numba", "ortools", "pyvrp", "pyvroom")
    history = [{**key, "at_s": round(at, 3), "km": cost / 1000} for at, cost in answer.history]
    return result, history


def _columns(of: str, figures: CycleFigures) -> dict[str, object]:
    values = {
        "km": round(figures.length_m / 1000, 1),
        "driving_min": figures.driving_min,
        "vehicle_days": figures.vehicle_days,
        "longest_day_min": figures.longest_day_min,
    }
    return {f"{of}_{name}" if of else name: value for name, value in values.items()}


if __name__ == "__main__":
    main()
