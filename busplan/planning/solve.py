"""The public entry: a planning problem in, a plan with its proof out.

1. List every feasible day tour (``tours``). 2. Solve the linear relaxation over all of them
(``relaxation``): the bound. 3. Choose whole tours among those the relaxation used: a first plan.
4. Drop every tour whose reduced cost proves that no better plan holds it, and choose among the
rest (``selection``). 5. Where that proves nothing soon, look for better plans in large
neighbourhoods (``improve``), so that more can be dropped, and try again. Where weekly caps bind,
branch instead of 4 and 5 (``branching``); among millions of tours, after annealing a plan while the
bound rises (``far_off``).
"""

import logging
import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from busplan.domain.objective import cost_of, lost_pins
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.solution import Proof, Quality, Solution
from busplan.planning.explaining.explain import explain_unserved
from busplan.planning.explaining.explain_blocks import explain_lost_blocks
from busplan.planning.fault import SolverFault, refuse_faults
from busplan.planning.limits import SearchLimits
from busplan.planning.progress import OnProgress, Progress, ignore
from busplan.planning.stopping import Stopper
from busplan.planning.weeks.annealing import Annealing
from busplan.planning.weeks.assembly import make_plan
from busplan.planning.weeks.branching import branch
from busplan.planning.weeks.candidates import list_candidates
from busplan.planning.weeks.far_off import approach
from busplan.planning.weeks.improve import improve
from busplan.planning.weeks.master import Master, build_master
from busplan.planning.weeks.relaxation import TOLERANCE, Relaxation, relax, whole
from busplan.planning.weeks.selection import Choice, select
from busplan.planning.weeks.tours import list_tours
from busplan.planning.weeks.warm_start import choice_from
from busplan.planning.weeks.week_master import Part, WeekMaster

