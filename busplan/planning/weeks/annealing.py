"""Far-off plans annealed among millions of tours.

Caps, rows that nothing but tours counts for, and what visits win are kept to the letter; crews and
all other rows have the price that the relaxation gives them. Whether some crew can man the tours,
and at what cost, CP-SAT then tells, choosing among all tours that make the same visits or some of
them: at other times, with others on board.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import InitVar, dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from busplan.planning.compiled import Random, make_random
from busplan.planning.stopping import Stopper
from busplan.planning.weeks.anneal_rules import rules_of
from busplan.planning.weeks.anneal_steps import NO_TOUR, Lists, Rules, State, anneal, put
from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.day_times import NEVER
from busplan.planning.weeks.improve import Improved
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import Relaxation
from busplan.planning.weeks.selection import Choice, Selection, select
from busplan.planning.weeks.tour_rows import Floats

PER_SLOT = 5000
"""Most tours of a slot that are tried, those of least reduced cost."""
SLOT_STEPS, LONG_STEPS = 5000, 50_000
"""Steps of a run for every slot, and of one that has time."""
CHUNK = 100_000
"""Steps between two looks at whether the end was asked for."""
STEP_WORK = 1e-5
"""Deterministic units of a step; choosing crews is counted besides."""
CREW_WORK = 0.5
"""Most deterministic units to choose crews for the tours of a run."""
FIRST_HEAT, NEXT_HEAT, COOLED = 0.04, 0.02, 0.004
"""Temperatures, in parts of what an average slot wins; every run ends at the last."""
PATIENCE = 4
"""Runs in turn without a better choice after which a search begins anew, from nothing."""
SEARCHES = 6
"""Searches after which nothing more is expected: where they end differs by a per cent."""
NO_CAP_MIN = 2**31
_KNOWN = Selection(None, -math.inf, False, 0.0)


@dataclass(frozen=True, slots=True)
class Market:
    """The tours of every slot, most promising first, and the price of every tour.

    Prices are without what visits win. ``scale`` is what an average slot wins.
    """

    tours: tuple[Ints, ...]
    prices: Floats
    scale: float


@dataclass
class Annealing:
    """Searches that can be gone on with, at the prices of the plain relaxation.

    ``slot_steps`` are those of a run for every slot; searches of several ``stream`` draw other
    numbers. The first search begins with ``start``, all
    others with nothing. ``searches`` counts those begun, ``idle`` the runs in turn in which the
    last found nothing.
    """

    master: Master
    relaxation: Relaxation
    seed: int
    slot_steps: int = SLOT_STEPS
    stream: int = 0
    start: InitVar[Choice | None] = None
    searches: int = 1
    idle: int = 0
    _here: Choice | None = field(init=False)
    """What the present search begins its next run with; ``None`` before its first."""
    _random: Random = field(init=False)
    _rules: Rules = field(init=False)
    _kept_rows: NDArray[np.bool_] = field(init=False)

    def __post_init__(self, start: Choice | None) -> None:
        self._here = start if start is not None and start.tours else None
        self._random = make_random(self.seed, self.stream)
        self._rules, self._kept_rows = rules_of(self.master)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is expected."""
        return self.searches > SEARCHES

    def improve(
        self,
        first: Choice,
        work: float,
        stopper: Stopper,
        on_choice: Callable[[Choice], None],
    ) -> Improved:
        """A choice no worse than the first, by runs within the work."""
        best, spent = first, 0.0
        while spent < work and not stopper.asked and not self.is_over:
            found = self._next(stopper)
            spent += self._steps * STEP_WORK + found.work
            if found.choice is not None and found.choice.cost < best.cost:
                best = found.choice
                on_choice(best)
        return Improved(best, spent)

    def _next(self, stopper: Stopper) -> Selection:
        """The choice that one more run ends with, unless it is the one it began with."""
        here = self._here
        begin, heat = ((), FIRST_HEAT) if here is None else (here.tours, NEXT_HEAT)
        tours = self.run(begin, heat, stopper)
        nothing_new = here is not None and tours == here.tours
        found = _KNOWN if nothing_new else self._manned(tours, stopper)
        self.idle += 1
        if found.choice is not None and (here is None or found.choice.cost < here.cost):
            self._here, self.idle = found.choice, 0
        if self.idle >= PATIENCE:
            self._here, self.idle, self.searches = None, 0, self.searches + 1
        return found

    def run(self, first: tuple[int, ...], heat: float, stopper: Stopper) -> tuple[int, ...]:
        """The tours, rising, that a run from these ends with: the first, if none are cheaper."""
        tours, lists = self._listed(first)
        state = self._state(lists, np.flatnonzero(np.isin(tours, first)))
        hot = max(1.0, self._market.scale * heat)
        cooling = float(max(1.0, self._market.scale * COOLED) / hot) ** (1 / self._steps)
        for done in range(0, self._steps, CHUNK):
            if stopper.asked:
                break
            steps = min(CHUNK, self._steps - done)
            anneal(lists, self._rules, state, steps, hot * cooling**done, cooling, self._random)
        found = state.best
        return tuple(sorted(tours[found[found != NO_TOUR]].tolist()))

    @cached_property
    def _market(self) -> Market:
        """What runs choose among."""
        reduced = self.relaxation.reduced_costs
        found = [
            tours[np.argsort(reduced[tours], kind="stable")[:PER_SLOT]]
            for tours in self.master.columns.by_slot.values()
        ]
        duals = np.where(self._kept_rows, 0.0, self.relaxation.duals)
        won = self.master.program.constant - self.relaxation.bound
        return Market(
            tours=tuple(found),
            prices=self.master.rows.reduced_costs(self.master.costs, duals),
            scale=won / max(1, len(found)),
        )

    def _listed(self, first: tuple[int, ...]) -> tuple[Ints, Lists]:
        """The tours of the market and the first ones, as the compiled steps see them."""
        columns = self.master.columns
        own = np.array(first, dtype=np.int64)
        slots = [
            np.concatenate([tours, np.setdiff1d(own[columns.slots[own] == slot], tours)])
            for slot, tours in zip(columns.by_slot, self._market.tours, strict=True)
        ]
        tours = np.concatenate([np.zeros(0, dtype=np.int64), *slots])
        visits, span = columns.tours.visits[tours], columns.tours.span[tours].astype(np.int32)
        lists = Lists(
            first=np.cumsum([0, *map(len, slots)], dtype=np.int64),
            visits=np.where(visits == NEVER, len(columns.candidates), visits).astype(np.int32),
            minutes=span[:, 1] - span[:, 0],
            cost=self._market.prices[tours],
            cap_of=self._cap_of,
        )
        return tours, lists

    def _state(self, lists: Lists, chosen: Ints) -> State:
        """These places of the lists, chosen."""
        slots, rules = len(lists.cap_of), self._rules
        closed = np.repeat(rules.most <= 0, np.diff(rules.limited_first))
        state = State(
            chosen=np.full(slots, NO_TOUR, dtype=np.int64),
            best=np.full(slots, NO_TOUR, dtype=np.int64),
            costs=np.zeros(2),
            left=self._caps.copy(),
            counts=np.zeros(len(rules.most), dtype=np.int64),
            win_counts=np.zeros(len(rules.won), dtype=np.int64),
            full=np.bincount(rules.limited[closed], minlength=len(rules.limit_first) - 1),
            before=np.zeros(slots, dtype=np.int64),
            order=np.arange(slots),
        )
        for slot, item in zip(
            (np.searchsorted(lists.first, chosen, side="right") - 1).tolist(),
            chosen.tolist(),
            strict=True,
        ):
            put(slot, item, lists, rules, state)
        state.best[:] = state.chosen
        return state

    def _manned(self, tours: Iterable[int], stopper: Stopper) -> Selection:
        """The best choice among all tours that make, slot by slot, these visits or some of them."""
        columns = self.master.columns
        pool = []
        for tour in tours:
            may = np.zeros(len(columns.candidates) + 1, dtype=np.bool_)
            may[[*columns.tours.visits[tour].tolist(), NEVER]] = True
            here = columns.by_slot[int(columns.slots[tour])]
            pool += here[may[columns.tours.visits[here]].all(axis=1)].tolist()
        return select(self.master, pool, hint=None, work=CREW_WORK, seed=self.seed, stopper=stopper)

    @property
    def _steps(self) -> int:
        """Steps of a run."""
        return self.slot_steps * max(1, len(self.master.columns.by_slot))

    @cached_property
    def _cap_rows(self) -> tuple[int, ...]:
        """By place of the slot, the row of its cap; ``NEVER`` without one."""
        capped = {slot: row for slot, row, _ in self.master.program.tellings.presence}
        return tuple(capped.get(slot, NEVER) for slot in self.master.columns.by_slot)

    @cached_property
    def _cap_of(self) -> Ints:
        """By place of the slot, the number of its cap."""
        return np.unique(self._cap_rows, return_inverse=True)[1].astype(np.int64)

    @cached_property
    def _caps(self) -> Ints:
        """Minutes of all caps, those without one in common."""
        upper = self.master.program.upper
        rows = np.unique(self._cap_rows).tolist()
        return np.array([NO_CAP_MIN if row == NEVER else upper[row] for row in rows], np.int64)
