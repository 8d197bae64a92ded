"""One more visit beside all that a plan serves: solved again near the plan.

The problem is cut to what the plan serves and the one demand record; each served demand record
keeps its buses and days. Where that leaves few visits to choose from, as in a tiny week, nothing
is cut and the answer is exact. Else it is exact near the plan: a visit that could be moved to
another day to make room is not looked for.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from busplan.domain.demand import DemandId
from busplan.domain.objective import cost_of
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.planning.explaining.prices import Ground
from busplan.planning.stopping import Stopper
from busplan.planning.weeks.assembly import make_plan
from busplan.planning.weeks.candidates import Candidate, list_candidates
from busplan.planning.weeks.master import build_master
from busplan.planning.weeks.selection import select
from busplan.planning.weeks.tour_index import TourIndex
from busplan.planning.weeks.tours import list_tours

FEW_CANDIDATES = 60
"""Up to so many visits to choose from, all are looked at."""
NEAR_WORK = 0.5
"""Deterministic units for each answer; most need a hundredth."""


class AskedEnough(Exception):
    """No more questions are answered: the count is used up, or the end was asked for."""


def cut_to(problem: PlanningProblem, plan: Plan, demand_id: DemandId) -> PlanningProblem:
    """The problem without demand that the plan does not serve, but for one demand record."""
    kept = {visit.demand_id for _, visit in plan.visits()} | {demand_id}
    return replace(problem, demands=tuple(d for d in problem.demands if d.id in kept))


def served_by(plan: Plan) -> Mapping[DemandId, int]:
    """How often the plan visits each demand record."""
    return Counter(visit.demand_id for _, visit in plan.visits())


@dataclass(frozen=True, slots=True)
class Forced:
    """A plan near another one that visits a demand record once more, and its cost in points."""

    plan: Plan
    cost: int


class Nearby:
    """Asks, of changed problems, whether a plan could serve one demand record once more.

    A changed problem allows all that ``problem``, which the plan was made for, allows. Every
    question is a small solve; ``left`` counts down the tours that may still be listed for them,
    then ``AskedEnough`` is raised.
    """

    def __init__(self, problem: PlanningProblem, plan: Plan, left: int, stopper: Stopper) -> None:
        self.problem = problem
        self.plan = plan
        self.left = left
        self._stopper = stopper

    def cost_now(self, demand_id: DemandId) -> int:
        """What the plan costs where only it and the demand record count."""
        return cost_of(self.plan, cut_to(self.problem, self.plan, demand_id)).total

    def beside_all(self, problem: PlanningProblem, demand_id: DemandId) -> Forced | None:
        """The cheapest plan with one more visit of it and none of any other fewer."""
        kept = served_by(self.plan)
        return self._cheapest(problem, demand_id, {**kept, demand_id: kept.get(demand_id, 0) + 1})

    def is_worth_it(self, problem: PlanningProblem, demand_id: DemandId, forced: Forced) -> bool:
        """Whether no plan that keeps all visits is cheaper: planning again would serve it."""
        free = self._cheapest(problem, demand_id, served_by(self.plan))
        return free is not None and forced.cost <= free.cost

    def ground(self, problem: PlanningProblem, demand_id: DemandId) -> Ground:
        """All tours near the plan, and those that serve the demand record."""
        near = cut_to(problem, self.plan, demand_id)
        candidates = self._candidates(problem, demand_id)
        master = build_master(near, candidates, list_tours(near, candidates))
        return Ground(
            master=master,
            pool=range(len(master.columns)),
            carriers=TourIndex.of(master).carriers(demand_id).tolist(),
            cost=self.cost_now(demand_id),
        )

    def _cheapest(
        self, problem: PlanningProblem, demand_id: DemandId, wanted: Mapping[DemandId, int]
    ) -> Forced | None:
        """The cheapest plan with at least so many visits of each."""
        near = cut_to(problem, self.plan, demand_id)
        candidates = self._with_room(self._candidates(problem, demand_id), near)
        days = Counter(demand for demand, _ in {(c.demand_id, c.service_date) for c in candidates})
        if any(days[demand] < least for demand, least in wanted.items()):
            return None
        if self.left <= 0 or self._stopper.asked:
            raise AskedEnough
        tours = list_tours(near, candidates)
        self.left -= len(tours)
        master = build_master(near, candidates, tours)
        index = TourIndex.of(master)
        required = [(index.carriers(d).tolist(), least) for d, least in wanted.items()]
        if any(len(tours) < least for tours, least in required):
            return None
        choice = select(
            master,
            range(len(master.columns)),
            hint=None,
            work=NEAR_WORK,
            seed=0,
            stopper=self._stopper,
            required=required,
        ).choice
        return None if choice is None else Forced(make_plan(master, choice), choice.cost)

    def _candidates(self, problem: PlanningProblem, demand_id: DemandId) -> Sequence[Candidate]:
        """Visits of the demand record anywhere, and of served ones on their buses and days."""
        demand = problem.demand_by_id[demand_id]
        mine, _ = list_candidates(replace(problem, demands=(demand,)))
        others = [c for c in self._served if c.demand_id != demand_id]
        if len(mine) + len(others) > FEW_CANDIDATES:
            others = [c for c in others if _place(c) in self._places]
        return mine + others

    def _with_room(
        self, candidates: Sequence[Candidate], near: PlanningProblem
    ) -> Sequence[Candidate]:
        """Without new visits to tours that have all the visits they may, if those must stay."""
        if len(candidates) <= FEW_CANDIDATES:
            return candidates
        full = {
            (tour.bus_id, tour.service_date)
            for tour in self.plan.tours
            if len(tour.visits) >= near.bus_by_id[tour.bus_id].max_visits_per_day
        }
        return [
            c
            for c in candidates
            if (c.bus_id, c.service_date) not in full or _place(c) in self._places
        ]

    @cached_property
    def _served(self) -> Sequence[Candidate]:
        served = served_by(self.plan)
        demands = tuple(demand for demand in self.problem.demands if demand.id in served)
        return list_candidates(replace(self.problem, demands=demands))[0]

    @cached_property
    def _places(self) -> frozenset[tuple[object, ...]]:
        return frozenset(
            (visit.demand_id, tour.bus_id, tour.service_date) for tour, visit in self.plan.visits()
        )


def _place(candidate: Candidate) -> tuple[object, ...]:
    return (candidate.demand_id, candidate.bus_id, candidate.service_date)
