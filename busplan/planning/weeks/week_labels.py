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
    """The tours of a day: number, minutes, reduced cost, and marks of the records they visit."""

    tours: Ints
    minutes: Ints
    cost: Floats
    marks: Ints


class Weeks(NamedTuple):
    """The cheapest weeks, cheapest first, with their costs; and how many labels were made."""

    tours: tuple[tuple[int, ...], ...]
    costs: tuple[float, ...]
    labels: int


def weeks_below(
    days: Sequence[Offers], after: Sequence[Floats], most: float, *, exact: bool
) -> Weeks | None:
    """Weeks of at most one tour a day that cost less than ``most``, no marked record twice.

    All tours are of negative cost; ``after[d]`` is the least that the days after the ``d``-th can
    cost (``least_after``). The first week is the cheapest if ``exact``; else labels compare without
    their marks, which is quicker and may miss some. ``None`` where there are too many labels.
    """
    zero = np.zeros(1, np.int64)
    label = Labels(zero, np.zeros(1, np.float64), zero, zero, zero)
    made, chosen = 0, []
    for day, offers in enumerate(days):
        order = np.lexsort((offers.cost, offers.minutes))
        order = order[undominated(offers.cost[order], offers.marks[order])]
        here = _only(offers, order)
        label, count = extended(label, here, after[day], most, MOST_LABELS)
        if count == MOST_LABELS:
            return None
        made += count
        label = _rows(label, np.arange(count))
        order = np.lexsort((label.cost, label.minutes))
        to_come = np.bitwise_or.reduce([_all(later.marks) for later in days[day + 1 :]] or [0])
        marks = label.marks & (to_come if exact else 0)
        order = order[undominated(label.cost[order], marks[order])]
        label = _rows(label, order)
        chosen.append((label.parent, here.tours, label.item))
    best = np.argsort(label.cost, kind="stable")[:MOST_WEEKS].tolist()
    weeks = tuple(_tours_of(end, chosen) for end in best)
    return Weeks(weeks, tuple(label.cost[best].tolist()), made)


def _only(offers: Offers, places: Ints) -> Offers:
    return Offers(
        offers.tours[places], offers.minutes[places], offers.cost[places], offers.marks[places]
    )


def _all(marks: Ints) -> int:
    return int(np.bitwise_or.reduce(marks)) if len(marks) else 0


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
    cap, count = after.shape[1] - 1, 0
    keys = len(after) - 1
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
            if cost + after[marks & keys, cap - minutes] >= most:
                continue
            new.minutes[count], new.cost[count], new.marks[count] = minutes, cost, marks
            new.parent[count], new.item[count] = old, item
            count += 1
            if count == room:
                return new, count
    return new, count


def least_after(days: Sequence[Offers], cap_min: int, keys: int) -> list[Floats]:
    """The least that the days after each can cost if none repeats one of the first ``keys`` marks.

    By which of these were visited before, where this can be, and by minutes, 0 to the cap.
    """
    keyed = [offers.marks & ((1 << keys) - 1) for offers in days]
    reached = [np.arange(1 << keys) == 0]
    for marks in keyed[:-1]:
        reached.append(_reached(reached[-1], np.unique(marks)))
    after = [np.zeros((1 << keys, cap_min + 1))]
    for day in range(len(days) - 1, 0, -1):
        offers, marks = days[day], keyed[day]
        order = np.lexsort((offers.cost, offers.minutes))
        order = order[undominated(offers.cost[order], marks[order])]
        here = _only(offers._replace(marks=marks), order)
        after.append(_day_before(after[-1], here, reached[day]))
    return after[::-1]


def _reached(before: NDArray[np.bool_], marks: Ints) -> NDArray[np.bool_]:
    """What may be visited after a day whose tours have these marks."""
    after = before.copy()
    for visited in np.flatnonzero(before).tolist():
        after[visited | marks[(marks & visited) == 0]] = True
    return after


@compiled_allocating
def _day_before(after: Floats, offers: Offers, reached: NDArray[np.bool_]) -> Floats:
    """The same with one more day."""
    least = after.copy()
    for visited in range(len(after)):
        if not reached[visited]:
            continue
        for item in range(len(offers.tours)):
            marks, cost, used = offers.marks[item], offers.cost[item], offers.minutes[item]
            if marks & visited:
                continue
            rest = after[visited | marks]
            for left in range(used, after.shape[1]):
                with_item = cost + rest[left - used]
                if with_item < least[visited, left]:
                    least[visited, left] = with_item
    return least


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
