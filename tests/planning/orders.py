"""Visits of one bus on one day in their order, asked of the compiled search."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from busplan.domain.fleet import Bus
from busplan.domain.parameters import Parameters
from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.breaks import break_law, breaks_of
from busplan.planning.weeks.candidates import Candidate
from busplan.planning.weeks.day_times import (
    NEVER,
    BusTimes,
    VisitTable,
    earliest_opening,
    fastest_day,
    latest_opening,
    standing,
)
from busplan.planning.weeks.timeline import Timeline, bus_times, visit_table, waits_for_breaks
from busplan.planning.weeks.timeline_search import Lines, list_lines, make_line_room


@dataclass(frozen=True)
class Order:
    """Visits in their order with the legs between them, depot to depot, and the last minute."""

    visits: Sequence[Candidate]
    legs: tuple[int, ...]
    bus: Bus
    last_end: int
    numbers: Parameters

    @cached_property
    def table(self) -> VisitTable:
        return visit_table(self.visits)

    @property
    def times(self) -> BusTimes:
        return bus_times(self.bus, self.last_end)

    @property
    def places(self) -> Ints:
        return np.arange(len(self.visits))


def fastest(
    order: Order, start: int, gaps: Sequence[int]
) -> tuple[int, int, tuple[int, ...]] | None:
    """Start, end and openings of the day that ends earliest and then starts latest."""
    opens = np.zeros(len(order.visits), np.int64)
    begin, end = fastest_day(
        order.places, np.array(order.legs), order.table, order.times, start, np.array(gaps), opens
    )
    return None if end == NEVER else (begin, end, tuple(opens.tolist()))


def earliest_open(visit: Candidate, moment: int) -> int | None:
    """The first opening not before the moment, if any."""
    opened = earliest_opening(visit_table([visit]), 0, moment)
    return None if opened == NEVER else opened


def latest_open(visit: Candidate, moment: int) -> int | None:
    """The last opening not after the moment, if any."""
    opened = latest_opening(visit_table([visit]), 0, moment)
    return None if opened == NEVER else opened


def timelines(order: Order, adults: int, starts: Sequence[int]) -> list[Timeline]:
    """The timelines worth considering, with their breaks."""
    size, law = len(order.visits), break_law(order.numbers)
    legs, waits = np.array(order.legs), waits_for_breaks(size, order.numbers)
    room = make_line_room(size, size, len(starts), law, waits)
    count = list_lines(
        order.places,
        legs,
        order.table,
        order.times,
        adults,
        np.array(starts),
        law,
        waits,
        room,
    )
    return [_timeline(order, adults, room.lines, row) for row in range(count)]


def _timeline(order: Order, adults: int, lines: Lines, row: int) -> Timeline:
    begin, end, work = lines.span[row].tolist()
    opens, stays = lines.opens[row], lines.stays[row]
    legs = np.array(order.legs)
    idle, attended = standing(order.places, legs, order.table, order.times, begin, opens, stays)
    breaks = breaks_of(begin, end, idle, attended, adults, order.numbers)
    assert breaks is not None
    return Timeline(begin, end, work, tuple(opens.tolist()), breaks, tuple(stays.tolist()))
