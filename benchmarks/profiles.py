"""Where the processor time of county weeks and of mobile libraries goes.

    python -m benchmarks.profiles [--work 10] [--stops 80] [--days 6] [--libraries york suffolk]
        [--folder DIR]

The week of seed 1, 2 buses, without and with a weekly cap; libraries planned from their published
tours on, days free, by one worker. Machine code is loaded before. Reasons are looked for once the
search is over, beside its limit. Writes benchmarks/results/profiles.csv. The timetables are not
part of this repository.
"""

import argparse
from collections.abc import Callable
from concurrent.futures import wait
from pathlib import Path

from benchmarks.county_weeks import county_week
from benchmarks.processor_shares import Parts, processor_shares
from benchmarks.result_rows import RESULTS, measured_on, write_rows
from busplan.domain.timetable_cycle import Freedom, TimetableCycle
from busplan.exchange.mobile_library import read_timetable
from busplan.planning.explaining.explain import explain_unserved
from busplan.planning.explaining.explain_blocks import explain_lost_blocks
from busplan.planning.limits import SearchLimits
from busplan.planning.linear import ColumnProgram
from busplan.planning.long_tours.periodic_bound import bound_below
from busplan.planning.long_tours.periodic_master import combine
from busplan.planning.long_tours.periodic_plans import list_tours as list_met
from busplan.planning.long_tours.priced_choice import combine_by_price
from busplan.planning.long_tours.solve import solve_periodic
from busplan.planning.solve import solve
from busplan.planning.weeks.branching import branch
from busplan.planning.weeks.candidates import list_candidates
from busplan.planning.weeks.improve import Neighbourhoods
from busplan.planning.weeks.master import build_master
from busplan.planning.weeks.relaxation import relax
from busplan.planning.weeks.selection import select
from busplan.planning.weeks.tours import list_tours
from busplan.usecases.replan_timetable import calibrated_travel
from busplan.usecases.timetable_problem import build_timetable_problem, estimate_depots

FOLDER = Path("../shared/bench/mobile-libraries")
CAP_MIN = 1800
"""Weekly minutes of a bus in the week with a cap."""
COUNTY: Parts = {
    "reasons": (explain_unserved, explain_lost_blocks),
    "listing tours and rows": (list_candidates, list_tours, build_master),
    "large neighbourhoods": (Neighbourhoods.improve,),
    "choosing tours by CP-SAT": (select,),
    "linear programs by GLOP": (ColumnProgram.solve,),
    "pricing tours": (relax,),
    "pricing weeks and branching": (branch,),
}
"""What reasons and neighbourhoods ask of the parts below them is theirs."""
LIBRARY: Parts = {
    "listing tours met": (list_met,),
    "combining tours met": (combine, combine_by_price),
    "linear programs by GLOP": (ColumnProgram.solve,),
    "pricing tours": (bound_below,),
    "ruin and recreate": (wait,),
}
Plan = Callable[[float], object]
"""Plans with so much counted work."""


def main() -> None:
    """Profile all that is asked for and write the rows."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--work", type=float, default=10.0, help="counted limit")
    parser.add_argument("--stops", type=int, default=80, help="of the county")
    parser.add_argument("--days", type=int, default=6, help="of the county's week")
    parser.add_argument("--libraries", nargs="+", default=["york", "suffolk"])
    parser.add_argument("--folder", type=Path, default=FOLDER, help="of their timetables")
    given = parser.parse_args()
    rows: list[dict[str, object]] = []
    for cap in (None, CAP_MIN):
        name = f"County, {given.stops} stops, {f'cap {cap:,} min' if cap else 'no cap'}"
        rows += rows_of(name, COUNTY, county(given.stops, given.days, cap), given.work)
    for authority in given.libraries:
        stops, plan = library(given.folder / f"{authority}.csv")
        rows += rows_of(f"{authority.title()}, {stops} stops", LIBRARY, plan, given.work)
    about = {"work": given.work, **measured_on("numba", "ortools")}
    write_rows(RESULTS / "profiles.csv", [row | about for row in rows])


def county(stops: int, days: int, cap: int | None) -> Plan:
    """A generated week of two buses."""
    problem = county_week(stops=stops, days=days, seed=1, week_max_min=cap)
    return lambda work: solve(problem, SearchLimits(work=work), seed=1)


def library(file: Path) -> tuple[int, Plan]:
    """A published timetable's number of stops, and how it is planned anew."""
    cycle = TimetableCycle(read_timetable(file).timetable)
    asked = build_timetable_problem(
        cycle, estimate_depots(cycle), calibrated_travel(), Freedom.ANY_DAY
    )
    return len(asked.problem.stops), lambda work: solve_periodic(
        asked.problem, SearchLimits(work=work), seed=1, start=asked.published
    )


def rows_of(name: str, parts: Parts, plan: Plan, work: float) -> list[dict[str, object]]:
    """The processor seconds and the share of every part of one planning."""
    plan(0.01)  # loads machine code, once compiles it
    spent = processor_shares(parts, lambda: plan(work))
    total = sum(spent.values())
    rows: list[dict[str, object]] = [
        {
            "profile": name,
            "part": part,
            "processor_s": round(seconds, 3),
            "share_percent": round(100 * seconds / total, 1),
        }
        for part, seconds in spent.items()
    ]
    for row in rows:
        print(row, flush=True)
    return rows


if __name__ == "__main__":
    main()
