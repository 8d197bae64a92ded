"""What changes from one plan to another: new, moved and gone visits.

Days are counted from each plan's first day, so that this week can be held against the last.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from busplan.domain.demand import DemandId
from busplan.domain.fleet import BusId
from busplan.domain.places import StopId
from busplan.domain.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Presence:
    """Where and when a demand record is served, the day counted from the plan's first."""

    day: int
    open_min: int
    close_min: int
    bus_id: BusId
    stop_id: StopId


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A visit that is new (``before`` is ``None``), gone (``after`` is ``None``) or moved."""

    demand_id: DemandId
    before: Presence | None
    after: Presence | None

    @property
    def kind(self) -> str:
        """``new``, ``moved`` or ``gone``."""
        if self.before is None:
            return "new"
        return "gone" if self.after is None else "moved"


def diff_plans(before: Plan, after: Plan) -> tuple[Change, ...]:
    """Every visit that is not the same in both plans, by demand record and day."""
    old, new = _presences(before), _presences(after)
    return tuple(
        change
        for demand_id in sorted({*old, *new})
        for change in _changes(demand_id, old[demand_id], new[demand_id])
    )


def _presences(plan: Plan) -> defaultdict[DemandId, Counter[Presence]]:
    """Counted, because a plan made by hand may hold a visit twice."""
    found: defaultdict[DemandId, Counter[Presence]] = defaultdict(Counter)
    for tour, visit in plan.visits():
        presence = Presence(
            day=(tour.service_date - plan.first_day).days,
            open_min=visit.open_min,
            close_min=visit.close_min,
            bus_id=tour.bus_id,
            stop_id=visit.stop_id,
        )
        found[visit.demand_id][presence] += 1
    return found


def _changes(
    demand_id: DemandId, old: Counter[Presence], new: Counter[Presence]
) -> Iterator[Change]:
    left = sorted((old - new).elements())
    came = sorted((new - old).elements())
    for before, after in zip_longest(left, came):
        yield Change(demand_id=demand_id, before=before, after=after)
