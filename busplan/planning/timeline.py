"""When a bus is where, for a given order of visits on a day.

Each timeline ends as early as it can for its earliest start, and then starts as late as it can:
every goal and rule prefers that, so nothing better is missed. Later starts are worth listing
only where a shift or a person's rest begins.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from busplan.domain.fleet import Bus
from busplan.domain.matrix import TravelMatrix
from busplan.domain.parameters import Parameters
from busplan.planning.breaks import Stretch, break_shapes, place_breaks
from busplan.planning.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Timeline:
    """Opening minute of each visit, presence of the crew, and breaks of each adult.

    ``stays[i]`` minutes the bus stands after the i-th tear-down.
    """

    start_min: int
    end_min: int
    opens: tuple[int, ...]
    breaks: tuple[tuple[Stretch, ...], ...]
    stays: tuple[int, ...]

    @property
    def work_min(self) -> int:
        """Working minutes of the adult with the shortest breaks."""
        rested = min(sum(b - a for a, b in person) for person in self.breaks)
        return self.end_min - self.start_min - rested


@dataclass(frozen=True, slots=True)
class Legs:
    """Driving minutes with buffer, depot to depot, and totals of a sequence."""

    minutes: tuple[int, ...]
    drive_min: int
    length_m: int


@dataclass(frozen=True, slots=True)
class Order:
    """Visits of one bus on one day in their order, with the last minute the crew may end."""

    visits: Sequence[Candidate]
    legs: Legs
    bus: Bus
    last_end: int
    numbers: Parameters

    @property
    def busy_min(self) -> int:
        """Minutes in which the bus is driven, attended, prepared or finished."""
        at_stop = self.bus.set_up_min + self.bus.tear_down_min
        at_depot = self.bus.prepare_min + self.bus.finish_min
        return (
            sum(self.legs.minutes)
            + sum(visit.service_min + at_stop for visit in self.visits)
            + at_depot
        )


def longest_work(adults: int, numbers: Parameters) -> int:
    """The most minutes a bus can be busy in a day: of two adults one may rest meanwhile."""
    return numbers.work_day_max_min + (numbers.long_break_min if adults > 1 else 0)


def legs_of(
    visits: Sequence[Candidate], bus: Bus, matrix: TravelMatrix, numbers: Parameters
) -> Legs:
    """The legs of a tour through the visits in their order."""
    nodes = [bus.depot.id, *(visit.stop_id for visit in visits), bus.depot.id]
    drives = [matrix.travel_min(a, b) for a, b in pairwise(nodes)]
    return Legs(
        minutes=tuple(drive + numbers.leg_buffer_min for drive in drives),
        drive_min=sum(drives),
        length_m=sum(matrix.length_m(a, b) for a, b in pairwise(nodes)),
    )


def timelines(order: Order, adults: int, starts: Sequence[int]) -> Iterator[Timeline]:
    """Timelines worth considering for a crew of so many adults.

    ``starts`` are the minutes, rising, at which somebody's availability begins.
    """
    no_break_min = min(order.numbers.break_after_min, order.numbers.work_stretch_max_min)
    if order.busy_min > longest_work(adults, order.numbers):
        return
    seen = -1
    for start in starts:
        if start <= seen:
            continue
        plain = fastest(order, start)
        if plain is None:
            return
        begin, end, opens = plain
        if end - begin <= no_break_min:
            yield Timeline(begin, end, opens, ((),) * adults, (0,) * len(order.visits))
            seen = begin
            continue
        for timeline in _lawful(order, adults, start):
            seen = min(begin, timeline.start_min)
            yield timeline


def _lawful(order: Order, adults: int, start: int) -> Iterator[Timeline]:
    """The timeline with breaks; where they do not fit, those with the shortest waits for them."""
    plain = _with_breaks(order, adults, start, None)
    if plain is not None:
        yield plain
        return
    best: dict[tuple[int, int], Timeline] = {}
    for gaps in _gap_layouts(len(order.visits), order.numbers):
        stretched = _with_breaks(order, adults, start, gaps)
        if stretched is not None:
            best.setdefault((stretched.start_min, stretched.end_min), stretched)
    for (begin, end), timeline in sorted(best.items()):
        if not any(b >= begin and e <= end and (b, e) != (begin, end) for b, e in best):
            yield timeline


def _gap_layouts(visits: int, numbers: Parameters) -> Iterator[tuple[int, ...]]:
    """Standing minutes to add at the 2n places (before set-up, after tear-down) of n visits."""
    layouts = set()
    for shape in break_shapes(numbers):
        for places in combinations(range(2 * visits), len(shape)):
            gaps = [0] * (2 * visits)
            for place, length in zip(places, shape, strict=True):
                gaps[place] = length
            layouts.add(tuple(gaps))
    yield from sorted(layouts, key=lambda gaps: (sum(gaps), gaps))


def _with_breaks(
    order: Order, adults: int, start: int, gaps: tuple[int, ...] | None
) -> Timeline | None:
    made = fastest(order, start, gaps)
    if made is None:
        return None
    begin, end, opens = made
    stays = tuple(gaps[1::2]) if gaps else (0,) * len(order.visits)
    idle, attended = _standing(order, begin, opens, stays)
    breaks = place_breaks(begin, end, idle, attended, adults, order.numbers)
    return None if breaks is None else Timeline(begin, end, opens, breaks, stays)


def _standing(
    order: Order, begin: int, opens: tuple[int, ...], stays: tuple[int, ...]
) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Stretches in which the bus stands idle, and in which it is attended."""
    bus = order.bus
    idle, attended = [], []
    leaves = begin + bus.prepare_min
    for visit, leg, opened, stay in zip(
        order.visits, order.legs.minutes, opens, stays, strict=False
    ):
        reached, arrival = leaves + leg, opened - bus.set_up_min
        done = opened + visit.service_min + bus.tear_down_min
        leaves = done + stay
        attended.append((arrival, done))
        idle += [(a, b) for a, b in ((reached, arrival), (done, leaves)) if b > a]
    return tuple(idle), tuple(attended)


