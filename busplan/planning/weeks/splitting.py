"""How a part of all plans is split: two halves that hold all of them.

A visit that the relaxation makes in parts is counted at most so often or once more; where all
counts are whole, by bus, then by day. Of the counts with most weight at stake the one that raises
both halves most is taken.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from busplan.planning.weeks.day_times import NEVER
from busplan.planning.weeks.week_master import Part, PartBound, WeekMaster
from busplan.planning.weeks.week_pricing import Tours

TRIED = 8
"""Ways to split that are tried on the columns there are."""
LEAST_RISE = 1.0
"""Points that count even for a half that does not rise."""
PARTLY = 1e-4
"""A value this far from whole is no rounding."""


def halves_of(part: Part, found: PartBound, weeks: WeekMaster) -> tuple[Part, ...]:
    """Two parts that hold all plans of this one; none if its visits are settled.

    Visits that the relaxation makes in parts are settled first, then those it makes, then those
    it does not: few tours are left in the end, whatever crews and times made of it.
    """
    visits = _visits(found.values, weeks)
    counts, worth = _counts(visits, weeks)
    partly = [(-worth[row] * _off(count), row) for row, count in counts.items() if _off(count)]
    if partly:
        tried = [_by_count(part, row, math.floor(counts[row]), weeks) for _, row in sorted(partly)]
        return max(tried[:TRIED], key=lambda halves: _gain(halves, found, weeks))
    halves = _by_group(part, visits, weeks)
    unmade = [
        row for row, count in counts.items() if count < PARTLY and _may_count(part, row, weeks)
    ]
    return _by_count(part, unmade[0], 0, weeks) if unmade and not halves else halves


def _gain(halves: tuple[Part, Part], found: PartBound, weeks: WeekMaster) -> float:
    """How far both halves rise by the columns there are.

    The product rule of strong branching (Achterberg, Koch & Martin, Oper. Res. Lett. 33, 2005).
    """
    return math.prod(max(weeks.relaxed(half) - found.relaxed, LEAST_RISE) for half in halves)


def _may_count(part: Part, row: int, weeks: WeekMaster) -> bool:
    return part.limits_of(row, weeks.master.program)[1] > 0


def _by_count(part: Part, row: int, often: int, weeks: WeekMaster) -> tuple[Part, Part]:
    """At most so often, or once more at least."""
    lower, upper = part.limits_of(row, weeks.master.program)
    return (
        replace(part, limits={**part.limits, row: (lower, often)}),
        replace(part, limits={**part.limits, row: (often + 1, upper)}),
    )


def _by_group(part: Part, visits: Mapping[int, float], weeks: WeekMaster) -> tuple[Part, ...]:
    """By the bus or the day of a demand record, visited in parts if there is one."""
    whole_one: tuple[Part, ...] = ()
    for group in _groups(visits, weeks):
        demand = weeks.marks.demand_of[group[0]]
        others = set(np.flatnonzero(weeks.marks.demand_of[:-1] == demand).tolist()) - set(group)
        halves = (
            replace(part, banned=part.banned | others),
            replace(part, banned=part.banned | set(group)),
        )
        made = sum(visits.get(candidate, 0.0) for candidate in group)
        if _off(made):
            return halves
        if made > PARTLY and not others <= part.banned:
            whole_one = whole_one or halves
    return whole_one


def _counts(
    visits: Mapping[int, float], weeks: WeekMaster
) -> tuple[dict[int, float], dict[int, int]]:
    """What each row that a part may limit counts, and the weight of its demand record."""
    counts: defaultdict[int, float] = defaultdict(float)
    worth = {}
    master = weeks.master
    for candidate, row, _ in master.program.tellings.visits:
        if row in weeks.counted:
            counts[row] += visits.get(candidate, 0.0)
            demand = master.problem.demand_by_id[master.candidates[candidate].demand_id]
            worth[row] = demand.weight
    return dict(counts), worth


def _off(value: float) -> float:
    """How far a value is from whole, 0 if that may be rounding."""
    off = min(value % 1, 1 - value % 1)
    return off if off > PARTLY else 0.0


def _visits(values: Mapping[Tours, float], weeks: WeekMaster) -> dict[int, float]:
    """How often each candidate is visited."""
    visits: defaultdict[int, float] = defaultdict(float)
    rows = weeks.master.columns.tours.visits
    for tours, value in values.items():
        for candidate in rows[list(tours)].ravel().tolist():
            if candidate != NEVER:
                visits[candidate] += value
    return dict(visits)


def _groups(visits: Mapping[int, float], weeks: WeekMaster) -> Iterator[list[int]]:
    """Candidates of a demand record by one bus, then on one day, where it is visited once at most.

    A record of several periods may be visited once in each, so no one bus or day is all.
    """
    candidates = weeks.master.candidates
    rows: defaultdict[int, set[int]] = defaultdict(set)
    for candidate, row, _ in weeks.master.program.tellings.visits:
        if row in weeks.counted:
            rows[int(weeks.marks.demand_of[candidate])].add(row)
    seen = sorted({int(weeks.marks.demand_of[candidate]) for candidate in visits})
    single = [demand for demand in seen if weeks.marks.once[demand] and len(rows[demand]) == 1]
    for by_day in (False, True):
        for demand in single:
            grouped: defaultdict[object, list[int]] = defaultdict(list)
            for candidate in np.flatnonzero(weeks.marks.demand_of[:-1] == demand).tolist():
                one = candidates[candidate]
                grouped[one.service_date if by_day else one.bus_id].append(candidate)
            yield from grouped.values()
