"""Plans of the search as plans of the domain, and back."""

from collections.abc import Iterable

import numpy as np

from busplan.domain.periodic import PeriodicPlan, PeriodicProblem, PeriodicTour
from busplan.planning.long_tours.chain import BEST, Search
from busplan.planning.long_tours.periodic_arrays import Arrays, Ints
from busplan.planning.long_tours.tour_pool import Pool, best_rows, stops_of
from busplan.planning.long_tours.tour_state import load_tours


def best_plan(arrays: Arrays, search: Search) -> PeriodicPlan | None:
    """The best lawful plan of a chain, if it has met one."""
    if np.isinf(search.figures[BEST]):
        return None
    return make_plan(
        PeriodicTour(
            group=int(arrays.slot_group[slot]),
            day=int(arrays.slot_day[slot]),
            stops=tuple(search.best_tours[slot, 1 : length + 1].tolist()),
        )
        for slot, length in enumerate(search.best_length.tolist())
        if length
    )


def make_plan(tours: Iterable[PeriodicTour]) -> PeriodicPlan:
    """A plan with its tours in one order: by day, group and first stop."""
    return PeriodicPlan(tours=tuple(sorted(tours, key=lambda t: (t.day, t.group, t.stops))))


def load_plan(arrays: Arrays, search: Search, plan: PeriodicPlan) -> None:
    """Go on from a plan; stops that it does not visit as they ask are left out of it."""
    patterns = _patterns_of(arrays, plan)
    state = search.state
    tours, length = np.zeros_like(state.tours), np.zeros_like(state.length)
    tours[:, 0] = tours[:, 1] = len(arrays.allowed) + arrays.slot_group
    free = _free_slots(arrays)
    for tour in plan.tours:
        stops = [stop for stop in tour.stops if patterns[stop] >= 0]
        if not stops:
            continue
        slot = free[tour.day, tour.group].pop(0)
        length[slot] = len(stops)
        tours[slot, 1 : len(stops) + 1] = stops
        tours[slot, len(stops) + 1] = tours[slot, 0]
    load_tours(arrays, state, tours, length, patterns)


def _free_slots(arrays: Arrays) -> dict[tuple[int, int], list[int]]:
    free: dict[tuple[int, int], list[int]] = {}
    for slot, (day, group) in enumerate(
        zip(arrays.slot_day.tolist(), arrays.slot_group.tolist(), strict=True)
    ):
        free.setdefault((day, group), []).append(slot)
    return free


def _patterns_of(arrays: Arrays, plan: PeriodicPlan) -> Ints:
    """The pattern of every stop that is visited lawfully by tours that find a slot, else -1."""
    days = arrays.patterns.shape[1]
    visits = np.zeros((len(arrays.allowed), days), dtype=np.int64)
    room = {key: len(slots) for key, slots in _free_slots(arrays).items()}
    for tour in plan.tours:
        stops = list(tour.stops)
        room[tour.day, tour.group] = room.get((tour.day, tour.group), 0) - 1
        fits = room[tour.day, tour.group] >= 0 and len(stops) <= arrays.longest
        known = fits & arrays.allowed[stops, tour.group]
        np.add.at(visits, (stops, tour.day), np.where(known, 1, 2))
    homes: dict[int, set[int]] = {}
    for tour in plan.tours:
        for stop in tour.stops:
            homes.setdefault(stop, set()).add(int(arrays.home[tour.group]))
    chosen = np.full(len(visits), -1, dtype=np.int32)
    for stop in range(len(visits)):
        for pattern in range(arrays.first_pattern[stop], arrays.first_pattern[stop + 1]):
            if len(homes.get(stop, ())) == 1 and (visits[stop] == arrays.patterns[pattern]).all():
                chosen[stop] = pattern
    return chosen


def list_tours(problem: PeriodicProblem, pools: Iterable[Pool], most: int) -> list[PeriodicTour]:
    """The tours seen in the best plans, so many from each pool, on every day they may be driven."""
    days_of = [frozenset[int]().union(*stop.patterns) for stop in problem.stops]
    cheapest: dict[tuple[int, frozenset[int]], tuple[float, tuple[int, ...]]] = {}
    for pool in pools:
        for row in best_rows(pool, most).tolist():
            stops = stops_of(pool, row)
            key = (int(pool.group[row]), frozenset(stops))
            offer = (float(pool.cost[row]), stops)
            cheapest[key] = min(cheapest.get(key, offer), offer)
    return [
        PeriodicTour(group=group, day=day, stops=stops)
        for (group, members), (_, stops) in cheapest.items()
        for day in range(problem.days)
        if problem.groups[group].vehicles[day] and all(day in days_of[stop] for stop in members)
    ]