def fastest(
    order: Order, start: int, gaps: tuple[int, ...] | None = None
) -> tuple[int, int, tuple[int, ...]] | None:
    """Start, end and openings: forwards as early as can be, then backwards as late as can be.

    ``gaps`` are minutes to stand before each set-up and after each tear-down. ``None`` where the
    visits fit no windows or the crew would end too late.
    """
    visits, legs, bus = order.visits, order.legs.minutes, order.bus
    gaps = gaps or (0,) * (2 * len(visits))
    moment = start + bus.prepare_min
    for i, visit in enumerate(visits):
        earliest = moment + legs[i] + gaps[2 * i] + bus.set_up_min
        opened = earliest_open(visit, earliest)
        if opened is None:
            return None
        moment = opened + visit.service_min + bus.tear_down_min + gaps[2 * i + 1]
    end = moment + legs[-1] + bus.finish_min
    if end > order.last_end:
        return None
    opens = [opened or 0]
    for i in range(len(visits) - 2, -1, -1):
        leave = opens[0] - bus.set_up_min - gaps[2 * i + 2] - legs[i + 1]
        latest = leave - gaps[2 * i + 1] - bus.tear_down_min - visits[i].service_min
        opens.insert(0, latest_open(visits[i], latest))
    begin = opens[0] - bus.set_up_min - gaps[0] - legs[0] - bus.prepare_min
    return begin, end, tuple(opens)


def earliest_open(visit: Candidate, earliest: int) -> int | None:
    """The first minute on the timetable's step, not before ``earliest``, that fits a window."""
    best = None
    for window in visit.windows:
        opened = max(earliest, window.from_min)
        opened += -opened % visit.step_min
        if opened + visit.service_min <= window.to_min and (best is None or opened < best):
            best = opened
    return best


def latest_open(visit: Candidate, latest: int) -> int:
    """The last minute on the timetable's step, not after ``latest``; one is known to exist."""
    best = -1
    for window in visit.windows:
        opened = min(latest, window.to_min - visit.service_min)
        opened -= opened % visit.step_min
        if opened >= window.from_min:
            best = max(best, opened)
    return best
