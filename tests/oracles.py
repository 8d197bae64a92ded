"""Exhaustive search: the cheapest lawful plan of a tiny problem, by trying all of them.

It shares nothing with ``planning``; only ``check_plan`` and ``cost_of`` judge. Which tours it
knows is told in ``oracle_tours``.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from busplan.domain.demand import DemandId, DemandRecord, need_spans
from busplan.domain.objective import CostTerms, cost_of, counted_before, visit_values
from busplan.domain.plan import Plan, Tour
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.check import check_plan
from busplan.domain.rules.overlaps import check_overlaps
from busplan.domain.rules.patterns import check_patterns
from busplan.domain.rules.rest import check_rest
from busplan.domain.rules.same_town import check_same_town
from busplan.domain.rules.week_caps import check_week_caps
from tests.oracle_tours import plan_of, tours_of

_COUPLING_RULES = (check_patterns, check_overlaps, check_rest, check_week_caps, check_same_town)
"""Rules that tours lawful by themselves can break together."""
_MENDABLE = ("need", "floor", "pins", "blocks", "continuity")
"""Goals that a further tour may serve; all others only cost more with each tour."""


@dataclass(frozen=True, kw_only=True)
class Best:
    """A plan that no other lawful plan undercuts, and its cost in points."""

    cost: int
    plan: Plan


def exhaustive_search(problem: PlanningProblem) -> Best:
    """The cheapest lawful plan; the empty plan is lawful, so there always is one.

    Only branches that cannot win are left out: no rule is mended by adding a tour, and no goal
    gains more from a tour among others than from the tour alone.
    """
    slots = [tours_of(bus, day, problem) for day in problem.horizon for bus in problem.buses]
    best = _Search(problem, [slot for slot in slots if slot]).run()
    assert list(check_plan(best.plan, problem)) == []
    return best


def cheapest_with(problem: PlanningProblem, least: Mapping[DemandId, int]) -> Best | None:
    """The cheapest lawful plan with at least so many visits of each demand record, if any."""
    slots = [tours_of(bus, day, problem) for day in problem.horizon for bus in problem.buses]
    search = _Search(problem, [slot for slot in slots if slot], least)
    best = search.run()
    return None if search.best_cost == inf else best


class _Search:
    """Depth first through the tours of every slot (a bus on a day); keeps the cheapest plan."""

    def __init__(
        self,
        problem: PlanningProblem,
        slots: list[list[Tour]],
        least: Mapping[DemandId, int] | None = None,
    ) -> None:
        self.problem = problem
        self.least = least or {}
        self.best_cost: float = inf
        self.best_tours: tuple[Tour, ...] = ()
        empty_cost = self._terms(()).total
        self.gains = {
            tour: empty_cost - self._terms((tour,)).total for slot in slots for tour in slot
        }
        self.slots = [sorted(slot, key=lambda tour: -self.gains[tour]) for slot in slots]
        self.shares = self._least_shares()
        self.pairs: dict[tuple[Tour, Tour], bool] = {}

    def run(self) -> Best:
        self._extend((), self.slots)
        plan = plan_of(self.best_tours, self.problem)
        return Best(cost=self._terms(self.best_tours).total, plan=plan)

    def _extend(self, chosen: tuple[Tour, ...], later: list[list[Tour]]) -> None:
        """Try every way to add tours of later slots, each of which goes with each chosen one."""
        terms = self._terms(chosen)
        if terms.total < self.best_cost and self._has_least(chosen):
            self.best_cost, self.best_tours = terms.total, chosen
        for number, slot in enumerate(later):
            if self._hope(chosen, terms, later[number:]) >= self.best_cost:
                return
            rest = later[number + 1 :]
            for tour in slot:
                longer = (*chosen, tour)
                if len(chosen) < 2 or self._lawful(longer):
                    self._extend(
                        longer, [[t for t in tours if self._pair(tour, t)] for tours in rest]
                    )

    def _has_least(self, chosen: tuple[Tour, ...]) -> bool:
        visits = Counter(visit.demand_id for tour in chosen for visit in tour.visits)
        return all(visits[demand_id] >= least for demand_id, least in self.least.items())

    def _hope(
        self, chosen: tuple[Tour, ...], terms: CostTerms, later: list[list[Tour]]
    ) -> int | float:
        """What the plan costs at least, whatever later tours are added.

        None gains more than alone. And each demand record either goes on lacking what it lacks,
        or is visited by a further tour, which costs at least the record's least share.
        """
        by_gain = terms.total - sum(max(0, self.gains[slot[0]]) for slot in later if slot)
        spent = terms.total - sum(
            points for goal, points in terms.as_dict().items() if goal in _MENDABLE
        )
        visits = Counter(visit.demand_id for tour in chosen for visit in tour.visits)
        by_share = spent + sum(
            min(_lack(demand, visits[demand.id], self.problem), self.shares[demand.id])
            for demand in self.problem.demands
        )
        return max(by_gain, by_share)

    def _least_shares(self) -> dict[DemandId, float]:
        """The least points that a tour spends per visit, for each demand record it may serve."""
        shares = {demand.id: inf for demand in self.problem.demands}
        for tour in self.gains:
            terms = self._terms((tour,))
            spent = terms.two_adults + terms.kilometres + terms.driving + terms.late_end
            for visit in tour.visits:
                share = spent / len(tour.visits)
                shares[visit.demand_id] = min(shares[visit.demand_id], share)
        return shares

    def _pair(self, one: Tour, other: Tour) -> bool:
        if (one, other) not in self.pairs:
            same_day = one.service_date == other.service_date
            busy = {duty.crew_id for duty in one.duties} & {duty.crew_id for duty in other.duties}
            lawful = not (same_day and busy) and self._lawful((one, other))
            self.pairs[one, other] = lawful
        return self.pairs[one, other]

    def _lawful(self, tours: tuple[Tour, ...]) -> bool:
        plan = plan_of(tours, self.problem)
        return not any(any(rule(plan, self.problem)) for rule in _COUPLING_RULES)

    def _terms(self, tours: tuple[Tour, ...]) -> CostTerms:
        return cost_of(plan_of(tours, self.problem), self.problem)


def _lack(demand: DemandRecord, visits: int, problem: PlanningProblem) -> int:
    """Points for what is wished but not served after so many visits, in a horizon of one period.

    Zero, which is never too much, where the horizon holds several periods.
    """
    spans = need_spans(demand.period_weeks, problem.first_day, problem.weeks)
    if len(spans) > 1:
        return 0
    served = counted_before(demand, spans[0], problem) + visits
    return sum(visit_values(demand, problem.parameters)[served:])
