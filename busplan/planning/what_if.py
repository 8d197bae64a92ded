"""Two questions of planners, answered by planning the whole week again.

What would it cost to also visit X? The visit is forced in, and the search proves how cheap that
can be. What if a bus is off that day? The week is planned without it, and every visit that stays
where and when it is wins what continuity is worth, so that few people are told anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from busplan.domain.calendar import Closure, Scope
from busplan.domain.dates import DateRange, Window
from busplan.domain.demand import DemandId
from busplan.domain.fleet import BusId
from busplan.domain.objective import cost_of
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.planning.fault import refuse_faults
from busplan.planning.limits import SearchLimits
from busplan.planning.progress import OnProgress, ignore
from busplan.planning.solve import find_best
from busplan.planning.stopping import Stopper
from busplan.planning.weeks.assembly import make_plan
from busplan.planning.weeks.candidates import Candidate, Refusal, list_candidates
from busplan.planning.weeks.master import Master, build_master
from busplan.planning.weeks.rows import Variable
from busplan.planning.weeks.tour_rows import TourRows
from busplan.planning.weeks.tours import list_tours

OFF = "what if it is off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another plan for the same weeks, under its own problem.

    No such plan is better by more than ``gap`` points: in cost or, where it ``weighs_changes``,
    in cost and in visits that stay as they are, together.
    """

    plan: Plan
    problem: PlanningProblem
    cost: int
    gap: int
    weighs_changes: bool

    @property
    def proven(self) -> bool:
        """Whether no such plan is better."""
        return self.gap == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPossible:
    """Why there is no such plan: what forbids the visit, or nothing but the rules together."""

    refusals: tuple[Refusal, ...]
    proven: bool


def plan_also(
    problem: PlanningProblem,
    plan: Plan,
    demand_id: DemandId,
    day: date | None,
    limits: SearchLimits,
    seed: int,
    on_progress: OnProgress = ignore,
    stopper: Stopper | None = None,
) -> Alternative | NotPossible:
    """The cheapest plan found with one more visit of the demand record, on that day if given."""
    candidates, refusals = list_candidates(problem)
    master = build_master(problem, candidates, list_tours(problem, candidates))
    visits = [
        index
        for index, candidate in enumerate(candidates)
        if candidate.demand_id == demand_id and day in (None, candidate.service_date)
    ]
    now = [
        tour.service_date
        for tour, visit in plan.visits()
        if visit.demand_id == demand_id and day in (None, tour.service_date)
    ]
    penalty = _more_than_any_plan(problem)
    forced = _forced(master, visits, len(now) + 1, penalty)
    found = find_best(forced, limits, seed, on_progress, stopper or Stopper(), plan)
    if found.choice.cost >= penalty:
        mine = tuple(
            refusal
            for refusal in refusals
            if refusal.demand_id == demand_id and day in (None, refusal.service_date)
        )
        return NotPossible(refusals=mine, proven=found.bound >= penalty)
    after = make_plan(forced, found.choice)
    refuse_faults(after, problem)
    return Alternative(
        plan=after,
        problem=problem,
        cost=cost_of(after, problem).total,
        gap=max(0, found.choice.cost - found.bound),
        weighs_changes=False,
    )


def plan_without(
    problem: PlanningProblem,
    plan: Plan,
    bus_id: BusId,
    day: date,
    limits: SearchLimits,
    seed: int,
    on_progress: OnProgress = ignore,
    stopper: Stopper | None = None,
) -> Alternative:
    """The best plan found without the bus on that day that changes little else."""
    closure = Closure(
        dates=DateRange(first=day, last=day), scope=Scope.BUS, target=bus_id, reason=OFF
    )
    calendar = replace(problem.calendar, closures=(*problem.calendar.closures, closure))
    closed = replace(problem, calendar=calendar)
    plain, _ = list_candidates(closed)
    candidates = [stay for candidate in plain for stay in _staying(candidate, plan, closed)]
    master = build_master(closed, candidates, list_tours(closed, candidates))
    found = find_best(master, limits, seed, on_progress, stopper or Stopper(), plan)
    after = make_plan(master, found.choice)
    refuse_faults(after, closed)
    return Alternative(
        plan=after,
        problem=closed,
        cost=cost_of(after, closed).total,
        gap=max(0, found.choice.cost - found.bound),
        weighs_changes=True,
    )


def _forced(master: Master, visits: Sequence[int], least: int, penalty: int) -> Master:
    """The same choice, in which fewer than ``least`` of the visits cost more than any plan."""
    program = master.program
    row = program.row(("forced",), lower=least)
    program.tellings.visits += [(visit, row, 1) for visit in visits]
    program.add(
        Variable(name="not forced", cost=penalty, upper=least, integer=True, entries=((row, 1),))
    )
    return replace(master, rows=TourRows.of(master.columns, program))


def _more_than_any_plan(problem: PlanningProblem) -> int:
    """Points that only a plan without the forced visit costs: more than doing nothing at all."""
    nothing = Plan(county=problem.county, first_day=problem.first_day, weeks=problem.weeks)
    return 2 * cost_of(nothing, problem).total + problem.parameters.pin_points


def _staying(candidate: Candidate, plan: Plan, problem: PlanningProblem) -> Sequence[Candidate]:
    """The visit, worth more if the plan has it that day, and most at the very time it has it."""
    numbers = problem.parameters
    for tour, visit in plan.visits():
        place = (visit.demand_id, visit.stop_id, tour.bus_id, tour.service_date)
        here = (candidate.demand_id, candidate.stop_id, candidate.bus_id, candidate.service_date)
        if place == here:
            same_day = numbers.moved_points - numbers.retimed_points
            window = Window(from_min=visit.open_min, to_min=visit.close_min)
            retimed = replace(candidate, savings=candidate.savings + same_day)
            kept = replace(
                candidate, windows=(window,), savings=candidate.savings + numbers.moved_points
            )
            can_keep = candidate.service_min == visit.service_min and any(
                w.holds(visit.open_min, visit.close_min) for w in candidate.windows
            )
            return (retimed, kept) if can_keep else (retimed,)
    return (candidate,)
