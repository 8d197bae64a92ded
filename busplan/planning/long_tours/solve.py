"""The public entry for long tours over a cycle of days: a periodic problem in, a plan out.

Chains of ruin and recreate search side by side, each with random numbers of its own, and where
most stops come back in waves, one after the other. After every round an integer program combines
the tours they have met (``periodic_master``), and the chains go on from the best plan. Before the
last round a bound is looked for (``periodic_bound``), unless there are too many stops for the
limits; with very many, plans of many short searches are crossed (``breeding``) and tours are
combined by price (``schedule``). Chains are merged in their
order, so a counted limit gives the same plan on any number of workers.
"""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial
from math import inf
from random import Random

from busplan.domain.periodic import PeriodicPlan, PeriodicProblem, PeriodicTour, periodic_cost
from busplan.domain.periodic_check import check_periodic_plan
from busplan.planning.compiled import make_random
from busplan.planning.fault import refuse_periodic_faults
from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.breeding import Breeding
from busplan.planning.long_tours.chain import (
    BEST,
    LOOKED,
    TEMPERATURE,
    Search,
    make_search,
    mean_leg,
)
from busplan.planning.long_tours.crossing import load_crossing
from busplan.planning.long_tours.periodic_arrays import Arrays, to_arrays
from busplan.planning.long_tours.periodic_bound import bound_below, load_pricing
from busplan.planning.long_tours.periodic_master import combine
from busplan.planning.long_tours.periodic_plans import best_plan, list_tours, load_plan, make_plan
from busplan.planning.long_tours.priced_choice import combine_by_price
from busplan.planning.long_tours.recreate import complete_all
from busplan.planning.long_tours.ruin_recreate import anneal, cool
from busplan.planning.long_tours.schedule import Schedule, schedule_for
from busplan.planning.long_tours.tour_pool import Pool, is_full, make_pool, shrink
from busplan.planning.progress import OnProgress, Progress, ignore
from busplan.planning.stopping import POLL_SECONDS, Stopper

