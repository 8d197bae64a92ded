"""Publish the newest draft of a week: judged, made public in one transaction, then written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from busplan.domain.dates import clock
from busplan.domain.errors import PlanBroken
from busplan.domain.fleet import BusId
from busplan.domain.plan import Plan, Visit
from busplan.domain.plan_version import PlanVersion
from busplan.domain.rules.check import check_plan
from busplan.publishing.address import find_address
from busplan.publishing.tiles import find_tiles
from busplan.publishing.write import OnWriting
from busplan.storage.store import Store
from busplan.usecases.planning_problem import build_problem
from busplan.usecases.write_pages import PagesWritten, write_pages

LOOK_AHEAD = timedelta(weeks=8)
"""How far after a plan its visits may still count: spacing and periods are shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPublished:
    """The plan that is public now, and the pages that show it."""

    version: PlanVersion
    pages: PagesWritten


def publish_week(
    engine: Engine,
    first_day: date,
    *,
    maps_dir: Path,
    now: datetime,
    cache_dir: Path | None,
    tile_url: str = "",
    tile_attribution: str = "",
    public_url: str = "",
    on_writing: OnWriting | None = None,
) -> WeekPublished:
    """Make the newest draft that starts on Monday ``first_day`` the public plan of its weeks.

    Raises ``NotFound`` when there is no draft, ``PlanBroken`` with every violation when the plan
    breaks a rule, makes a public plan of later weeks break one, or would drop public weeks or
    visits with stop events; then nothing is published. Should only the pages fail, the plan is
    public already, and ``write_pages`` may be tried again.
    """
    find_tiles(tile_url, tile_attribution)  # bad settings are told before anything is published
    find_address(public_url)
    with Store(engine) as store:
        version = _publish(store, first_day, now, cache_dir)
    pages = write_pages(
        engine,
        now,
        maps_dir=maps_dir,
        cache_dir=cache_dir,
        tile_url=tile_url,
        tile_attribution=tile_attribution,
        public_url=public_url,
        on_writing=on_writing,
    )
    return WeekPublished(version=version, pages=pages)


def _publish(store: Store, first_day: date, now: datetime, cache_dir: Path | None) -> PlanVersion:
    draft = store.plans.latest_draft(first_day)
    plan = draft.solution.plan
    problem = build_problem(store, first_day, plan.weeks, cache_dir)
    violations = tuple(str(violation) for violation in check_plan(plan, problem))
    if violations:
        raise PlanBroken(
            f"plan {draft.id} of {plan.week} breaks {len(violations)} rules and is not published",
            violations,
        )
    lost = tuple(_lost(store, plan))
    if lost:
        raise PlanBroken(
            f"plan {draft.id} of {plan.week} would undo what is public and is not published", lost
        )
    before = set(_broken_later(store, plan, cache_dir))
    version = store.plans.publish(draft.id, now)
    broken = tuple(v for v in _broken_later(store, plan, cache_dir) if v not in before)
    if broken:
        raise PlanBroken(
            f"plan {draft.id} of {plan.week} does not go with the weeks that are public after it"
            " and is not published; plan them together (--weeks)",
            broken,
        )
    return version


def _broken_later(store: Store, plan: Plan, cache_dir: Path | None) -> Iterator[str]:
    """What public plans of the weeks after this one break, by what is public before them."""
    first = plan.last_day + timedelta(days=1)
    for version in store.plans.list_published(first, first + LOOK_AHEAD):
        later = version.solution.plan
        if later.first_day >= first:
            problem = build_problem(store, later.first_day, later.weeks, cache_dir)
            for violation in check_plan(later, problem):
                yield f"{later.week}: {violation}"


def _lost(store: Store, plan: Plan) -> Iterator[str]:
    """What the public would lose: weeks the plan does not cover, visits with events it changes.

    Stop events belong to visits by id, so a visit that has any must stay what it was.
    """
    for version in store.plans.list_published(plan.first_day, plan.last_day):
        old = version.solution.plan
        if old.first_day < plan.first_day or old.last_day > plan.last_day:
            yield (
                f"plan {version.id} covers {old.first_day} to {old.last_day}:"
                f" plan these weeks again as a whole"
            )
        events = store.stop_events.of_visits([visit.id for _, visit in old.visits()])
        kept = {visit.id: (tour.bus_id, visit) for tour, visit in plan.visits()}
        for tour, visit in old.visits():
            if events[visit.id] and not _is_same(kept.get(visit.id), tour.bus_id, visit):
                yield (
                    f"{visit.id}: it already has a stop event ({events[visit.id][-1].kind.value})"
                    f" and must stay at {visit.stop_id} from {clock(visit.open_min)}; pin it"
                )


def _is_same(kept: tuple[BusId, Visit] | None, bus_id: BusId, old: Visit) -> bool:
    if kept is None:
        return False
    new_bus, new = kept
    return (new_bus, new.demand_id, new.stop_id, new.open_min, new.close_min) == (
        bus_id,
        old.demand_id,
        old.stop_id,
        old.open_min,
        old.close_min,
    )
