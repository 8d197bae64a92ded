"""Proof where weekly caps bind: split all plans into parts until each is proven or too dear.

Best-first branch and price (Barnhart et al., Oper. Res. 46, 1998). Parts of the lowest bounds are
explored side by side: bounded (``week_master``) and split (``splitting``). Where few tours remain,
CP-SAT chooses among them. A plan is looked for among the tours of every relaxation.
"""

import heapq
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np

from busplan.planning.stopping import Stopper
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import whole
from busplan.planning.weeks.selection import Choice, select
from busplan.planning.weeks.side_by_side import Job, first_done
from busplan.planning.weeks.splitting import halves_of
from busplan.planning.weeks.week_master import Part, PartBound, WeekMaster, hopeful_below
from busplan.planning.weeks.week_pricing import Tours

FIRST_WORK, NEXT_WORK = 3.0, 0.5
"""Deterministic units to choose among the tours of the first relaxation and of a later one."""
NEAR = 150
"""Tours of least cost that join those of the first relaxation."""
FEW_TOURS = 150
"""CP-SAT chooses in a part of so few tours, and in one that cannot be split, for at most this
work:"""
LEAF_WORK = 5.0
SIDE_BY_SIDE = 3
"""Parts that are explored at once, on however many cores: Python runs in one thread at a time, so
three keep two cores busy."""

Hear = Callable[[Choice, float], None]


@dataclass(frozen=True, slots=True)
class Proven:
    """The best choice found, and the least that any choice costs."""

    choice: Choice
    bound: float


@dataclass(frozen=True, slots=True)
class _Explored:
    """A part as far as it could be bounded, and its halves; none if it needs none."""

    part: Part
    found: PartBound
    halves: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Exploration:
    """A part being explored."""

    weeks: WeekMaster
    part: Part
    job: Job[_Explored]


