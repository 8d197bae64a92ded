"""What planning returns: a plan, how good it is proven to be, and what it could not serve."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from busplan.domain.blocks import BlockId
from busplan.domain.demand import DemandId
from busplan.domain.objective import CostTerms
from busplan.domain.plan import Plan


class Proof(StrEnum):
    """OPTIMAL: no plan is better, proven. BOUNDED: no plan beats the bound."""

    OPTIMAL = "optimal"
    BOUNDED = "bounded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Cost of the plan in points, by goal, and the bound that no plan can beat."""

    terms: CostTerms
    bound: int
    proof: Proof

    @property
    def cost(self) -> int:
        """The plan's cost in points."""
        return self.terms.total

    @property
    def gap(self) -> float:
        """How far the plan may be from the best one, as a share of its cost; 0 when optimal."""
        return max(0, self.cost - self.bound) / self.cost if self.cost else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unserved:
    """Visits of a demand record that are wished but not in the plan, and why.

    ``rule`` names what binds: a hard rule, ``competition`` where serving it is lawful but costs
    more elsewhere, or ``search`` where the search ended before it was placed. ``remedy`` is the
    smallest change that would allow it.
    """

    demand_id: DemandId
    missing: int
    least_missed: bool
    rule: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LostBlock:
    """A promised block visit that a hard rule forced away."""

    block_id: BlockId
    service_date: date
    rule: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """A plan with its quality (``None`` for a plan made by hand) and what it leaves out."""

    plan: Plan
    quality: Quality | None = None
    unserved: tuple[Unserved, ...] = ()
    lost_blocks: tuple[LostBlock, ...] = ()
    lost_pins: tuple[str, ...] = ()
