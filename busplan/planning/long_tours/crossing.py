"""Two plans crossed: one takes over whole tours of the other where hardly a visit gets lost by it.

Selective route exchange (Nagata, Bräysy & Dullaert, Comput. Oper. Res. 37, 2010), carried over to
several days: vehicle days are exchanged, and a stop with several visits keeps all those of one
plan. Searches that began apart settle different regions well; crossing keeps the better of each.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from busplan.domain.periodic import PeriodicPlan, PeriodicTour
from busplan.planning.long_tours.crossing_sums import (
    GONE,
    TAKEN,
    Pair,
    dearer,
    find_fates,
    forget_fates,
    grow,
    measure_own,
)
from busplan.planning.long_tours.periodic_arrays import Arrays

CLOSE = 15
"""Of so many stops nearest to a lost one, tours may change."""
Slot = tuple[int, int, int]
"""Day, group and number of a vehicle."""
Stops = tuple[int, ...]
Slots = frozenset[Slot]
Labels = frozenset[tuple[int, int, Stops]]
"""Day, group and the other plan's tour: what a vehicle day is called while the one plan changes."""


def pair_tours(one: PeriodicPlan, other: PeriodicPlan) -> Iterator[tuple[Slot, Stops, Stops]]:
    """Every vehicle day of two plans, with the tours of each; those alike share a number."""
    both: dict[tuple[int, int], tuple[list[Stops], list[Stops]]] = defaultdict(lambda: ([], []))
    for place, plan in enumerate((one, other)):
        for tour in plan.tours:
            both[tour.day, tour.group][place].append(tour.stops)
    for (day, group), (own, theirs) in sorted(both.items()):
        for number in range(max(len(own), len(theirs))):
            mine = own.pop(0) if own else ()
            shared = [len({*mine} & {*stops}) for stops in theirs]
            alike = theirs.pop(shared.index(max(shared))) if theirs else ()
            yield (day, group, number), mine, alike


@dataclass(frozen=True, slots=True)
class Crossing:
    """What becomes of ``one`` plan when it takes over tours of the ``other``."""

    arrays: Arrays
    one: Mapping[Slot, Stops]
    other: Mapping[Slot, Stops]
    _slots: list[Slot]
    _pair: Pair

    @staticmethod
    def of(arrays: Arrays, one: PeriodicPlan, other: PeriodicPlan) -> "Crossing":
        """Two lawful plans of one problem."""
        paired = list(pair_tours(one, other))
        own, others = ({row[0]: row[place] for row in paired} for place in (1, 2))
        return Crossing(arrays, own, others, list(own), _to_arrays(arrays, own, others))

    def label(self, slot: Slot) -> tuple[int, int, Stops]:
        """What a vehicle day is called, by its own tour if the other plan has none."""
        return (*slot[:2], self.other[slot] or self.one[slot])

    def labelled(self, labels: Labels) -> Slots:
        """The vehicle days of these labels, without those whose tours are alike by now."""
        return frozenset(slot for slot in self.differing() if self.label(slot) in labels)

    def differing(self) -> list[Slot]:
        """Vehicle days with different tours."""
        return [slot for slot, stops in self.one.items() if stops != self.other[slot]]

    def grown(self, first: Slot) -> tuple[Slots, float, int]:
        """Vehicle days around a first one to take over, how much dearer that seems, sums made.

        Others join or leave while that seems the cheaper.
        """
        cost, sums = grow(self._pair, self._slots.index(first))
        chosen = np.flatnonzero(self._pair.chosen).tolist()
        return frozenset(self._slots[slot] for slot in chosen), cost, sums

    def dearer(self, chosen: Slots) -> float:
        """How much dearer the plan gets, lost stops at their price."""
        self._choose(chosen)
        return dearer(self._pair)

    def _choose(self, chosen: Slots) -> None:
        self._pair.chosen[:] = [slot in chosen for slot in self._slots]

    def child(self, chosen: Slots) -> tuple[PeriodicPlan, list[int]]:
        """The plan afterwards, without the stops that are lost, and all stops near a change."""
        self._choose(chosen)
        count = find_fates(self._pair)
        fates = self._pair.fates.tolist()
        taken = {stop for stop, fate in enumerate(fates) if fate == TAKEN}
        lost = {stop for stop, fate in enumerate(fates) if fate == GONE}
        forget_fates(self._pair, count)
        tours = {
            slot: tuple(stop for stop in self.other[slot] if stop in taken)
            if slot in chosen
            else tuple(stop for stop in stops if stop not in taken | lost)
            for slot, stops in self.one.items()
        }
        plan = PeriodicPlan(
            tours=tuple(
                PeriodicTour(group=group, day=day, stops=stops)
                for (day, group, _), stops in tours.items()
                if stops
            )
        )
        near = {stop for slot in chosen for stop in self.one[slot]} | taken | lost
        for slot, stops in tours.items():
            if stops != self.one[slot]:
                near.update(stops)
        for stop in lost:
            near.update(self.arrays.neighbours[stop, :CLOSE].tolist())
        return plan, sorted(near)


def _to_arrays(arrays: Arrays, own: Mapping[Slot, Stops], other: Mapping[Slot, Stops]) -> Pair:
    """Two plans for compiled sums."""
    stops, slots = len(arrays.allowed), len(own)
    plans = [list(own.values()), list(other.values())]
    wide = max((len(tour) for tours in plans for tour in tours), default=0)
    pair = Pair(
        tours=np.zeros((2, slots, wide), dtype=np.int32),
        length=np.array([[len(tour) for tour in tours] for tours in plans], dtype=np.int32),
        depot=np.array([stops + group for _, group, _ in own], dtype=np.int32),
        days=np.full((2, stops, arrays.patterns.shape[1]), -1, dtype=np.int32),
        legs=arrays.costs,
        costs=np.zeros(slots),
        saved=np.zeros(stops),
        chosen=np.zeros(slots, dtype=bool),
        fates=np.zeros(stops, dtype=np.int32),
        met=np.zeros(stops, dtype=np.int32),
        marked=np.zeros(slots, dtype=bool),
        joining=np.zeros(slots, dtype=bool),
    )
    for plan, tours in enumerate(plans):
        for slot, ((day, _, _), tour) in enumerate(zip(own, tours, strict=True)):
            pair.tours[plan, slot, : len(tour)] = tour
            pair.days[plan, list(tour), day] = slot
    measure_own(pair)
    return pair


def load_crossing(arrays: Arrays) -> None:
    """Load the machine code; ``arrays`` have a stop."""
    plan = PeriodicPlan(tours=(PeriodicTour(group=0, day=0, stops=(0,)),))
    crossing = Crossing.of(arrays, plan, plan)
    crossing.child(crossing.grown((0, 0, 0))[0])
    crossing.dearer(frozenset())
