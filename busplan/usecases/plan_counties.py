"""Plan many counties side by side, each by itself, without a database and without a past."""

from datetime import date
from hashlib import sha256
from pathlib import Path

from busplan.domain.county import CountyData
from busplan.exchange.counties_summary import CountyEntry
from busplan.exchange.county_folder import format_county
from busplan.exchange.county_folders import read_counties
from busplan.jobs.side_by_side import Done, Failed, Workers, side_by_side
from busplan.planning.fault import SolverFault
from busplan.planning.limits import SearchLimits
from busplan.planning.progress import OnProgress, ignore
from busplan.planning.stopping import Stopper
from busplan.usecases.counties_so_far import CountiesSoFar
from busplan.usecases.plan_county import (
    CountyJob,
    CountyPlan,
    installed_versions,
    named,
    plan_county,
)
from busplan.usecases.planning_problem import problem_of
from busplan.usecases.report_fault import report_fault


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
    """One entry for each subfolder of ``folder``, in order of names; plans are kept in ``out``.

    A plan that is there already, made from the same data, limits, seed and versions, is not made
    again. After ``stopper.stop()`` what is finished is kept and the rest has no figures; nor has
    a county that cannot be planned, which holds up no other. Faults of the solver are reported in
    ``faults_dir``. Raises ``InvalidInput`` with every problem of every folder before anything is
    planned, and ``ServiceDown`` when the workers are gone.
    """
    counties, stopper, versions = read_counties(folder), stopper or Stopper(), installed_versions()
    jobs = {
        name: CountyJob(
            problem=problem_of(data, first_day, weeks, cache_dir),
            limits=limits,
            seed=seed,
            versions=versions,
        )
        for name, data in counties.items()
    }
    so_far = CountiesSoFar(out, {name: _digest(counties[name], jobs[name]) for name in jobs})
    on_progress(so_far.progress)
    # The largest first, so that none of them is left for one worker at the end.
    order = sorted(so_far.missing, key=lambda name: -len(counties[name].demands))
    todo = {name: jobs[name] for name in order}
    for outcome in side_by_side(workers, plan_county, todo, lambda: stopper.asked):
        _settle(outcome, so_far, jobs[outcome.name], faults_dir)
        on_progress(so_far.progress)
    return so_far.entries


def _digest(data: CountyData, job: CountyJob) -> str:
    """Names all that the plan depends on, by what the county's files would say."""
    asked = (job.problem.first_day, job.problem.weeks, job.limits, job.seed, job.versions)
    return sha256(repr((asked, sorted(format_county(data).items()))).encode()).hexdigest()


def _settle(
    outcome: Done[CountyPlan] | Failed, so_far: CountiesSoFar, job: CountyJob, faults_dir: Path
) -> None:
    """Keep the plan, or say why there is none."""
    if isinstance(outcome, Done):
        so_far.keep(outcome.name, outcome.result)
        return
    reason = outcome.reason
    if isinstance(outcome.error, SolverFault):
        circumstances = f"{named(job.versions)}, {job.limits}, seed {job.seed}"
        path = report_fault(outcome.error, circumstances, faults_dir)
        reason = f"a bug in busplan, please report it with {path}: {reason}"
    so_far.give_up(outcome.name, reason)
