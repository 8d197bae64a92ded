"""What a command does when the solver's own plan breaks a rule: keep the evidence and say so."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version

from busplan.domain.errors import PlanBroken
from busplan.planning.fault import SolverFault
from busplan.settings import Settings
from busplan.usecases.report_fault import report_fault


@contextmanager
def reported_faults(settings: Settings, limits: str) -> Iterator[None]:
    """Turn ``SolverFault`` into ``PlanBroken`` that names the report written; no plan is kept."""
    try:
        yield
    except SolverFault as fault:
        path = report_fault(fault, f"busplan {version('busplan')}, {limits}", settings.faults_dir)
        raise PlanBroken(
            f"This is a bug in busplan, not in your data: {fault}. No plan was kept."
            f" Please report it with the file {path}, which holds the county's planning data.",
            tuple(map(str, fault.violations)),
        ) from fault
