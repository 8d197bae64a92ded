"""How a search for long tours divides its limits: rounds, temperatures, what is combined."""

from dataclasses import dataclass

from busplan.domain.periodic import PeriodicProblem
from busplan.planning.long_tours.insertion import FEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Rounds of search, each followed by a combination of the tours met.

    ``rounds``: share of the limits used up at the end of each but the last, which takes what is
    left. ``combine``: share of a round spent on combining, at most. ``hot``, ``warm``, ``cold``:
    temperatures in mean legs, at the start of the first round and of later ones, and at the end
    of each. ``combined``: most tours of each chain that are combined. ``by_price``: whether
    they are combined by price (``priced_choice``), and no bound is looked for before the last
    round.
    """

    rounds: tuple[float, ...]
    combine: float
    hot: float
    warm: float
    cold: float
    combined: int
    by_price: bool


SMALL = Schedule(
    rounds=(0.55, 0.7, 0.85),
    combine=0.25,
    hot=2.0,
    warm=0.3,
    cold=0.03,
    combined=2500,
    by_price=False,
)
LARGE = Schedule(
    rounds=(0.42, 0.71),
    combine=0.2,
    hot=2.0,
    warm=1.0,
    cold=0.1,
    combined=15_000,
    by_price=True,
)
"""A bound of so many stops takes longer than the search; each combination half a minute."""


def schedule_for(problem: PeriodicProblem) -> Schedule:
    """The schedule for a problem of this size."""
    return SMALL if len(problem.stops) <= FEW else LARGE
