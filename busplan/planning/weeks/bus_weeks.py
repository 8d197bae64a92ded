"""What a bus's week can cost at least where a weekly cap binds it.

A *bus-week* is at most one tour a day whose minutes together keep the cap. There are far too many
to list, but the cheapest for given duals is found day by day over the minutes used so far
(Dantzig & Wolfe, Oper. Res. 8, 1960; the knapsack with one choice a day as its own subproblem).
This one may visit a stop twice; ``week_labels`` finds those that do not.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.relaxation import TOLERANCE
from busplan.planning.weeks.tour_rows import Floats


@dataclass(frozen=True, slots=True)
class BusWeek:
    """A capped bus in one week: its cap row, cap in minutes, and its tours day by day."""

    row: int
    cap_min: int
    days: tuple[Ints, ...]


@dataclass(frozen=True, slots=True)
class Cheapest:
    """The least cost of a bus-week by the minutes it may use, 0 to the cap.

    ``before[d]`` of the days before the ``d``-th, ``after[d]`` of the ``d``-th and later.
    """

    before: tuple[Floats, ...]
    after: tuple[Floats, ...]

    @property
    def value(self) -> float:
        """The least cost of all; 0 or below."""
        return float(self.before[-1][-1])


@dataclass(frozen=True)
class WeekSearch:
    """The bus-weeks of a master; ``free`` marks tours of buses without a cap.

    ``own_rows`` are what a bus-week keeps by itself: one tour a day, and its cap.
    """

    master: Master
    weeks: tuple[BusWeek, ...]
    presence: Ints
    free: NDArray[np.bool_]
    own_rows: NDArray[np.bool_]

    @staticmethod
    def of(master: Master) -> "WeekSearch":
        """The bus-weeks of all capped buses; none if no cap binds."""
        columns, program = master.columns, master.program
        span = columns.tours.span.astype(np.int64)
        capped: defaultdict[int, list[int]] = defaultdict(list)
        for slot, row, _ in program.tellings.presence:
            capped[row].append(slot)
        own = np.zeros(len(program.lower), dtype=np.bool_)
        free = np.ones(len(columns), dtype=np.bool_)
        for row, slots in capped.items():
            own[row] = True
            for slot in slots:
                free[columns.by_slot[slot]] = False
                own[program.row(("bus_day", *columns.slot_at(slot)))] = True
        weeks = tuple(
            BusWeek(row, int(program.upper[row]), tuple(columns.by_slot[slot] for slot in slots))
            for row, slots in capped.items()
        )
        return WeekSearch(master, weeks, span[:, 1] - span[:, 0], free, own)

    def cheapest(self, week: BusWeek, reduced: Floats) -> Cheapest:
        """The cheapest weeks at these reduced costs of tours."""
        offers = [self._offers(tours, reduced) for tours in week.days]
        before, after = [np.zeros(week.cap_min + 1)], [np.zeros(week.cap_min + 1)]
        for day in offers:
            before.append(self._with_day(before[-1], day, reduced))
        for day in reversed(offers):
            after.append(self._with_day(after[-1], day, reduced))
        return Cheapest(tuple(before), tuple(reversed(after)))

    def _offers(self, tours: Ints, reduced: Floats) -> Ints:
        """The tours of a day worth having, none both longer and no cheaper than another."""
        tours = tours[reduced[tours] < -TOLERANCE]
        tours = tours[np.lexsort((reduced[tours], self.presence[tours]))]
        least = np.minimum.accumulate(reduced[tours])
        return tours[np.diff(least, prepend=0.0) < 0]

    def _with_day(self, before: Floats, day: Ints, reduced: Floats) -> Floats:
        """The least costs with one more day."""
        best = before.copy()
        for tour in day.tolist():
            minutes = int(self.presence[tour])
            with_tour = before[: max(0, len(before) - minutes)] + reduced[tour]
            np.minimum(best[minutes:], with_tour, out=best[minutes:])
        return best

    def dearer(
        self, cheapest: Sequence[Cheapest], least: Sequence[float], reduced: Floats
    ) -> Floats:
        """How much dearer than the bound the best plan with each tour is.

        ``least`` are the true least costs of the weeks that the bound is made of.
        """
        dearer = np.where(self.free, np.maximum(reduced, 0.0), reduced)
        for week, cost, value in zip(self.weeks, cheapest, least, strict=True):
            for day, tours in enumerate(week.days):
                dearer[tours] += self._beside(week, cost, day, tours) - value
        return dearer

    def _beside(self, week: BusWeek, cost: Cheapest, day: int, tours: Ints) -> Floats:
        """The least cost of the other days of a week, for each tour of a day."""
        minutes, inverse = np.unique(self.presence[tours], return_inverse=True)
        before, after = cost.before[day], cost.after[day + 1]
        least = np.full(len(minutes), np.inf)
        for place, used in enumerate(minutes.tolist()):
            left = week.cap_min - used
            if left >= 0:
                least[place] = (before[: left + 1] + after[left::-1]).min()
        return least[inverse]

    def column(self, week: BusWeek, tours: tuple[int, ...]) -> tuple[int, list[tuple[int, int]]]:
        """Cost and entries of a bus-week; in the cap row it takes all, so one week is chosen."""
        entries: defaultdict[int, int] = defaultdict(int)
        for tour in tours:
            for row, value in self.master.rows.entries(tour):
                entries[row] += value
        kept = [(row, value) for row, value in entries.items() if not self.own_rows[row]]
        cost = int(self.master.costs[list(tours)].sum())
        return cost, [*kept, (week.row, week.cap_min)]
