"""What a peer comes back with."""

from dataclasses import dataclass
from importlib.metadata import version

from benchmarks.peer_calls import PeerModel
from busplan.domain.periodic import PeriodicPlan, periodic_cost


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerResult:
    """A peer's plan, ``None`` without a complete one, and its best cost by processor second.

    ``note`` tells what of the problem it was not asked, or what it left out.
    """

    solver: str
    plan: PeriodicPlan | None
    cost: float | None
    history: tuple[tuple[float, float], ...]
    note: str


def peer_result(
    package: str,
    model: PeerModel,
    plan: PeriodicPlan | None,
    history: tuple[tuple[float, float], ...],
    *remarks: str,
) -> PeerResult:
    """What a peer found, with the cost as our own count of its plan."""
    return PeerResult(
        solver=f"{package} {version(package)}",
        plan=plan,
        cost=None if plan is None else periodic_cost(plan, model.problem),
        history=history,
        note="; ".join(filter(None, (model.note, *remarks))),
    )
