"""The summary of counties planned side by side: what each plan is worth and was made from."""

import csv
import io
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from busplan.domain.solution import Proof

FILE = "summary.csv"
COLUMNS = (
    "county",
    "cost",
    "bound",
    "gap",
    "proof",
    "unserved_visits",
    "seconds",
    "processor_seconds",
    "note",
    "inputs_sha256",
    "plan_sha256",
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFigures:
    """What a county's plan is worth, in points, and what it was made from.

    ``seconds`` is how long its planning took by the clock, ``processor_seconds`` what its worker
    computed meanwhile. The digests name all that the plan depends on, and the plan file itself.
    """

    cost: int
    bound: int
    proof: Proof
    unserved_visits: int
    seconds: float
    processor_seconds: float
    inputs_sha256: str
    plan_sha256: str

    @property
    def gap(self) -> float:
        """How far the plan may be from the best one, as a share of its cost."""
        return max(0, self.cost - self.bound) / self.cost if self.cost else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyEntry:
    """A county's row; without figures it has no plan, and ``note`` says why."""

    county: str
    figures: PlanFigures | None = None
    note: str = ""


def write_summary(entries: Iterable[CountyEntry]) -> str:
    """A CSV table with a header; the gap is a share of the cost."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    for entry in entries:
        writer.writerow({"county": entry.county, "note": entry.note} | _cells(entry.figures))
    return text.getvalue()


def read_summary(path: Path) -> dict[str, PlanFigures]:
    """The figures of every county that has some; what cannot be read counts as not planned."""
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        return {row["county"]: _figures(row) for row in rows if row["cost"]}
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, TypeError, ValueError) as error:
        _log.warning("%s cannot be read, so all is planned anew: %s", path, error)
        return {}


def _cells(figures: PlanFigures | None) -> dict[str, str]:
    if figures is None:
        return {}
    return {
        "cost": str(figures.cost),
        "bound": str(figures.bound),
        "gap": f"{figures.gap:.6f}",
        "proof": figures.proof.value,
        "unserved_visits": str(figures.unserved_visits),
        "seconds": f"{figures.seconds:.2f}",
        "processor_seconds": f"{figures.processor_seconds:.2f}",
        "inputs_sha256": figures.inputs_sha256,
        "plan_sha256": figures.plan_sha256,
    }


def _figures(row: Mapping[str, str]) -> PlanFigures:
    return PlanFigures(
        cost=int(row["cost"]),
        bound=int(row["bound"]),
        proof=Proof(row["proof"]),
        unserved_visits=int(row["unserved_visits"]),
        seconds=float(row["seconds"]),
        processor_seconds=float(row["processor_seconds"]),
        inputs_sha256=row["inputs_sha256"],
        plan_sha256=row["plan_sha256"],
    )