LOOKED_PER_WORK = 9e7
"""Places looked at for insertion in one deterministic unit, about a second."""
CHUNK = 1e6
"""Places looked at between two looks at the limits."""
BOUNDED = 0.95
"""Share of the limits used up when the search for a bound ends, which comes before that."""
MEETINGS = 8
"""How often lanes of breeding meet."""
Clock = Callable[[], float]
"""Seconds from some moment on."""
ROUNDING = 1e-9
"""Rounding in the sums of a plan's cost and of its bound, as a share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicSolution:
    """The best plan found, checked, or ``None``; its cost, and a bound where one was proven."""

    plan: PeriodicPlan | None
    cost: float | None
    bound: float | None = None

    @property
    def gap(self) -> float | None:
        """Share of the cost that a better plan could still save."""
        return Progress(stage="", cost=self.cost, bound=self.bound).gap


def solve_periodic(
    problem: PeriodicProblem,
    limits: SearchLimits,
    seed: int,
    on_progress: OnProgress = ignore,
    stopper: Stopper | None = None,
    start: PeriodicPlan | None = None,
    workers: int = 1,
    clock: Clock = time.monotonic,
) -> PeriodicSolution:
    """The best plan found within the limits; never dearer than a lawful ``start``.

    ``plan`` is ``None`` where no lawful plan was met. ``stopper.stop()``, from any thread, ends
    the search and keeps the best. Counted work is per lane of chains. ``limits.seconds`` count
    from when the machine code is loaded: the first call ever compiles it, for about half a minute;
    ``clock`` tells them. Raises PeriodicFault, a bug, if the plan is unlawful.
    """
    run = _Run(problem, limits, seed, on_progress, stopper or Stopper(), workers, clock)
    if start is not None and next(check_periodic_plan(start, problem), None) is None:
        run.offer(start)
    if problem.stops and not run.prepare(start):
        return PeriodicSolution(plan=None, cost=None)
    if not problem.stops:
        run.bound = 0.0
        run.offer(PeriodicPlan(tours=()))
    else:
        run.go_through()
    if run.plan is None:
        return PeriodicSolution(plan=None, cost=None)
    refuse_periodic_faults(run.plan, problem)
    cost = periodic_cost(run.plan, problem)
    bound = None if run.bound is None else min(run.bound, cost)
    return PeriodicSolution(plan=run.plan, cost=cost, bound=bound)


@dataclass(slots=True)
class _Run:
    """One search: its chains, their pools, the best plan and what of the limits is used."""

    problem: PeriodicProblem
    limits: SearchLimits
    seed: int
    on_progress: OnProgress
    stopper: Stopper
    workers: int
    clock: Clock
    arrays: Arrays = field(init=False)
    chains: list[Search] = field(init=False)
    pools: list[Pool] = field(init=False)
    plan: PeriodicPlan | None = None
    cost: float = float("inf")
    bound: float | None = None
    priced: tuple[PeriodicTour, ...] = ()
    schedule: Schedule = field(init=False)
    begun: float = field(init=False)
    work: float = 0.0

    def __post_init__(self) -> None:
        self.arrays = to_arrays(self.problem)
        self.schedule = schedule_for(self.problem, self.limits)
        lanes = self.schedule.lanes if self.limits.seconds is None else max(1, self.workers)
        count = lanes * self.schedule.waves
        self.chains = []
        self.pools = []
        if self.problem.stops:
            self.chains = [
                make_search(self.arrays, make_random(self.seed, chain)) for chain in range(count)
            ]
            self.pools = [make_pool(self.arrays) for _ in range(lanes)]
            load_plan(self.arrays, self.chains[0], PeriodicPlan(tours=()))
            anneal(self.arrays, self.chains[0], self.pools[0], 0.0)  # loads the machine code
            load_pricing(self.arrays)
            if self.schedule.crossed:
                load_crossing(self.arrays)
        self.begun = self.clock()

    def prepare(self, start: PeriodicPlan | None) -> bool:
        """Give every chain a first plan, lawful or not; False if a stop finds no place at all."""
        for number, chain in enumerate(self.chains):
            is_apart = self.schedule.crossed > 0 and number % self.schedule.waves > 0
            if start is not None and not is_apart:
                load_plan(self.arrays, chain, start)
            if not complete_all(self.arrays, chain):
                return False
        return True

    def go_through(self) -> None:
        """All rounds, the bound before the last; nothing more once the plan is proven."""
        for number, end in enumerate((*self.schedule.rounds, 1.0)):
            if end == 1.0 and self.schedule.bounded:
                self.find_bound()
            if self.is_over() or self.is_proven():
                return
            begin = self.share()
            self.search(end, self.schedule.warm if number else self.schedule.hot)
            self.cross(end - self.schedule.combine * (end - begin))
            self.combine(end)

    def is_proven(self) -> bool:
        """Whether no plan is cheaper, but for rounding."""
        return self.bound is not None and self.bound >= self.cost * (1 - ROUNDING)

    def find_bound(self) -> None:
        """Look for a bound from the tours met; its tours are combined too."""
        if self.plan is None or self.stopper.asked:
            return

        def tell(bound: float) -> None:
            self.bound = min(bound, self.cost)
            self.tell(self.cost)

        found = bound_below(
            self.problem,
            self.arrays,
            self.plan,
            list_tours(self.problem, self.pools, self.schedule.known),
            self.cost,
            lambda work: self.stopper.asked or self.share(work) >= BOUNDED,
            tell,
        )
        self.bound, self.priced = found.value, found.tours
        self.work += found.work

    def offer(self, plan: PeriodicPlan) -> None:
        """Keep a lawful plan if it is the cheapest so far, and tell of it."""
        cost = periodic_cost(plan, self.problem)
        if cost < self.cost:
            self.plan, self.cost = make_plan(plan.tours), cost
            self.tell(cost)

    def offer_best(self, plans: list[PeriodicPlan]) -> None:
        """Keep the cheapest of some lawful plans if it is the cheapest so far."""
        if plans:
            self.offer(min(plans, key=lambda plan: periodic_cost(plan, self.problem)))

    def tell(self, cost: float) -> None:
        """Report the cost of the best plan."""
        self.on_progress(Progress(stage="search", cost=cost, bound=self.bound))

    def share(self, extra: float = 0.0) -> float:
        """Which share of the limits is used, with so much extra work."""
        used = (self.work + extra) / self.limits.work
        if self.limits.seconds is not None:
            used = max(used, (self.clock() - self.begun) / self.limits.seconds)
        return used

    def seconds_left(self, end: float) -> float:
        """Up to a share of the seconds: infinite without a limit, 0 once the end is asked for."""
        if self.stopper.asked:
            return 0.0
        seconds = self.limits.seconds
        return inf if seconds is None else end * seconds - (self.clock() - self.begun)

    def is_over(self) -> bool:
        """Whether the search must end."""
        return self.stopper.asked or self.share() >= 1

    def search(self, end: float, heat: float) -> None:
        """One round of all chains, up to a share of the limits less what combining takes.

        ``heat`` is the temperature at its start, in mean legs.
        """
        begin = self.share()
        end -= (self.schedule.combine + self.schedule.crossed) * (end - begin)
        waves = self.schedule.waves
        for wave in range(waves):
            if self.is_over():
                break
            self._search_wave(wave, begin + (end - begin) * (wave + 1) / waves, heat)
        self.offer_best(self._best_plans(self.chains))

    def _search_wave(self, wave: int, end: float, heat: float) -> None:
        """Let the chains of one wave search side by side, up to a share of the limits."""
        begin = self.share()
        chains = self.chains[wave :: self.schedule.waves]  # one of each lane
        self._side_by_side(
            chains,
            [
                partial(self._anneal, chain, lane, begin, end, heat)
                for lane, chain in enumerate(chains)
            ],
        )

    def _side_by_side(self, chains: list[Search], jobs: list[Callable[[], None]]) -> None:
        """Do one job with each chain, and count the longest."""
        before = [float(chain.figures[LOOKED]) for chain in chains]
        with ThreadPoolExecutor(max_workers=max(1, self.workers)) as threads:
            self._watch([threads.submit(job) for job in jobs])
        looked = zip(chains, before, strict=True)
        self.work += max(chain.figures[LOOKED] - was for chain, was in looked) / LOOKED_PER_WORK

    def cross(self, end: float) -> None:
        """Breed from the plans of all chains, up to a share of the limits, if the schedule says so.

        Lanes meet now and then and take on each other's best plans. Once nothing is left to try, a
        search from nothing brings new ones.
        """
        if not self.schedule.crossed:
            return
        begin, waves = self.share(), self.schedule.waves
        meetings = (end - begin) / MEETINGS
        chains = self.chains[::waves]
        found = self._best_plans(self.chains) + ([] if self.plan is None else [self.plan])
        lanes = [
            Breeding(
                self.problem, self.arrays, chain, pool, list(found), Random(f"{self.seed} {lane}")
            )
            for lane, (chain, pool) in enumerate(zip(chains, self.pools, strict=True))
        ]
        if not found:
            self._search_wave(0, end, self.schedule.warm)
            self.offer_best(self._best_plans(chains))
        while self.share() < end and found and not self.stopper.asked:
            until = min(end, self.share() + meetings)
            self._side_by_side(chains, [partial(self._breed, lane, until) for lane in lanes])
            self.pools = [lane.pool for lane in lanes]
            found = [lane.best for lane in lanes]
            self.offer_best(found)
            if self.share() < until and not self.stopper.asked:
                found += self._anew(min(end, self.share() + begin / waves))
            for lane, pool in zip(lanes, self.pools, strict=True):
                lane.pool = pool
                lane.plans += [plan for plan in found if plan not in lane.plans]
            self.offer_best(found)

    def _breed(self, lane: Breeding, end: float) -> None:
        before = float(lane.chain.figures[LOOKED])

        def is_over() -> bool:
            looked = lane.chain.figures[LOOKED] - before
            return self.stopper.asked or self.share(looked / LOOKED_PER_WORK) >= end

        lane.go_on(is_over)

    def _anew(self, end: float) -> list[PeriodicPlan]:
        """The plans of a wave that begins with nothing; none if a stop then finds no place."""
        chains = self.chains[:: self.schedule.waves]
        for chain in chains:
            load_plan(self.arrays, chain, PeriodicPlan(tours=()))
            chain.figures[BEST] = inf
            if not complete_all(self.arrays, chain):
                self.work += CHUNK / LOOKED_PER_WORK
                return []
        self._search_wave(0, end, self.schedule.hot)
        return self._best_plans(chains)

    def _best_plans(self, chains: Iterable[Search]) -> list[PeriodicPlan]:
        """The best plan of every chain that has met one."""
        return [plan for chain in chains if (plan := best_plan(self.arrays, chain))]

    def _watch(self, jobs: list[Future[None]]) -> None:
        """Tell of better plans until all chains are done; on Ctrl-C they end at once."""
        told = self.cost
        try:
            while wait(jobs, timeout=POLL_SECONDS).not_done:
                best = min(float(chain.figures[BEST]) for chain in self.chains)
                if best < told:
                    told = best
                    self.tell(min(best * (1 + ROUNDING), self.cost))  # added up step by step
        except BaseException:
            self.stopper.stop()
            raise
        for job in jobs:
            job.result()

    def _anneal(self, chain: Search, lane: int, begin: float, end: float, heat: float) -> None:
        """Cool one chain down while its share of the limits lasts; its lane has the pool."""
        leg = mean_leg(self.arrays)
        before = float(chain.figures[LOOKED])
        while not self.stopper.asked:
            now = self.share((chain.figures[LOOKED] - before) / LOOKED_PER_WORK)
            if now >= end:
                return
            done = (now - begin) / (end - begin)
            chain.figures[TEMPERATURE] = cool(heat * leg, self.schedule.cold * leg, done)
            anneal(self.arrays, chain, self.pools[lane], CHUNK)
            if is_full(self.pools[lane]):
                self.pools[lane] = shrink(self.pools[lane], self.arrays)

    def combine(self, end: float) -> None:
        """Combine the tours met, and let the chains go on from the best plan."""
        if self.plan is None or self.stopper.asked:
            return
        tours = [*list_tours(self.problem, self.pools, self.schedule.combined), *self.priced]
        if self.schedule.by_price:
            left_until = partial(self.seconds_left, end)
            found = combine_by_price(self.problem, tours, self.plan, left_until)
        else:
            left = max(end - self.share(), 0.001)
            found = combine(
                self.problem,
                tours,
                self.plan,
                work=left * self.limits.work,
                seconds=self.limits.seconds and left * self.limits.seconds,
                seed=self.seed,
                stopper=self.stopper,
            )
        self.work += found.work
        if found.plan is not None:
            self.offer(found.plan)
        for chain in self.chains:
            load_plan(self.arrays, chain, self.plan)
