"""Show one day: every published visit and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine

from busplan.domain.places import StopId
from busplan.domain.stop_events import state_of
from busplan.storage.store import Store
from busplan.tracking.live_board import BoardLine, build_board


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The lines of a day and the names of the county's stops."""

    day: date
    lines: tuple[BoardLine, ...]
    stop_names: Mapping[StopId, str]


def show_board(engine: Engine, day: date) -> Board:
    """Staff's view of the day: nothing is held back, so it is never published."""
    with Store.reading(engine) as store:
        plans = [version.solution.plan for version in store.plans.list_published(day, day)]
        ids = [visit.id for plan in plans for _, visit in plan.visits()]
        events = store.stop_events.of_visits(ids)
        names = {stop.id: stop.name for stop in store.county.get().stops}
    states = {visit_id: state_of(log) for visit_id, log in events.items()}
    return Board(day=day, lines=build_board(plans, states, day), stop_names=names)
