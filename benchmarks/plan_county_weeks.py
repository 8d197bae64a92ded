"""Time, memory, cost and bound of generated county weeks, each planned in a process of its own.

    python -m benchmarks.plan_county_weeks [--stops 20 40 80] [--buses 2] [--days 5 6]
        [--caps 0 1800] [--seeds 5] [--work 60] [--seconds 60] [--table county_weeks]

Writes benchmarks/results/county_weeks.csv, or another table there, and prints medians. The weeks
are made by ``county_weeks.county_week`` from their seeds; every plan is judged by ``check_plan``.
"""

import argparse
import csv
import json
import platform
import resource
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import product
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
KIB_PER_MIB = 1024


def main() -> None:
    """Plan every week and write what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stops", type=int, nargs="+", default=[20, 40, 80])
    parser.add_argument("--buses", type=int, default=2)
    parser.add_argument("--days", type=int, nargs="+", default=[5, 6])
    parser.add_argument(
        "--caps", type=int, nargs="+", default=[0, 1800], help="weekly minutes, 0: none"
    )
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--work", type=float, default=60.0, help="counted limit")
    parser.add_argument("--seconds", type=float, default=60.0, help="limit by the clock")
    parser.add_argument("--table", default="county_weeks", help="name of the CSV file")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(plan_one(json.loads(given.one))))
        return
    rows = []
    for stops, days, cap in product(given.stops, given.days, given.caps):
        for seed in range(1, given.seeds + 1):
            case = {"stops": stops, "buses": given.buses, "days": days, "cap": cap, "seed": seed}
            case |= {"work": given.work, "seconds": given.seconds}
            rows.append(in_own_process(case))
            print(rows[-1], flush=True)
        print(summary([r for r in rows if (r["stops"], r["days"], r["cap"]) == (stops, days, cap)]))
        write(rows, RESULTS / f"{given.table}.csv")


def in_own_process(case: dict[str, object]) -> dict[str, object]:
    """The row of one week, planned by a fresh interpreter."""
    command = [sys.executable, "-m", "benchmarks.plan_county_weeks", "--one", json.dumps(case)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    row: dict[str, object] = json.loads(done.stdout)
    return row


def plan_one(case: dict[str, float]) -> dict[str, object]:
    """Plan one week here and now."""
    from benchmarks.county_weeks import county_week
    from busplan.domain.rules.check import check_plan
    from busplan.planning.limits import SearchLimits
    from busplan.planning.progress import Progress
    from busplan.planning.solve import solve

    problem = county_week(
        stops=int(case["stops"]),
        buses=int(case["buses"]),
        days=int(case["days"]),
        seed=int(case["seed"]),
        week_max_min=int(case["cap"]) or None,
    )
    started, spent = time.perf_counter(), time.process_time()
    stages: dict[str, float] = {}
    costs: list[float] = []

    def note(progress: Progress) -> None:
        stages.setdefault(progress.stage, time.perf_counter() - started)
        if progress.cost is not None:
            costs.append(progress.cost)

    limits = SearchLimits(work=case["work"], seconds=case["seconds"])
    solution = solve(problem, limits, seed=1, on_progress=note)
    quality = solution.quality
    assert quality is not None
    assert not list(check_plan(solution.plan, problem))
    return {
        **case,
        "cost": quality.cost,
        "bound": quality.bound,
        "gap_percent": round(100 * quality.gap, 3),
        "proof": quality.proof.value,
        "visits": sum(1 for _ in solution.plan.visits()),
        "first_plan_s": round(stages.get("first plan", 0), 2),
        "first_plan_gap_percent": round(100 * (costs[0] - quality.bound) / costs[0], 3),
        "search_end_s": round(stages["reasons"], 2),
        "total_s": round(time.perf_counter() - started, 2),
        "processor_s": round(time.process_time() - spent, 2),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KIB_PER_MIB,
    }


def summary(rows: list[dict[str, object]]) -> str:
    """Medians of one size over its seeds."""
    total = statistics.median(float(str(row["search_end_s"])) for row in rows)
    gap = statistics.median(float(str(row["gap_percent"])) for row in rows)
    proven = sum(row["proof"] == "optimal" for row in rows)
    peak = max(int(str(row["peak_mib"])) for row in rows)
    head = rows[0]
    return (
        f"{head['stops']} stops x {head['buses']} buses x {head['days']} days, cap {head['cap']}:"
        f" {proven} of {len(rows)} proven, median gap {gap} %,"
        f" median {total:.1f} s until the search ended, peak {peak} MiB"
    )


def write(rows: list[dict[str, object]], table: Path) -> None:
    """All rows, with what they were measured on."""
    about = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "ortools": version("ortools"),
    }
    table.parent.mkdir(exist_ok=True)
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=[*rows[0], *about], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, **about} for row in rows)


if __name__ == "__main__":
    main()
