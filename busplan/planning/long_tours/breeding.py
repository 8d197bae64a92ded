"""Plans of several searches bred: crossed, mended nearby, and the best of them kept.

Each child is mended by a short search, cool from the start, among the stops near a change.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from random import Random

import numpy as np

from busplan.domain.periodic import PeriodicPlan, PeriodicProblem, periodic_cost
from busplan.planning.long_tours.chain import BEST, LOOKED, TEMPERATURE, Search, mean_leg, penalised
from busplan.planning.long_tours.crossing import Crossing, Labels, Slot, Slots, Stops
from busplan.planning.long_tours.periodic_arrays import Arrays
from busplan.planning.long_tours.periodic_plans import best_plan, load_plan
from busplan.planning.long_tours.recreate import complete_all
from busplan.planning.long_tours.ruin_recreate import anneal, cool
from busplan.planning.long_tours.tour_pool import Pool, is_full, shrink

HOT, COLD = 0.3, 0.1
"""Temperatures of mending, in mean legs."""
MENDING = 1.5e5
"""Places looked at for every stop near a change."""
STAGES = ((0.25, 3e-3), (0.5, 5e-4), (1.0, inf))
"""After these shares of mending a plan is given up that is so much dearer than its parent: nine of
ten that end cheaper are kept, two of three and then nearly all others are not."""
CHUNK = 2e5
"""Places looked at between two temperatures."""
WORTH_A_TRY = 5e-3
"""By what share of its cost a plan may seem to get dearer: mending finds more than was reckoned."""
LOOKED_PER_SUM = 800.0
"""Adding up what tours cost takes as long as looking at so many places."""


@dataclass(slots=True)
class Breeding:
    """Plans that differ, and the chain and the pool that mend their children."""

    problem: PeriodicProblem
    arrays: Arrays
    chain: Search
    pool: Pool
    plans: list[PeriodicPlan]
    random: Random
    _leg: float = field(init=False)
    _tried: set[tuple[tuple[Slot, Stops, Stops], ...]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._leg = mean_leg(self.arrays)

    @property
    def best(self) -> PeriodicPlan:
        """The cheapest plan."""
        return min(self.plans, key=self._cost)

    def go_on(self, is_over: Callable[[], bool]) -> None:
        """Cross the cheapest plan with all others, until time is over or nothing is left to try."""
        while not is_over():
            before = best = self.best
            others = [plan for plan in self.plans if plan != best]
            self.random.shuffle(others)
            for other in others:
                best = self._crossed(best, other, is_over)
            self.plans = [best, *(plan for plan in self.plans if plan not in (before, best))]
            if best == before:
                return

    def _crossed(
        self, plan: PeriodicPlan, other: PeriodicPlan, is_over: Callable[[], bool]
    ) -> PeriodicPlan:
        """The plan, or a cheaper one after taking over tours, the most promising ones first."""
        crossing, cost = Crossing.of(self.arrays, plan, other), self._cost(plan)
        for wanted in self._promising(crossing):
            if is_over():
                return plan
            chosen = crossing.labelled(wanted)
            key = tuple((s, crossing.one[s], crossing.other[s]) for s in sorted(chosen))
            if key in self._tried or crossing.dearer(chosen) > WORTH_A_TRY * cost:
                continue
            mended = self._mended(*crossing.child(chosen), cost, is_over)
            if mended is not None and (now := self._cost(mended)) < cost:
                plan, cost = mended, now
                crossing = Crossing.of(self.arrays, plan, other)
            if not is_over():
                self._tried.add(key)
        return plan

    def _promising(self, crossing: Crossing) -> list[Labels]:
        """Tours that could be taken over together, the best first; each that differs."""
        found: dict[Slots, float] = {}
        slots, met = crossing.differing(), set[Slot]()
        self.random.shuffle(slots)
        for slot in slots:
            if slot in met:
                continue
            chosen, dearer, sums = crossing.grown(slot)
            found[chosen] = dearer
            met |= chosen
            self.chain.figures[LOOKED] += LOOKED_PER_SUM * sums
        best = sorted(found, key=lambda chosen: (found[chosen], sorted(chosen)))
        return [frozenset(map(crossing.label, chosen)) for chosen in best]

    def _mended(
        self, plan: PeriodicPlan, near: list[int], below: float, is_over: Callable[[], bool]
    ) -> PeriodicPlan | None:
        """The best plan of a short search among the near stops.

        ``None`` if none is lawful, or one that costs less than is said is hardly to be expected.
        """
        if not near:
            return None
        chain = self.chain
        arrays = self.arrays._replace(exchanges=False, seeds=np.array(near, dtype=np.int32))
        chain.figures[BEST] = inf
        load_plan(arrays, chain, plan)
        if not complete_all(arrays, chain):
            return None
        begin, budget = float(chain.figures[LOOKED]), MENDING * len(near)
        for share, above in STAGES:
            while (done := (chain.figures[LOOKED] - begin) / budget) < share and not is_over():
                chain.figures[TEMPERATURE] = cool(HOT * self._leg, COLD * self._leg, done)
                anneal(arrays, chain, self.pool, CHUNK)
                if is_full(self.pool):
                    self.pool = shrink(self.pool, self.arrays)
            now = penalised(chain.totals, chain.weights)
            if now > below * (1 + above) and chain.figures[BEST] >= below:
                return None
        return best_plan(arrays, chain)

    def _cost(self, plan: PeriodicPlan) -> float:
        return periodic_cost(plan, self.problem)
