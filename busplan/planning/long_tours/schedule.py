"""How a search for long tours divides its limits: rounds, temperatures, what is combined."""

from dataclasses import dataclass, replace
from math import inf

from busplan.domain.periodic import PeriodicProblem
from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.periodic_arrays import LARGE_FROM, homes_of, mostly_once


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Rounds of search, each followed by a combination of the tours met.

    ``lanes``: chains that search side by side where work is counted; ``waves``: how many do so one
    after the other in every round. ``rounds``: share of the limits used up at the end of each but
    the last, which takes what is left. ``combine``: share of a round spent on combining, at most;
    ``crossed``: on crossing the plans of all chains before that (``breeding``). ``hot``, ``warm``,
    ``cold``: temperatures in mean legs, at the start of the first round and of later ones, and at
    the end of each. ``combined``: most tours of each lane that are combined. ``by_price``: whether
    they are combined by price (``priced_choice``). ``known``: most tours of each lane from which a
    bound is looked for before the last round, 0 for no bound.
    """

    lanes: int
    waves: int
    rounds: tuple[float, ...]
    combine: float
    hot: float
    warm: float
    cold: float
    combined: int
    known: int
    by_price: bool
    crossed: float = 0.0

    @property
    def bounded(self) -> bool:
        """Whether a bound is looked for before the last round."""
        return self.known > 0


SMALL = Schedule(
    lanes=2,
    waves=1,
    rounds=(0.55, 0.7, 0.85),
    combine=0.25,
    hot=2.0,
    warm=0.3,
    cold=0.03,
    combined=2500,
    known=2500,
    by_price=False,
)
LARGE = Schedule(
    lanes=2,
    waves=1,
    rounds=(0.42, 0.71),
    combine=0.2,
    hot=1.5,
    warm=0.4,
    cold=0.1,
    combined=15_000,
    known=0,
    by_price=True,
)
"""A bound of so many stops takes longer than the search; each combination half a minute."""
BRED = replace(LARGE, waves=10, rounds=(), combine=0.1, crossed=0.5)
EACH_BRED, LEAST_BRED = 0.008, 3
"""What of the limit each of these searches needs for a stop; fewer are not worth crossing."""
SHORT = replace(SMALL, lanes=1, rounds=(), combine=0.1, hot=1.0, cold=0.1, combined=300, known=0)
"""While one search still gains by itself, a second, combining and a bound only take its time."""
MANY, ENOUGH = 150, 0.4
"""With more stops, and less work for each, no bound is looked for, and of one home one search is a
short one."""
COLUMNS = 12_500
"""Most combined tours of a lane, counted on every day; more take longer than finding them."""
EACH, EACH_OF_MANY, MOST_WAVES = 0.015, 0.03, 32
"""What of the limit a chain and a stop need where many are visited several times, in units of work
or seconds; the same with ``MANY`` stops; most waves."""
HOT_OF_MANY = 4.0
"""Where waves of many stops begin, in mean legs: which depot has which towns is settled hot."""
FEW, BRIEF = 150, 0.1
"""Tours of a lane then, and the share of combining: the relaxation's best of more held no better
plan."""


def schedule_for(problem: PeriodicProblem, limits: SearchLimits) -> Schedule:
    """The schedule for a problem of this size and these limits."""
    stops = len(problem.stops)
    limit = min(limits.work, limits.seconds or inf)
    if stops > LARGE_FROM:
        return _large(stops, limit)
    is_short = stops > MANY and limit < ENOUGH * stops
    goes_on = mostly_once(problem) or (is_short and len(set(homes_of(problem))) == 1)
    waves = 1 if goes_on else _waves(stops, limit)
    if waves < 2 and is_short:
        return SHORT
    most = max(1, min(SMALL.combined, COLUMNS // max(1, problem.days)))
    small = replace(SMALL, combined=most, known=0 if is_short else most)
    if waves < 2:
        return small
    hot = HOT_OF_MANY if stops > MANY else small.hot
    return replace(small, waves=waves, hot=hot, combined=min(most, FEW), combine=BRIEF)


def _large(stops: int, limit: float) -> Schedule:
    """Plans are bred where there is time for several."""
    share = 1 - BRED.combine - BRED.crossed
    waves = int(min(share * limit / (EACH_BRED * stops), BRED.waves))
    return LARGE if waves < LEAST_BRED else replace(BRED, waves=waves)


def _waves(stops: int, limit: float) -> int:
    """How many waves the limit has time for."""
    each = EACH_OF_MANY if stops > MANY else EACH
    return int(min(limit / (each * max(1, stops)), MOST_WAVES))