@dataclass(slots=True)
class _Search:
    """The open parts by rising bound, those being explored, the best choice, and what is given up.

    ``idle`` are twins that wait for a part; ``columns`` and ``marked`` what all have found so far.
    """

    master: Master
    idle: list[WeekMaster]
    best: Choice
    seed: int
    stopper: Stopper
    hear: Hear
    limit: float
    parts: list[tuple[float, int, Part]] = field(default_factory=list)
    running: list[_Exploration] = field(default_factory=list)
    columns: dict[Tours, None] = field(default_factory=dict)
    marked: dict[int, None] = field(default_factory=dict)
    made: int = 0
    given_up: float = math.inf
    work: float = 0.0
    """Of all that is settled."""
    clock: float = 0.0
    """As ``side_by_side`` counts it."""
    is_ended: bool = False

    @property
    def bound(self) -> float:
        """What no choice undercuts."""
        return min(self._lowest(), self.given_up, self.best.cost)

    def _lowest(self) -> float:
        """The lowest bound of parts that are open or being explored."""
        waiting = self.parts[0][0] if self.parts else math.inf
        return min([waiting, *(exploration.part.bound for exploration in self.running)])

    def open(self, part: Part) -> None:
        """Keep a part for later."""
        heapq.heappush(self.parts, (part.bound, self.made, part))
        self.made += 1

    def run(self) -> None:
        """Explore the parts of the lowest bounds until nothing is cheaper or the work is used.

        How many at once does not depend on the machine, nor in which order they are settled.
        """
        with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE) as threads:
            try:
                while whole(self.bound) < self.best.cost:
                    self._start(threads)
                    if not self.running:
                        break
                    self._settle(self._take_done())
                    self.hear(self.best, self.bound)
            finally:
                self.is_ended = True

    def _start(self, threads: ThreadPoolExecutor) -> None:
        """Let idle twins explore the parts of the lowest bounds."""
        while self.idle and self.parts and not self._is_over():
            bound, _, part = self.parts[0]
            if whole(bound) >= self.best.cost or self.given_up <= self._lowest():
                return
            heapq.heappop(self.parts)
            self._begin(threads, self.idle.pop(), part)

    def _begin(self, threads: ThreadPoolExecutor, weeks: WeekMaster, part: Part) -> None:
        weeks.learn(self.marked, self.columns)
        worked = weeks.work
        future = threads.submit(self._explore, weeks, part, self.limit - self._used())
        job = Job(self.clock, lambda: weeks.work - worked, future)
        self.running.append(_Exploration(weeks, part, job))

    def _used(self) -> float:
        """All work up to the present moment of the clock."""
        worked = (self.clock - exploration.job.begun for exploration in self.running)
        return self.work + sum(max(0.0, work) for work in worked)

    def _is_over(self) -> bool:
        """Whether the work is used or the end was asked for."""
        return self.stopper.asked or self._used() >= self.limit

    def _explore(self, weeks: WeekMaster, part: Part, left: float) -> _Explored:
        end, best = weeks.work + left, self.best.cost

        def is_over() -> bool:
            return self.stopper.asked or self.is_ended or weeks.work >= end

        found = weeks.bound(part, best, is_over)
        tours = np.flatnonzero(hopeful_below(found.least, best))
        part = Part(max(part.bound, found.bound), part.limits, part.banned, tours, found.duals)
        if not found.values or whole(part.bound) >= best:
            return _Explored(part, found, ())
        return _Explored(part, found, halves_of(part, found, weeks))

    def _take_done(self) -> _Explored:
        """The exploration that ends first; its twin is idle again, and what it found is kept."""
        job = first_done([exploration.job for exploration in self.running])
        done = next(one for one in self.running if one.job is job)
        self.running.remove(done)
        self.work += job.worked()
        self.clock = job.clock
        self.columns |= dict.fromkeys(done.weeks.columns)
        self.marked |= dict.fromkeys(done.weeks.marks.marked)
        self.idle.append(done.weeks)
        while len(self.idle) + len(self.running) < SIDE_BY_SIDE:
            self.idle.insert(0, done.weeks.twin())
        return job.future.result()

    def _settle(self, explored: _Explored) -> None:
        """Look for better choices in a part; have CP-SAT prove it, or open its halves."""
        part, found = explored.part, explored.found
        if found.values:
            self._look_among(found)
        if whole(part.bound) >= self.best.cost:
            return
        if not found.values:  # cut short
            self.given_up = min(self.given_up, part.bound)
            return
        least = part.bound
        tours = np.flatnonzero(hopeful_below(found.least, self.best.cost))
        if len(tours) <= FEW_TOURS or not explored.halves:
            least = max(least, self._choose(set(tours.tolist()), LEAF_WORK))
        if whole(least) >= self.best.cost:
            return
        for half in explored.halves:
            self.open(replace(half, bound=least))
        if not explored.halves:
            self.given_up = min(self.given_up, least)

    def _look_among(self, found: PartBound) -> None:
        """Choose among the tours of a relaxation."""
        tours = {tour for chosen in found.values for tour in chosen}
        if self.made == 1:
            tours |= {tour for chosen in self.columns for tour in chosen}
            tours |= set(np.argsort(found.least, kind="stable")[:NEAR].tolist())
        self._choose(tours, FIRST_WORK if self.made == 1 else NEXT_WORK)

    def _choose(self, tours: set[int], work: float) -> float:
        """Keep a better choice among some tours; the least that any of theirs costs."""
        pool = sorted(tours | set(self.best.tours))
        selection = select(
            self.master, pool, hint=self.best, work=work, seed=self.seed, stopper=self.stopper
        )
        self.work += selection.work
        self.clock += selection.work
        if selection.choice is not None and selection.choice.cost < self.best.cost:
            self.best = selection.choice
        return self.best.cost if selection.proven else selection.bound


def branch(
    master: Master,
    weeks: WeekMaster,
    first: Choice,
    part: Part,
    work: float,
    seed: int,
    stopper: Stopper,
    hear: Hear,
) -> Proven:
    """The best choice and a bound of a part of all plans, or of all.

    By parts of it until nothing is cheaper or the work is used.
    """
    search = _Search(master, [weeks], first, seed, stopper, hear, work)
    search.open(part)
    search.run()
    return Proven(search.best, search.bound)
