"""Write a fault of the solver to disk, so that it can be reported and repeated."""

from pathlib import Path

from busplan.exchange.fault_json import FaultReport, digest_of, write_fault
from busplan.planning.fault import SolverFault


def report_fault(fault: SolverFault, circumstances: str, folder: Path) -> Path:
    """The file ``folder/<digest>.json`` with problem, plan and violations; it may exist already."""
    text = write_fault(
        FaultReport(
            message=str(fault),
            circumstances=circumstances,
            violations=fault.violations,
            problem=fault.problem,
            plan=fault.plan,
        )
    )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{digest_of(text)}.json"
    path.write_text(text, encoding="utf-8")
    return path
