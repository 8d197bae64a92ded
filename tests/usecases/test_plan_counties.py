"""Counties planned side by side: the same plans wherever they are planned, whatever happens."""

import csv
import io
import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

import pytest
from distributed import LocalCluster

from busplan.domain.errors import InvalidInput, ServiceDown
from busplan.domain.rules.check import check_plan
from busplan.exchange.counties_summary import CountyEntry
from busplan.exchange.county_folder import read_county
from busplan.exchange.fault_json import read_fault
from busplan.exchange.plan_files import read_plan_file
from busplan.exchange.plan_json import write_plan
from busplan.jobs.cluster import Cluster
from busplan.jobs.processes import Processes
from busplan.jobs.side_by_side import Workers
from busplan.planning.fault import SolverFault
from busplan.planning.limits import SearchLimits
from busplan.planning.progress import Progress, ignore
from busplan.planning.solve import solve
from busplan.planning.stopping import Stopper
from busplan.usecases.plan_counties import plan_counties
from busplan.usecases.plan_county import CountyJob, plan_county
from busplan.usecases.planning_problem import problem_of
from tests.clusters import local_cluster
from tests.county_folders import write_counties
from tests.factories import MONDAY

NAMES = ("east", "north", "south")
A = TypeVar("A")
R = TypeVar("R")
LIMITS = SearchLimits(work=2)


@pytest.fixture(scope="module")
def counties(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_counties(tmp_path_factory.mktemp("counties"), *NAMES)


@pytest.fixture(scope="module")
def expected(counties: Path) -> Mapping[str, str]:
    """Every county's plan, made here and now."""
    problems = {n: problem_of(read_county(counties / n), MONDAY, 1, None) for n in NAMES}
    solutions = {name: solve(problem, LIMITS, 1) for name, problem in problems.items()}
    for name in NAMES:
        assert solutions[name].plan.tours
        assert list(check_plan(solutions[name].plan, problems[name])) == []
    return {name: write_plan(solution) for name, solution in solutions.items()}


def planned(
    folder: Path,
    out: Path,
    workers: Workers,
    *,
    limits: SearchLimits = LIMITS,
    seed: int = 1,
    on_progress: Callable[[Progress], None] = ignore,
    stopper: Stopper | None = None,
) -> tuple[CountyEntry, ...]:
    return plan_counties(
        folder,
        MONDAY,
        1,
        workers=workers,
        out=out,
        limits=limits,
        seed=seed,
        cache_dir=None,
        faults_dir=out / "faults",
        on_progress=on_progress,
        stopper=stopper,
    )


def plans_in(out: Path) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in out.glob("*.json")}


def rows_in(out: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((out / "summary.csv").read_text("utf-8"))))


class Here:
    """Workers that work here and now, and remember which counties they planned."""

    losses = ()

    def __init__(self) -> None:
        self.planned: list[str] = []

    def start(self, work: Callable[[A], R], argument: A) -> "Future[R]":
        assert isinstance(argument, CountyJob)
        self.planned.append(argument.problem.county)
        future: Future[R] = Future()
        future.set_result(work(argument))
        return future


@pytest.mark.parametrize("count", [1, 2])
def test_processes_plan_what_is_planned_here(
    counties: Path, expected: Mapping[str, str], tmp_path: Path, count: int
) -> None:
    with Processes(count) as workers:
        entries = planned(counties, tmp_path, workers)

    assert plans_in(tmp_path) == expected
    assert [entry.county for entry in entries if entry.figures] == list(NAMES)


def test_figures_are_those_of_the_plans(counties: Path, tmp_path: Path) -> None:
    for entry in planned(counties, tmp_path, Here()):
        solution = read_plan_file(tmp_path / f"{entry.county}.json")

        assert entry.figures is not None
        assert solution.quality is not None
        assert entry.figures.cost == solution.quality.cost
        assert entry.figures.bound == solution.quality.bound
        assert entry.figures.proof is solution.quality.proof
        assert entry.figures.unserved_visits == sum(u.missing for u in solution.unserved)


def test_a_cluster_plans_the_same_though_a_worker_is_killed(
    counties: Path, expected: Mapping[str, str], tmp_path: Path
) -> None:
    with local_cluster() as cluster, Cluster(cluster.scheduler_address) as workers:
        killing = KillOnce(lambda: pid_of_a_worker(cluster))
        planned(counties, tmp_path, workers, on_progress=killing)

    assert killing.done
    assert plans_in(tmp_path) == expected


def test_plans_are_the_same_though_a_process_is_killed(
    counties: Path, expected: Mapping[str, str], tmp_path: Path
) -> None:
    killing = KillOnce(lambda: next(p.pid for p in multiprocessing.active_children()))

    with Processes(2) as workers:
        entries = planned(counties, tmp_path, workers, on_progress=killing)

    assert killing.done
    assert plans_in(tmp_path) == expected
    assert all(entry.figures for entry in entries)


class KillOnce:
    """Kills one worker as soon as a first county is planned, while others are under way."""

    def __init__(self, find_pid: Callable[[], int | None]) -> None:
        self._find_pid = find_pid
        self.done = False

    def __call__(self, progress: Progress) -> None:
        pid = None if self.done or not progress.cost else self._find_pid()
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            self.done = True


def pid_of_a_worker(cluster: LocalCluster) -> int:
    return next(iter(cluster.workers.values())).pid


def test_problems_of_all_counties_are_told_and_nothing_is_planned(tmp_path: Path) -> None:
    folder, out = write_counties(tmp_path / "counties", *NAMES), tmp_path / "out"
    (folder / "east" / "crew.csv").unlink()
    (folder / "south" / "fleet.csv").unlink()

    workers = Here()
    with pytest.raises(InvalidInput) as refusal:
        planned(folder, out, workers)

    files = {problem.file for problem in refusal.value.problems}
    assert {"east/crew.csv", "south/fleet.csv"} <= files
    assert workers.planned == []
    assert not out.exists()


