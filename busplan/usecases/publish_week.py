"""Publish the newest draft of a week: judged, made public in one transaction, then written."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine

from busplan.domain.errors import PlanBroken
from busplan.domain.plan_version import PlanVersion
from busplan.domain.rules.check import check_plan
from busplan.publishing.tiles import find_tiles
from busplan.storage.store import Store
from busplan.usecases.planning_problem import build_problem
from busplan.usecases.write_pages import PagesWritten, write_pages


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
) -> WeekPublished:
    """Make the newest draft that starts on Monday ``first_day`` the public plan of its weeks.

    Raises ``NotFound`` when there is no draft, ``PlanBroken`` with every violation when the plan
    breaks a rule; then nothing is published. Should only the pages fail, the plan is public
    already, and ``write_pages`` may be tried again.
    """
    find_tiles(tile_url, tile_attribution)  # a bad setting is told before anything is published
    with Store(engine) as store:
        version = _publish(store, first_day, now, cache_dir)
    pages = write_pages(
        engine,
        now,
        maps_dir=maps_dir,
        cache_dir=cache_dir,
        tile_url=tile_url,
        tile_attribution=tile_attribution,
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
    return store.plans.publish(draft.id, now)
