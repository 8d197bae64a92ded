"""When a bus is where, for a given order of visits on a day.

Each timeline ends as early as it can for its earliest start, and then starts as late as it can:
every goal and rule prefers that, so nothing better is missed. Later starts are worth listing
only where a shift or a person's rest begins. The search itself is in ``timeline_search``; this
module turns the domain into its arrays and back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np

from busplan.domain.fleet import Bus
from busplan.domain.parameters import Parameters
from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.breaks import Stretch, break_shapes
from busplan.planning.weeks.candidates import Candidate
from busplan.planning.weeks.day_times import BusTimes, VisitTable
from busplan.planning.weeks.timeline_search import Waits


@dataclass(frozen=True, slots=True)
class Timeline:
    """Opening minute of each visit, presence of the crew, and breaks of each adult.

    ``stays[i]`` minutes the bus stands after the i-th tear-down. ``work_min`` are the working
    minutes of the adult with the shortest breaks.
    """

    start_min: int
    end_min: int
    work_min: int
    opens: tuple[int, ...]
    breaks: tuple[tuple[Stretch, ...], ...]
    stays: tuple[int, ...]


def longest_work(adults: int, numbers: Parameters) -> int:
    """The most minutes a bus can be busy in a day: of two adults one may rest meanwhile."""
    return numbers.work_day_max_min + (numbers.long_break_min if adults > 1 else 0)


def visit_table(visits: Sequence[Candidate]) -> VisitTable:
    """Candidates in the form that the search reads, in their order."""
    windows = [(w.from_min, w.to_min) for visit in visits for w in visit.windows]
    return VisitTable(
        service=_ints([visit.service_min for visit in visits]),
        step=_ints([visit.step_min for visit in visits]),
        first=_ints([0, *np.cumsum([len(visit.windows) for visit in visits])]),
        windows=_ints(windows).reshape(-1, 2),
    )


def bus_times(bus: Bus, last_end: int) -> BusTimes:
    """A bus in the form that the search reads; its crew must end by ``last_end``."""
    return BusTimes(bus.set_up_min, bus.tear_down_min, bus.prepare_min, bus.finish_min, last_end)


@lru_cache
def waits_for_breaks(most_visits: int, numbers: Parameters) -> Waits:
    """All layouts of waits for breaks on days of up to ``most_visits`` visits."""
    layouts = [list(_layouts(visits, numbers)) for visits in range(most_visits + 1)]
    gaps = np.zeros((sum(map(len, layouts)), 2 * most_visits), dtype=np.int64)
    for row, layout in zip(gaps, (one for group in layouts for one in group), strict=True):
        row[: len(layout)] = layout
    return Waits(first=_ints([0, *np.cumsum([len(group) for group in layouts])]), gaps=gaps)


def _layouts(visits: int, numbers: Parameters) -> Iterator[tuple[int, ...]]:
    """Standing minutes to add at the 2n places (before set-up, after tear-down) of n visits."""
    layouts = set()
    for shape in break_shapes(numbers):
        for places in combinations(range(2 * visits), len(shape)):
            gaps = [0] * (2 * visits)
            for place, length in zip(places, shape, strict=True):
                gaps[place] = length
            layouts.add(tuple(gaps))
    yield from sorted(layouts, key=lambda gaps: (sum(gaps), gaps))


def _ints(values: Sequence[object]) -> Ints:
    return np.array(values, dtype=np.int64)
