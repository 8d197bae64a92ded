"""The cheapest bus-weeks that visit nobody twice, compiled: labels extended day by day.

A label is a choice for the first days: minutes used, cost, and which *marked* demand records it
visits. One that uses no more minutes, costs no more and visits a subset of the marked ones is at
least as good (Feillet et al., Networks 44, 2004). Only records that weeks would visit twice are
marked, so labels stay few (decremental state space: Righini & Salani, Networks 51, 2008).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from busplan.planning.compiled import compiled_allocating
from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.tour_rows import Floats

MOST_LABELS = 1_000_000
"""Most labels of a day; a search that needs more is given up."""
MOST_WEEKS = 20
"""Most bus-weeks found at once."""


class Labels(NamedTuple):
    """Per label: minutes, cost, marks (bits), the label it extends and its tour's place, or -1."""

    minutes: Ints
    cost: Floats
    marks: Ints
    parent: Ints
    item: Ints


class Offers(NamedTuple):
    """Per tour: minutes, reduced cost, and marks of the demand records it visits."""

    minutes: Ints
    cost: Floats
    marks: Ints


class Weeks(NamedTuple):
    """The cheapest weeks, cheapest first, with their costs; and how many labels were made."""

    tours: tuple[tuple[int, ...], ...]
    costs: tuple[float, ...]
    labels: int


def weeks_below(
    days: Sequence[Ints],
    offers: Offers,
    after: Sequence[Floats],
    most: float,
    *,
    exact: bool,
) -> Weeks | None:
    """Weeks of at most one tour a day that cost less than ``most``, no marked record twice.

    ``days`` are the tours of each day, all of negative cost; ``after[d]`` the least that the days
    from ``d`` on can cost within so many minutes, 0 to the cap. The first week is the cheapest if
    ``exact``; else labels compare without their marks, which is quicker and may miss some.
    ``None`` where there are too many labels.
    """
    zero = np.zeros(1, np.int64)
    label = Labels(zero, np.zeros(1, np.float64), zero, zero, zero)
    made, chosen = 0, []
    for day, tours in enumerate(days):
        tours = tours[np.lexsort((offers.cost[tours], offers.minutes[tours]))]
        costs, marks = offers.cost[tours], offers.marks[tours]
        tours = tours[undominated(costs, marks)]
        here = Offers(offers.minutes[tours], offers.cost[tours], offers.marks[tours])
        label, count = extended(label, here, after[day + 1], most, MOST_LABELS)
        if count == MOST_LABELS:
            return None
        made += count
        label = _rows(label, np.arange(count))
        order = np.lexsort((label.cost, label.minutes))
        marks = label.marks if exact else np.zeros_like(label.marks)
        order = order[undominated(label.cost[order], marks[order])]
        label = _rows(label, order)
        chosen.append((label.parent, tours, label.item))
    best = np.argsort(label.cost, kind="stable")[:MOST_WEEKS].tolist()
    weeks = tuple(_tours_of(end, chosen) for end in best)
    return Weeks(weeks, tuple(label.cost[best].tolist()), made)


def _rows(label: Labels, rows: Ints) -> Labels:
    return Labels(
        label.minutes[rows],
        label.cost[rows],
        label.marks[rows],
        label.parent[rows],
        label.item[rows],
    )


def _tours_of(end: int, chosen: Sequence[tuple[Ints, Ints, Ints]]) -> tuple[int, ...]:
    """The tours of a label of the last day."""
    found = []
    for parent, tours, item in reversed(chosen):
        if item[end] >= 0:
            found.append(int(tours[item[end]]))
        end = int(parent[end])
    return tuple(sorted(found))


@compiled_allocating
def extended(
    label: Labels, offers: Offers, after: Floats, most: float, room: int
) -> tuple[Labels, int]:
    """Every label with each tour of one more day or none, and their number; ``room`` at most."""
    new = Labels(
        np.empty(room, np.int64),
        np.empty(room, np.float64),
        np.empty(room, np.int64),
        np.empty(room, np.int64),
        np.empty(room, np.int64),
    )
    cap, count = len(after) - 1, 0
    for old in range(len(label.minutes)):
        for item in range(-1, len(offers.minutes)):
            minutes, cost, marks = label.minutes[old], label.cost[old], label.marks[old]
            if item >= 0:
                if marks & offers.marks[item]:
                    continue
                minutes += offers.minutes[item]
                cost += offers.cost[item]
                marks |= offers.marks[item]
            if minutes > cap:
                break  # tours come by rising minutes
            if cost + after[cap - minutes] >= most:
                continue
            new.minutes[count], new.cost[count], new.marks[count] = minutes, cost, marks
            new.parent[count], new.item[count] = old, item
            count += 1
            if count == room:
                return new, count
    return new, count


@compiled_allocating
def undominated(cost: Floats, marks: Ints) -> NDArray[np.int64]:
    """Places, in order of rising minutes, that none before is at least as good as.

    Of all before with the same marks only the least cost matters.
    """
    kept = np.empty(len(cost), np.int64)
    seen_marks, seen_cost = np.empty(len(cost), np.int64), np.empty(len(cost), np.float64)
    count, seen = 0, 0
    for place in range(len(cost)):
        dominated, own = False, -1
        for i in range(seen):
            if seen_marks[i] == marks[place]:
                own = i
            if seen_cost[i] <= cost[place] and not seen_marks[i] & ~marks[place]:
                dominated = True
                # What dominates once often does so again: let it be found sooner.
                front = i // 2
                seen_marks[i], seen_marks[front] = seen_marks[front], seen_marks[i]
                seen_cost[i], seen_cost[front] = seen_cost[front], seen_cost[i]
                break
        if dominated:
            continue
        kept[count] = place
        count += 1
        if own < 0:
            own = seen
            seen += 1
            seen_marks[own] = marks[place]
        seen_cost[own] = cost[place]
    return kept[:count].copy()
