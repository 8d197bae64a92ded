"""Plan one county in a worker; kept apart because every worker imports this and no more."""

from dataclasses import dataclass
from importlib.metadata import version
from time import perf_counter, process_time

from busplan.domain.errors import ServiceDown
from busplan.domain.problem import PlanningProblem
from busplan.domain.solution import Solution
from busplan.planning.limits import SearchLimits
from busplan.planning.solve import solve

PLANNERS = ("busplan", "ortools", "numpy")
"""Packages whose versions decide which plan comes out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyJob:
    """All that a county's plan depends on; ``versions`` are those of ``PLANNERS``."""

    problem: PlanningProblem
    limits: SearchLimits
    seed: int
    versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyPlan:
    """A county's solution, and how long it took: by the clock, and of the process's own time.

    The latter is the county's alone where a worker does one job at a time.
    """

    solution: Solution
    seconds: float
    processor_seconds: float


def installed_versions() -> tuple[str, ...]:
    """The versions of ``PLANNERS`` here."""
    return tuple(map(version, PLANNERS))


def plan_county(job: CountyJob) -> CountyPlan:
    """The county's plan. Raises ``ServiceDown`` where other versions are installed."""
    here = installed_versions()
    if here != job.versions:
        raise ServiceDown(f"a worker has {named(here)}, wanted is {named(job.versions)}")
    started, spent = perf_counter(), process_time()
    solution = solve(job.problem, job.limits, job.seed)
    return CountyPlan(
        solution=solution,
        seconds=perf_counter() - started,
        processor_seconds=process_time() - spent,
    )


def named(versions: tuple[str, ...]) -> str:
    """Versions with their packages, in one line."""
    return " ".join(map("{}-{}".format, PLANNERS, versions))
