"""What every tour adds to every row, computed when asked, and what all tours cost to duals."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from busplan.planning.compiled import compiled
from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.day_times import NEVER
from busplan.planning.weeks.rows import MINUTES, Entry, Program, Shift
from busplan.planning.weeks.tours import TourPool

AT_ONCE = 200_000
"""Tours that one thread prices at a time."""
Floats = NDArray[np.float64]
RowValue = tuple[int, int]


class Worths(NamedTuple):
    """What duals pay for what counts in a tour, by the numbers of ``Tellings``.

    ``slot`` has columns for the tour itself, its adults, presence and work. ``shifts`` are rows
    (from, to, number of its telling), those of slot ``s`` in ``shift_first[s]:shift_first[s + 1]``.
    """

    visit: Floats
    slot: Floats
    town: Floats
    offer: Floats
    early: Floats
    late: Floats
    shift_first: Ints
    shifts: Ints
    shift: Floats


@dataclass(frozen=True)
class TourRows:
    """The rows of a finished program as the tours of a pool see them."""

    pool: TourPool
    program: Program
    told: dict[str, defaultdict[int, list[RowValue]]]
    """Row and coefficient by kind and number of what counts."""
    shifts: defaultdict[int, list[Shift]]
    minutes: dict[str, defaultdict[int, list[tuple[int, RowValue]]]]
    """Late and early minutes of each slot."""

    @staticmethod
    def of(pool: TourPool, program: Program) -> "TourRows":
        """Sort what was told by what counts."""
        told: dict[str, defaultdict[int, list[RowValue]]] = {}
        for kind, entries in program.tellings.plain():
            told[kind] = defaultdict(list)
            for what, row, value in entries:
                told[kind][what].append((row, value))
        minutes: dict[str, defaultdict[int, list[tuple[int, RowValue]]]] = {}
        for kind in ("late", "early"):
            minutes[kind] = defaultdict(list)
            for what, here in told[kind].items():
                minutes[kind][what // MINUTES] += [(what % MINUTES, entry) for entry in here]
        shifts: defaultdict[int, list[Shift]] = defaultdict(list)
        for shift in program.tellings.shifts:
            shifts[shift.slot].append(shift)
        return TourRows(pool, program, told, shifts, minutes)

    def entries(self, tour: int) -> tuple[RowValue, ...]:
        """Row and coefficient of each entry of a tour, rows rising."""
        found: defaultdict[int, int] = defaultdict(int)
        for row, value in self._counted(tour):
            found[row] += value
        return tuple(sorted(found.items()))

    def _counted(self, tour: int) -> Iterator[RowValue]:
        """Everything in the tour that counts for a row."""
        pool, told = self.pool, self.told
        start, end, work = pool.tours.span[tour].tolist()
        slot, day = int(pool.slots[tour]), int(pool.days[tour])
        here = [index for index in pool.tours.visits[tour].tolist() if index != NEVER]
        for index in here:
            yield from told["visits"][index]
        for kind, times in (
            ("slots", 1),
            ("adults", int(pool.tours.adults[tour])),
            ("presence", end - start),
            ("work", work),
        ):
            yield from ((row, value * times) for row, value in told[kind][slot])
        joint = {pool.town_of[index] for index in here if pool.joint[index]}
        for town in {pool.town_of[index] for index in here} - joint:
            yield from told["towns"][day * pool.towns + int(town)]
        for offer in {pool.offer_of[index] for index in here}:
            yield from told["offers"][slot * pool.offers + int(offer)]
        for shift in self.shifts[slot]:
            if any(window.holds(start, end) for window in shift.windows):
                yield shift.row, shift.value
        yield from (entry for minute, entry in self.minutes["late"][slot] if end >= minute)
        yield from (entry for minute, entry in self.minutes["early"][slot] if start <= minute)
        yield from told["tours"][tour]

    def reduced_costs(
        self, costs: Ints, duals: Floats, among: NDArray[np.bool_] | None = None
    ) -> Floats:
        """Cost minus dual value of every tour; infinite where it is not ``among`` those asked."""
        pool = self.pool
        asked = np.ones(len(costs), dtype=np.bool_) if among is None else among
        reduced = np.empty(len(costs), dtype=np.float64)
        worths = self._worths(duals)

        def reduce(part: slice) -> None:
            _reduce(
                asked[part],
                pool.tours.visits[part],
                pool.tours.adults[part],
                pool.tours.span[part],
                pool.slots[part],
                pool.days[part],
                pool.town_of,
                pool.offer_of,
                pool.joint,
                costs[part],
                worths,
                reduced[part],
            )

        parts = [slice(first, first + AT_ONCE) for first in range(0, len(costs), AT_ONCE)]
        if len(parts) > 1:
            with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
                list(threads.map(reduce, parts))
        else:
            reduce(slice(None))
        for tour, row, value in self.program.tellings.tours:
            reduced[tour] -= value * duals[row]
        return reduced

    def _worths(self, duals: Floats) -> Worths:
        pool, told = self.pool, self.program.tellings
        slots = pool.slot_count
        per_slot = (told.slots, told.adults, told.presence, told.work)
        days = slots // max(1, len(pool.problem.buses))
        early = _paid(told.early, duals, slots * MINUTES).reshape(slots, MINUTES)
        late = _paid(told.late, duals, slots * MINUTES).reshape(slots, MINUTES)
        paid = [(place, shift) for place, shift in enumerate(told.shifts) if duals[shift.row]]
        shifts = sorted(paid, key=lambda pair: pair[1].slot)
        windows = [
            (shift.slot, window.from_min, window.to_min, place)
            for place, shift in shifts
            for window in shift.windows
        ]
        table = np.array(windows, dtype=np.int64).reshape(-1, 4)
        return Worths(
            visit=_paid(told.visits, duals, len(pool.town_of)),
            slot=np.stack([_paid(entries, duals, slots) for entries in per_slot], axis=1),
            town=_paid(told.towns, duals, days * pool.towns).reshape(days, pool.towns),
            offer=_paid(told.offers, duals, slots * pool.offers).reshape(slots, pool.offers),
            early=np.ascontiguousarray(early[:, ::-1].cumsum(axis=1)[:, ::-1]),
            late=late.cumsum(axis=1),
            shift_first=np.searchsorted(table[:, 0], np.arange(slots + 1)),
            shifts=table[:, 1:],
            shift=np.array([s.value * duals[s.row] for s in told.shifts], dtype=np.float64),
        )


def _paid(entries: Iterable[Entry], duals: Floats, size: int) -> Floats:
    """The sum of coefficient times dual over what each number of what counts is told."""
    table = np.array(list(entries), dtype=np.int64).reshape(-1, 3)
    paid = table[:, 2] * duals[table[:, 1]]
    return np.bincount(table[:, 0], weights=paid, minlength=size).astype(np.float64)


@compiled
def _reduce(
    asked: NDArray[np.bool_],
    visits: NDArray[np.int32],
    adults: NDArray[np.int8],
    span: NDArray[np.int16],
    slots: NDArray[np.int32],
    days: NDArray[np.int16],
    town_of: Ints,
    offer_of: Ints,
    joint: NDArray[np.bool_],
    costs: Ints,
    worths: Worths,
    reduced: Floats,
) -> None:
    """Write cost minus dual value of every tour that is asked for."""
    for tour in range(len(costs)):
        if not asked[tour]:
            reduced[tour] = np.inf
            continue
        slot, start, end = slots[tour], span[tour, 0], span[tour, 1]
        paid = worths.slot[slot, 0] + worths.slot[slot, 1] * adults[tour]
        paid += worths.slot[slot, 2] * (end - start) + worths.slot[slot, 3] * span[tour, 2]
        paid += worths.early[slot, start] + worths.late[slot, end]
        paid += _paid_for_visits(visits[tour], slot, days[tour], town_of, offer_of, joint, worths)
        last = -1
        for row in range(worths.shift_first[slot], worths.shift_first[slot + 1]):
            inside = worths.shifts[row, 0] <= start and end <= worths.shifts[row, 1]
            if inside and worths.shifts[row, 2] != last:  # windows of one person count once
                last = worths.shifts[row, 2]
                paid += worths.shift[last]
        reduced[tour] = costs[tour] - paid


@compiled
def _paid_for_visits(
    visits: NDArray[np.int32],
    slot: int,
    day: int,
    town_of: Ints,
    offer_of: Ints,
    joint: NDArray[np.bool_],
    worths: Worths,
) -> float:
    """What a tour's visits earn, with each of its towns and offers once."""
    paid = 0.0
    offers = worths.offer[slot]
    for i in range(len(visits)):
        visit = visits[i]
        if visit == NEVER:
            break
        paid += worths.visit[visit]
        in_town = worths.town[day, town_of[visit]]
        for_offer = offers[offer_of[visit]]
        if in_town == 0.0 and for_offer == 0.0:
            continue
        for j in range(len(visits)):
            other = visits[j]
            if other == NEVER:
                break
            if town_of[other] == town_of[visit] and (j < i or joint[other]):
                in_town = 0.0  # the town was paid for before, or shares a bus
            if j < i and offer_of[other] == offer_of[visit]:
                for_offer = 0.0
        paid += in_town + for_offer
    return paid
