"""Under a counted limit the plans are the same bytes, whatever the machine gives the command."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.county_folders import county_data
from benchmarks.county_weeks import county_week
from busplan.exchange.county_folder import write_county
from busplan.exchange.plan_files import read_plan_file
from tests.county_folders import write_counties
from tests.terminals import PATIENCE_S

ON_CORES = """
import os, sys
from busplan.cli.main import main

os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:int(sys.argv.pop(1))])
main()
"""
HARD = county_week(stops=12, seed=4, week_max_min=900)
"""Searched for longer than the limit allows, so the plan is one that the limit cut off."""
WORK = 0.5


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """How many cores and processes the command gets, and what its environment says."""

    cores: int
    processes: int
    environment: dict[str, str] = field(default_factory=dict)


NARROW = Surroundings(
    cores=1,
    processes=1,
    environment={"PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"},
)
WIDE = Surroundings(
    cores=8,  # or as many as there are
    processes=2,
    environment={"PYTHONHASHSEED": "2", "OMP_NUM_THREADS": "8", "OPENBLAS_NUM_THREADS": "8"},
)


def planned(folder: Path, out: Path, given: Surroundings) -> dict[str, bytes]:
    """The plan files that the real command writes in these surroundings."""
    options = ("--processes", str(given.processes), "--work", str(WORK), "--out", str(out))
    subprocess.run(
        (
            *(sys.executable, "-c", ON_CORES, str(given.cores)),
            *("plan", "--week", "2026-W49", "--counties", str(folder), *options),
        ),
        env=os.environ | given.environment | {"BUSPLAN_CACHE_DIR": str(out / "cache")},
        stdout=subprocess.DEVNULL,
        timeout=PATIENCE_S,
        check=True,
    )
    return {path.stem: path.read_bytes() for path in out.glob("*.json")}


def test_cores_processes_threads_and_hashes_change_no_byte(tmp_path: Path) -> None:
    folder = write_counties(tmp_path / "counties", "east")
    write_county(county_data(HARD, "hard"), folder / "hard")

    plans = planned(folder, tmp_path / "narrow", NARROW)

    assert sorted(plans) == ["east", "hard"]
    assert read_plan_file(tmp_path / "narrow" / "hard.json").plan.tours
    assert planned(folder, tmp_path / "wide", WIDE) == plans