def test_progress_tells_how_many_are_planned_and_the_sums(counties: Path, tmp_path: Path) -> None:
    heard: list[Progress] = []

    entries = planned(counties, tmp_path, Here(), on_progress=heard.append)

    assert [progress.detail for progress in heard] == [f"{n} of 3 planned" for n in range(4)]
    figures = [entry.figures for entry in entries if entry.figures is not None]
    assert heard[-1].cost == sum(f.cost for f in figures)
    assert heard[-1].bound == sum(f.bound for f in figures)


def test_an_end_in_between_keeps_what_is_finished_and_a_rerun_adds_the_rest(
    counties: Path, expected: Mapping[str, str], tmp_path: Path
) -> None:
    stopper = Stopper()

    def stop_after_one(progress: Progress) -> None:
        if progress.cost:
            stopper.stop()

    with Processes(1) as workers:
        entries = planned(counties, tmp_path, workers, on_progress=stop_after_one, stopper=stopper)

    (finished,) = (entry for entry in entries if entry.figures is not None)
    assert plans_in(tmp_path) == {finished.county: expected[finished.county]}
    assert {entry.note for entry in entries if entry is not finished} == {"not planned yet"}
    assert [row["county"] for row in rows_in(tmp_path)] == list(NAMES)

    rerun = Here()
    planned(counties, tmp_path, rerun)

    assert sorted([finished.county, *rerun.planned]) == list(NAMES)
    assert plans_in(tmp_path) == expected
    assert all(row["cost"] for row in rows_in(tmp_path))


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    """The folder of a finished run over counties of its own."""
    write_counties(tmp_path / "counties", "east", "north")
    planned(tmp_path / "counties", tmp_path / "out", Here())
    return tmp_path


def planned_again(finished: Path, *, limits: SearchLimits = LIMITS, seed: int = 1) -> list[str]:
    workers = Here()
    planned(finished / "counties", finished / "out", workers, limits=limits, seed=seed)
    return sorted(workers.planned)


def test_a_rerun_with_the_same_inputs_plans_nothing(finished: Path) -> None:
    rows = rows_in(finished / "out")

    assert planned_again(finished) == []
    assert rows_in(finished / "out") == rows


def test_another_seed_or_limit_plans_all_anew(finished: Path) -> None:
    assert planned_again(finished, seed=2) == ["east", "north"]
    assert planned_again(finished, seed=2, limits=SearchLimits(work=3)) == ["east", "north"]


def test_a_county_whose_data_changed_is_planned_anew(finished: Path) -> None:
    crew = finished / "counties" / "north" / "crew.csv"
    changed = crew.read_text("utf-8").replace("-23:00", "-22:30").replace("-20:00", "-19:30")
    crew.write_text(changed, "utf-8")

    assert planned_again(finished) == ["north"]


def test_a_plan_that_somebody_changed_or_removed_is_made_anew(
    finished: Path, expected: Mapping[str, str]
) -> None:
    (finished / "out" / "east.json").unlink()
    (finished / "out" / "north.json").write_text("{}", "utf-8")

    assert planned_again(finished) == ["east", "north"]
    assert plans_in(finished / "out") == {name: expected[name] for name in ("east", "north")}


class Refusing(Here):
    """Workers that refuse one county with an error."""

    def __init__(self, county: str, error: Exception) -> None:
        super().__init__()
        self._county, self._error = county, error

    def start(self, work: Callable[[A], R], argument: A) -> "Future[R]":
        future = super().start(work, argument)
        if self.planned[-1] == self._county:
            future = Future()
            # As from another process.
            future.set_exception(pickle.loads(pickle.dumps(self._error)))
        return future


def test_a_county_that_cannot_be_planned_is_named_and_the_rest_is_planned(
    counties: Path, expected: Mapping[str, str], tmp_path: Path
) -> None:
    heard: list[Progress] = []

    workers = Refusing("north", ServiceDown("no room left"))
    entries = planned(counties, tmp_path, workers, on_progress=heard.append)

    assert [(e.county, e.note) for e in entries if e.figures is None] == [("north", "no room left")]
    assert plans_in(tmp_path) == {name: expected[name] for name in ("east", "south")}
    assert heard[-1].detail == "2 of 3 planned, 1 failed"


def test_a_fault_of_the_solver_is_reported_with_the_problem(counties: Path, tmp_path: Path) -> None:
    problem = problem_of(read_county(counties / "north"), MONDAY, 1, None)

    entries = planned(counties, tmp_path, Refusing("north", SolverFault("no plan", problem)))

    (report,) = (tmp_path / "faults").iterdir()
    assert read_fault(report.read_text("utf-8"), str(report)).problem == problem
    (note,) = (entry.note for entry in entries if entry.figures is None)
    assert note == f"a bug in busplan, please report it with {report}: no plan"


def test_a_worker_with_other_versions_refuses_to_plan(counties: Path) -> None:
    job = CountyJob(
        problem=problem_of(read_county(counties / "east"), MONDAY, 1, None),
        limits=LIMITS,
        seed=1,
        versions=("0", "1", "2"),
    )

    with pytest.raises(ServiceDown, match="wanted is busplan-0 ortools-1 numpy-2"):
        plan_county(job)


def test_a_folder_that_cannot_be_written_is_told(counties: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(InvalidInput, match="cannot be written to"):
        planned(counties, tmp_path / "file", Here())
