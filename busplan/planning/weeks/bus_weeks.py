"""What a bus's week can cost at least where a weekly cap binds it.

A *bus-week* is at most one tour a day whose minutes together keep the cap. There are far too many
to list, but the cheapest for given duals is found day by day over the minutes used so far
(Dantzig & Wolfe, Oper. Res. 8, 1960; the knapsack with one choice a day as its own subproblem).
This one may visit a stop twice; ``week_labels`` finds those that do not.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from busplan.planning.compiled import compiled_allocating
from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.tour_rows import Floats

SHRUNK = 0.8
"""Weeks are made smaller once so few of their tours are left."""


@dataclass(frozen=True, slots=True)
class BusWeek:
    """A capped bus in one week: its cap row, cap in minutes, its tours and their minutes by day."""

    row: int
    cap_min: int
    days: tuple[Ints, ...]
    minutes: tuple[Ints, ...]


@dataclass(frozen=True, slots=True)
class Cheapest:
    """The least costs of a bus-week: of all (0 or below), and with each tour of each day.

    ``after[d]`` of the days from the ``d``-th on, by the minutes they may use, 0 to the cap.
    """

    value: float
    after: tuple[Floats, ...]
    with_tour: tuple[Floats, ...]


@dataclass(frozen=True)
class WeekSearch:
    """The bus-weeks of a master; ``free`` marks tours of buses without a cap.

    ``own_rows`` are what a bus-week keeps by itself: one tour a day, and its cap. ``week_of``: the
    bus-week of each tour, -1 for those that are free.
    """

    master: Master
    weeks: tuple[BusWeek, ...]
    free: NDArray[np.bool_]
    own_rows: NDArray[np.bool_]
    week_of: NDArray[np.int64]

    @staticmethod
    def of(master: Master) -> "WeekSearch":
        """The bus-weeks of all capped buses; none if no cap binds."""
        columns, program = master.columns, master.program
        span = columns.tours.span.astype(np.int64)
        capped: defaultdict[int, list[int]] = defaultdict(list)
        for slot, row, _ in program.tellings.presence:
            capped[row].append(slot)
        own = np.zeros(len(program.lower), dtype=np.bool_)
        week_of = np.full(len(columns), -1)
        for number, (row, slots) in enumerate(capped.items()):
            own[row] = True
            for slot in slots:
                week_of[columns.by_slot[slot]] = number
                own[program.row(("bus_day", *columns.slot_at(slot)))] = True
        minutes = span[:, 1] - span[:, 0]
        weeks = []
        for row, slots in capped.items():
            days = tuple(columns.by_slot[slot] for slot in slots)
            cap_min = int(program.upper[row])
            weeks.append(BusWeek(row, cap_min, days, tuple(minutes[tours] for tours in days)))
        return WeekSearch(master, tuple(weeks), week_of < 0, own, week_of)

    def cheapest(self, week: BusWeek, reduced: Floats) -> Cheapest:
        """The cheapest weeks at these reduced costs of tours."""
        costs = [reduced[tours] for tours in week.days]
        offers = [
            least_by_minutes(minutes, cost, week.cap_min)
            for minutes, cost in zip(week.minutes, costs, strict=True)
        ]
        before, after = [np.zeros(week.cap_min + 1)], [np.zeros(week.cap_min + 1)]
        for day in offers:
            before.append(with_day(before[-1], day))
        for day in reversed(offers):
            after.append(with_day(after[-1], day))
        after.reverse()
        with_tour = tuple(
            cost + beside(before[day], after[day + 1], week.minutes[day])
            for day, cost in enumerate(costs)
        )
        return Cheapest(float(before[-1][-1]), tuple(after), with_tour)

    def among(self, hopeful: NDArray[np.bool_], weeks: tuple[BusWeek, ...]) -> tuple[BusWeek, ...]:
        """The weeks without tours that no better plan holds, once there are many of these.

        ``weeks`` are those of a time when at least as many tours were hopeful.
        """
        known = sum(len(tours) for week in weeks for tours in week.days)
        if np.count_nonzero(hopeful) > SHRUNK * known:
            return weeks
        return tuple(_among(week, hopeful) for week in weeks)

    def column(self, tours: tuple[int, ...]) -> tuple[int, list[tuple[int, int]]]:
        """Cost and entries of a bus-week, or of a free tour by itself.

        In the cap row a bus-week takes all, so one week is chosen.
        """
        if self.free[tours[0]]:
            (tour,) = tours
            return int(self.master.costs[tour]), list(self.master.rows.entries(tour))
        week = self.weeks[self.week_of[tours[0]]]
        entries: defaultdict[int, int] = defaultdict(int)
        for tour in tours:
            for row, value in self.master.rows.entries(tour):
                entries[row] += value
        kept = [(row, value) for row, value in entries.items() if not self.own_rows[row]]
        cost = int(self.master.costs[list(tours)].sum())
        return cost, [*kept, (week.row, week.cap_min)]


def _among(week: BusWeek, hopeful: NDArray[np.bool_]) -> BusWeek:
    kept = [hopeful[tours] for tours in week.days]
    return replace(
        week,
        days=tuple(tours[here] for tours, here in zip(week.days, kept, strict=True)),
        minutes=tuple(used[here] for used, here in zip(week.minutes, kept, strict=True)),
    )


def dearer(
    weeks: Sequence[BusWeek], cheapest: Sequence[Cheapest], least: Sequence[float], reduced: Floats
) -> Floats:
    """How much dearer than the bound the best plan with each tour is.

    ``least`` are the true least costs of the weeks that the bound is made of.
    """
    found = np.maximum(reduced, 0.0)
    for week, cost, value in zip(weeks, cheapest, least, strict=True):
        for tours, with_tour in zip(week.days, cost.with_tour, strict=True):
            found[tours] = with_tour - value
    return found


@compiled_allocating
def least_by_minutes(minutes: Ints, cost: Floats, cap_min: int) -> Floats:
    """The least cost, 0 or below, of a day's tours of so many minutes, 0 to the cap."""
    least = np.zeros(cap_min + 1)
    for tour in range(len(minutes)):
        if minutes[tour] <= cap_min and cost[tour] < least[minutes[tour]]:
            least[minutes[tour]] = cost[tour]
    return least


@compiled_allocating
def with_day(before: Floats, day: Floats) -> Floats:
    """Least costs by minutes with one more day."""
    best = before.copy()
    least = 0.0
    for used in range(len(day)):
        if day[used] >= least:
            continue  # a shorter tour costs no more
        least = day[used]
        for minutes in range(used, len(best)):
            cost = before[minutes - used] + least
            if cost < best[minutes]:
                best[minutes] = cost
    return best


@compiled_allocating
def beside(before: Floats, after: Floats, minutes: Ints) -> Floats:
    """The least cost of the other days, for tours of so many minutes; infinite above the cap."""
    cap_min = len(before) - 1
    drops = [used for used in range(cap_min + 1) if used == 0 or before[used] < before[used - 1]]
    by_minutes = np.full(cap_min + 1, np.nan)
    found = np.full(len(minutes), np.inf)
    for tour in range(len(minutes)):
        left = cap_min - minutes[tour]
        if left < 0:
            continue
        if np.isnan(by_minutes[left]):
            by_minutes[left] = after[left]
            for used in drops:
                if used > left:
                    break
                by_minutes[left] = min(by_minutes[left], before[used] + after[left - used])
        found[tour] = by_minutes[left]
    return found
