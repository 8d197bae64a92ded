"""What a run over many counties has finished so far, on disk as soon as it is known."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from busplan.domain.errors import InvalidInput
from busplan.exchange.counties_summary import (
    FILE,
    CountyEntry,
    PlanFigures,
    read_summary,
    write_summary,
)
from busplan.exchange.plan_files import write_text
from busplan.exchange.plan_json import write_plan
from busplan.planning.progress import Progress
from busplan.usecases.plan_county import CountyPlan

NOT_PLANNED = "not planned yet"


class CountiesSoFar:
    """An entry for each county, in the order of ``digests``; plans and summary are in ``out``.

    ``digests`` name all that each county's plan depends on. A plan that is in ``out`` already and
    was made from the same is kept. Raises ``InvalidInput`` where nothing can be written.
    """

    def __init__(self, out: Path, digests: Mapping[str, str]) -> None:
        self._out, self._digests = out, digests
        finished = read_summary(out / FILE)
        self._entries = {
            name: CountyEntry(county=name, figures=finished[name])
            if name in finished and self._holds(name, finished[name])
            else CountyEntry(county=name, note=NOT_PLANNED)
            for name in digests
        }
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InvalidInput(f"{out} cannot be written to: {error.strerror}") from error
        self._write()

    @property
    def entries(self) -> tuple[CountyEntry, ...]:
        """Every county's entry; one without figures has no plan."""
        return tuple(self._entries.values())

    @property
    def missing(self) -> tuple[str, ...]:
        """The counties that have no plan."""
        return tuple(entry.county for entry in self.entries if entry.figures is None)

    @property
    def progress(self) -> Progress:
        """How many are planned, with the sums of their costs and bounds."""
        planned = [entry.figures for entry in self.entries if entry.figures is not None]
        failed = sum(e.figures is None and e.note != NOT_PLANNED for e in self.entries)
        detail = f"{len(planned)} of {len(self.entries)} planned"
        return Progress(
            stage="counties",
            detail=f"{detail}, {failed} failed" if failed else detail,
            cost=sum(figures.cost for figures in planned) if planned else None,
            bound=sum(figures.bound for figures in planned) if planned else None,
        )

    def keep(self, name: str, plan: CountyPlan) -> None:
        """Write the county's plan and the summary, each whole or not at all."""
        quality = plan.solution.quality
        assert quality is not None  # the solver always tells it
        text = write_plan(plan.solution)
        write_text(self._plan_file(name), text)
        figures = PlanFigures(
            cost=quality.cost,
            bound=quality.bound,
            proof=quality.proof,
            unserved_visits=sum(unserved.missing for unserved in plan.solution.unserved),
            seconds=plan.seconds,
            processor_seconds=plan.processor_seconds,
            inputs_sha256=self._digests[name],
            plan_sha256=sha256(text.encode()).hexdigest(),
        )
        self._entries[name] = CountyEntry(county=name, figures=figures)
        self._write()

    def give_up(self, name: str, reason: str) -> None:
        """Say why the county will have no plan."""
        self._entries[name] = CountyEntry(county=name, note=reason)
        self._write()

    def _holds(self, name: str, figures: PlanFigures) -> bool:
        """Whether the plan on disk is the one of these figures, made from what is asked now."""
        try:
            content = self._plan_file(name).read_bytes()
        except OSError:
            return False
        found = (figures.inputs_sha256, sha256(content).hexdigest())
        return found == (self._digests[name], figures.plan_sha256)

    def _plan_file(self, name: str) -> Path:
        return self._out / f"{name}.json"

    def _write(self) -> None:
        write_text(self._out / FILE, write_summary(self.entries))