FIRST_PLAN_WORK = 0.7
"""Most deterministic units spent on a first plan; where that finds none, and among many tours,
one is annealed."""
START_WORK = 2.8
"""Most deterministic units to choose among the tours of an earlier plan, or none at all."""
MANY_TOURS = 1_000_000
"""Among more tours the best plan and the bound are brought nearer before anything is split."""
FIRST_POOL = 2000
"""Most tours a first plan is chosen among."""
QUICK_PROOF_WORK = 2.0
"""Deterministic units for a proof at once; most weeks without weekly caps need less."""
PROOF_POOL = 60_000
"""Most tours among which a proof is tried; beyond, the program would fill the memory."""
IMPROVEMENT_SHARE = 0.6
"""Share of the work left then that goes into better plans, the rest into proof."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """The best choice so far with the bound in points; proven when nothing is cheaper."""

    choice: Choice
    bound: int

    @property
    def proven(self) -> bool:
        """Whether no plan is cheaper."""
        return self.bound >= self.choice.cost


def solve(
    problem: PlanningProblem,
    limits: SearchLimits,
    seed: int,
    on_progress: OnProgress = ignore,
    stopper: Stopper | None = None,
    start: Plan | None = None,
) -> Solution:
    """The best plan found within the limits, checked, with bound and reasons.

    An impossible demand is left unserved with its reason. ``stopper.stop()``, from any thread,
    ends the search and keeps the best plan so far. The plan is never worse than what can still be
    driven of ``start``, an earlier plan of these or other weeks. Raises ``SolverFault``, which is
    a bug of ours, rather than return a plan that breaks a rule.
    """
    stopper = stopper or Stopper()
    timer = threading.Timer(limits.seconds or 0, stopper.stop)
    timer.daemon = True
    if limits.seconds is not None:
        timer.start()
    try:
        return _solve(problem, limits, seed, on_progress, stopper, start)
    finally:
        timer.cancel()


def _solve(
    problem: PlanningProblem,
    limits: SearchLimits,
    seed: int,
    on_progress: OnProgress,
    stopper: Stopper,
    start: Plan | None,
) -> Solution:
    candidates, refusals = list_candidates(problem)
    columns = list_tours(
        problem,
        candidates,
        lambda day, tours: on_progress(Progress(stage="tours", detail=f"{day}: {tours} tours")),
    )
    master = build_master(problem, candidates, columns)
    found = find_best(master, limits, seed, on_progress, stopper, start)
    plan = make_plan(master, found.choice)
    refuse_faults(plan, problem)
    on_progress(Progress(stage="reasons", cost=found.choice.cost, bound=found.bound))
    terms = cost_of(plan, problem)
    bound = found.bound
    if bound > terms.total:  # the master and the objective disagree: a bug, so nothing is proven
        _log.error("bound %d above the cost %d: no proof is claimed", bound, terms.total)
        bound = 0
    return Solution(
        plan=plan,
        quality=Quality(
            terms=terms,
            bound=bound,
            proof=Proof.OPTIMAL if bound == terms.total else Proof.BOUNDED,
        ),
        unserved=explain_unserved(master, found.choice, refusals, plan, stopper),
        lost_blocks=explain_lost_blocks(master, plan, refusals, found.proven),
        lost_pins=tuple(
            f"{pin.demand_id} at {pin.stop_id} on {pin.service_date}"
            for pin in lost_pins(plan, problem)
        ),
    )


def find_best(
    master: Master,
    limits: SearchLimits,
    seed: int,
    on_progress: OnProgress,
    stopper: Stopper,
    start: Plan | None,
) -> Found:
    """The best choice found within the limits; never worse than what remains of ``start``."""
    start_tours = () if start is None else choice_from(start, master)
    return _search(master, limits, seed, on_progress, stopper, start_tours)


def _search(
    master: Master,
    limits: SearchLimits,
    seed: int,
    on_progress: OnProgress,
    stopper: Stopper,
    start_tours: tuple[int, ...] = (),
) -> Found:
    """The best choice; never worse than the best among ``start_tours``."""
    started = _choose(master, start_tours, START_WORK, seed) if start_tours else None
    on_progress(Progress(stage="relaxation", cost=None if started is None else started.cost))
    relaxation = relax(master, lambda: stopper.asked)
    first = _first_choice(master, relaxation, limits, seed)
    if started is not None and started.cost < first.cost:
        first = started
    if relaxation is None:
        return Found(first, 0)
    found = Found(first, relaxation.bound)
    on_progress(Progress(stage="first plan", cost=first.cost, bound=found.bound))
    if found.proven or stopper.asked:
        return found

    def hear(choice: Choice, bound: float = -math.inf) -> None:
        best = min(whole(max(relaxation.bound, bound)), choice.cost)
        on_progress(Progress(stage="search", cost=choice.cost, bound=best))

    weeks = WeekMaster.of(master, relaxation)
    if weeks is not None:
        left, part = limits.work, Part(relaxation.bound, {}, duals=relaxation.duals)
        if len(master.columns) > MANY_TOURS:
            nearer = approach(master, weeks, first, relaxation, left, seed, stopper, hear)
            first, part, left = nearer.choice, nearer.part, left - nearer.work
        proven = branch(master, weeks, first, part, left, seed, stopper, hear)
        return Found(proven.choice, min(whole(proven.bound), proven.choice.cost))
    quick = _prove(
        master, relaxation, found, min(QUICK_PROOF_WORK, limits.work), seed, stopper, hear
    )
    left = limits.work - quick.work
    if quick.found.proven or left <= 0 or stopper.asked:
        return quick.found
    half = left * IMPROVEMENT_SHARE
    better = improve(master, relaxation, quick.found.choice, half, seed, stopper, hear)
    found = Found(better.choice, quick.found.bound)
    if found.proven or stopper.asked:
        return found
    return _prove(master, relaxation, found, left - better.work, seed, stopper, hear).found


@dataclass(frozen=True, slots=True)
class _Proof:
    found: Found
    work: float


def _prove(
    master: Master,
    relaxation: Relaxation,
    first: Found,
    work: float,
    seed: int,
    stopper: Stopper,
    hear: Callable[[Choice, float], None],
) -> _Proof:
    """Choose among all tours that a better plan may hold, until proven or out of work."""
    pool = _undecided(relaxation, first.choice)
    if len(pool) > PROOF_POOL:
        return _Proof(first, 0.0)
    selection = select(
        master, pool, hint=first.choice, work=work, seed=seed, stopper=stopper, on_choice=hear
    )
    best = first.choice
    if selection.choice is not None and selection.choice.cost < best.cost:
        best = selection.choice
    # What the pool leaves out costs more than the first choice, so the pool's bound holds for all.
    known = best.cost if selection.proven else whole(max(first.bound, selection.bound))
    return _Proof(Found(best, min(known, best.cost)), selection.work)


def _first_choice(
    master: Master, relaxation: Relaxation | None, limits: SearchLimits, seed: int
) -> Choice:
    """A first plan, even when the search was ended before it began."""
    pool: Sequence[int]
    if relaxation is None:
        pool = np.argsort(master.hopes(), kind="stable")[:FIRST_POOL].tolist()
    else:
        order = np.argsort(relaxation.reduced_costs[relaxation.active], kind="stable")
        pool = relaxation.active[order][:FIRST_POOL].tolist()
    is_large = relaxation is not None and len(master.columns) > MANY_TOURS
    choice = None if is_large else _choose(master, pool, min(FIRST_PLAN_WORK, limits.work), seed)
    if choice is not None:
        return choice
    choice = _choose(master, (), START_WORK, seed)
    if choice is None:
        raise SolverFault("not even the empty plan is lawful", master.problem)
    if relaxation is None:
        return choice
    return Annealing(master, relaxation, seed).improve(choice, 0.1, Stopper(), _unheard).choice


def _unheard(_: Choice) -> None:
    """Nobody is told of a first plan before it is there."""


def _choose(master: Master, pool: Sequence[int], work: float, seed: int) -> Choice | None:
    """The best choice among few tours, if so much work finds one."""
    return select(master, pool, hint=None, work=work, seed=seed, stopper=Stopper()).choice


def _undecided(relaxation: Relaxation, best: Choice) -> list[int]:
    """Tours that a plan cheaper than the best may still hold, and those of the best itself."""
    room = best.cost - relaxation.bound
    kept = set(np.flatnonzero(relaxation.reduced_costs <= room + TOLERANCE).tolist())
    return sorted(kept | set(best.tours))
