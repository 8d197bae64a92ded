"""Build the public timetable of all published plans that still matter."""

from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from busplan.domain.dates import BERLIN, DAYS_PER_WEEK
from busplan.domain.public_timetable import PublicTimetable
from busplan.domain.publication import GateInput, open_gate
from busplan.domain.stop_events import state_of
from busplan.storage.store import Store
from busplan.usecases.planning_problem import matrix_of


def build_public_timetable(
    engine: Engine, now: datetime, cache_dir: Path | None
) -> PublicTimetable:
    """What the public may know at the moment ``now`` (aware).

    Holds every published plan that ended less than a week ago or is still to come. Raises
    ``NotFound`` when no county is loaded and ``InvalidInput`` when there is no such plan.
    """
    since = now.astimezone(BERLIN).date() - timedelta(days=DAYS_PER_WEEK)
    with Store.reading(engine) as store:
        county = store.county.get()
        versions = store.plans.list_published(since, date.max)
        plans = tuple(version.solution.plan for version in versions)
        replaced = store.plans.list_superseded(since, date.max)
        withdrawn = store.withdrawals.list_ids()
        events = store.stop_events.of_visits(v.id for plan in plans for _, v in plan.visits())
    house = GateInput(
        county=county.county,
        municipalities=county.municipalities,
        places=county.places,
        outlines=county.outlines,
        stops=county.stops,
        buses=county.buses,
        plans=plans,
        states={visit_id: state_of(log) for visit_id, log in events.items()},
        matrix=matrix_of(county, cache_dir),
        short_notice_hours=county.parameters.short_notice_hours,
        withdrawn=withdrawn,
        programme=county.programme,
        site=county.site,
        replaced=tuple(version.solution.plan for version in replaced),
    )
    return open_gate(house, now)
