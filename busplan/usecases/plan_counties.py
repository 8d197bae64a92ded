"""Plan many counties side by side, each by itself, without a database and without a past."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from busplan.domain.county import CountyData
from busplan.domain.errors import InvalidInput
from busplan.exchange.counties_summary import (
    FILE,
    CountyEntry,
    PlanFigures,
    read_summary,
    write_summary,
)
from busplan.exchange.county_folder import format_county
from busplan.exchange.county_folders import read_counties
from busplan.exchange.plan_files import write_text
from busplan.exchange.plan_json import write_plan
from busplan.jobs.side_by_side import Done, Failed, Workers, side_by_side
from busplan.planning.fault import SolverFault
from busplan.planning.limits import SearchLimits
from busplan.planning.progress import OnProgress, Progress, ignore
from busplan.planning.selection import Stopper
from busplan.usecases.plan_county import (
    CountyJob,
    CountyPlan,
    installed_versions,
    named,
    plan_county,
)
from busplan.usecases.planning_problem import problem_of
from busplan.usecases.report_fault import report_fault

NOT_PLANNED = "not planned yet"


def plan_counties(
    folder: Path,
    first_day: date,
    weeks: int,
    *,
    workers: Workers,
    out: Path,
    limits: SearchLimits,
    seed: int,
    cache_dir: Path | None,
    faults_dir: Path,
    on_progress: OnProgress = ignore,
    stopper: Stopper | None = None,
) -> tuple[CountyEntry, ...]:
    """One entry for each subfolder of ``folder``, in order of names; its plan is in ``out``.

    Plans and summary are written as they come, each file whole or not at all. A plan that is in
    ``out`` already, made from the same data, limits, seed and versions, is kept. After
    ``stopper.stop()`` what is finished is kept and the rest has no figures; a county that cannot
    be planned does not hold up the others; a fault of the solver is reported in ``faults_dir``.
    Raises ``InvalidInput`` with every problem of every
    folder before anything is planned, and ``ServiceDown`` when the workers are gone.
    """
    counties, stopper = read_counties(folder), stopper or Stopper()
    versions = installed_versions()
    jobs = {
        name: CountyJob(
            problem=problem_of(data, first_day, weeks, cache_dir),
            limits=limits,
            seed=seed,
            versions=versions,
        )
        for name, data in counties.items()
    }
    digests = {name: _digest(data, jobs[name]) for name, data in counties.items()}
    entries = _entries_so_far(out, digests)
    waiting = [name for name in jobs if entries[name].figures is None]
    # The largest first, so that none of them is left for one worker at the end.
    waiting.sort(key=lambda name: -len(jobs[name].problem.demands))
    _write_entries(out, entries)
    on_progress(_progress(entries))
    todo = {name: jobs[name] for name in waiting}
    for outcome in side_by_side(workers, plan_county, todo, lambda: stopper.asked):
        if isinstance(outcome, Failed):
            entries[outcome.name] = _failure(outcome, jobs[outcome.name], faults_dir)
        else:
            entries[outcome.name] = _keep(out, outcome, digests[outcome.name])
        _write_entries(out, entries)
        on_progress(_progress(entries))
    return tuple(entries.values())


def _digest(data: CountyData, job: CountyJob) -> str:
    """Names all that the plan depends on, by what the county's files would say."""
    asked = (job.problem.first_day, job.problem.weeks, job.limits, job.seed, job.versions)
    return sha256(repr((asked, sorted(format_county(data).items()))).encode()).hexdigest()


def _entries_so_far(out: Path, digests: Mapping[str, str]) -> dict[str, CountyEntry]:
    """Entries with the figures of plans that need not be made again, and none for the others."""
    finished = read_summary(out / FILE)
    entries = {}
    for name, digest in digests.items():
        figures = finished.get(name)
        if (
            figures is not None
            and figures.inputs_sha256 == digest
            and _is_there(out, name, figures)
        ):
            entries[name] = CountyEntry(county=name, figures=figures)
        else:
            entries[name] = CountyEntry(county=name, note=NOT_PLANNED)
    return entries


def _is_there(out: Path, name: str, figures: PlanFigures) -> bool:
    try:
        content = _plan_file(out, name).read_bytes()
    except OSError:
        return False
    return sha256(content).hexdigest() == figures.plan_sha256


def _failure(outcome: Failed, job: CountyJob, faults_dir: Path) -> CountyEntry:
    """Say why there is no plan."""
    note = outcome.reason
    if isinstance(outcome.error, SolverFault):
        circumstances = f"{named(job.versions)}, {job.limits}, seed {job.seed}"
        path = report_fault(outcome.error, circumstances, faults_dir)
        note = f"a bug in busplan, please report it with {path}: {note}"
    return CountyEntry(county=outcome.name, note=note)


def _keep(out: Path, outcome: Done[CountyPlan], digest: str) -> CountyEntry:
    """Write the plan."""
    solution = outcome.result.solution
    quality = solution.quality
    assert quality is not None  # the solver always tells it
    text = write_plan(solution)
    write_text(_plan_file(out, outcome.name), text)
    return CountyEntry(
        county=outcome.name,
        figures=PlanFigures(
            cost=quality.cost,
            bound=quality.bound,
            proof=quality.proof,
            unserved_visits=sum(entry.missing for entry in solution.unserved),
            seconds=outcome.result.seconds,
            inputs_sha256=digest,
            plan_sha256=sha256(text.encode()).hexdigest(),
        ),
    )


def _plan_file(out: Path, name: str) -> Path:
    return out / f"{name}.json"


def _write_entries(out: Path, entries: Mapping[str, CountyEntry]) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInput(f"{out} cannot be written to: {error.strerror}") from error
    write_text(out / FILE, write_summary(entries.values()))


def _progress(entries: Mapping[str, CountyEntry]) -> Progress:
    """How many are done, with the sums of their costs and bounds."""
    planned = [entry.figures for entry in entries.values() if entry.figures is not None]
    failed = sum(entry.figures is None and entry.note != NOT_PLANNED for entry in entries.values())
    detail = f"{len(planned)} of {len(entries)} planned" + (f", {failed} failed" if failed else "")
    return Progress(
        stage="counties",
        detail=detail,
        cost=sum(figures.cost for figures in planned),
        bound=sum(figures.bound for figures in planned),
    )
