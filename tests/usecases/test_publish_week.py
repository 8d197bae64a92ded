"""Publishing: only unbroken plans, in the database and on disk alike, and news on every page."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from busplan.domain.dates import BERLIN
from busplan.domain.errors import InvalidInput, NotFound, PlanBroken
from busplan.domain.plan_version import PlanStatus
from busplan.domain.public_timetable import PublicStatus
from busplan.domain.solution import Solution
from busplan.domain.stop_events import CancelReason, EventKind, StopEvent
from busplan.planning.limits import SearchLimits
from busplan.storage.store import Store
from busplan.usecases.plan_week import plan_week
from busplan.usecases.public_timetable import build_public_timetable
from busplan.usecases.publish_week import WeekPublished, publish_week
from busplan.usecases.record_stop_event import record_stop_event
from busplan.usecases.write_pages import write_pages
from tests.factories import MONDAY, make_stop
from tests.storage.weeks import make_county_data

NOW = datetime(2026, 11, 27, 12, tzinfo=BERLIN)


@pytest.fixture
def planned(engine: Engine) -> Engine:
    """A database with a county and a draft of 2026-W49."""
    with Store(engine) as store:
        store.county.save(make_county_data(stops=(make_stop("s1", name="Marktplatz"),)))
    plan_week(engine, MONDAY, 1, limits=SearchLimits(work=5), seed=1, now=NOW, cache_dir=None)
    return engine


def publish(engine: Engine, folder: Path) -> WeekPublished:
    return publish_week(
        engine, MONDAY, maps_dir=folder / "maps", now=NOW, cache_dir=folder / "cache"
    )


def read_week(folder: Path) -> str:
    return (folder / "maps" / "2026-W49" / "index.html").read_text("utf-8")


def test_a_good_draft_becomes_public_with_its_pages(planned: Engine, tmp_path: Path) -> None:
    published = publish(planned, tmp_path)

    assert published.version.status is PlanStatus.PUBLISHED
    assert published.pages.overview.exists()
    assert "Marktplatz" in read_week(tmp_path)


def test_a_broken_draft_is_refused_with_every_violation(planned: Engine, tmp_path: Path) -> None:
    with Store(planned) as store:
        plan = store.plans.latest_draft(MONDAY).solution.plan
        early = tuple(
            replace(tour, return_min=tour.visits[0].arrival_min, duties=()) for tour in plan.tours
        )
        store.plans.add_draft(Solution(plan=replace(plan, tours=early)), NOW)

    with pytest.raises(PlanBroken) as refused:
        publish(planned, tmp_path)

    assert len(refused.value.violations) >= 2
    assert not (tmp_path / "maps").exists()
    with Store.reading(planned) as store:
        assert store.plans.list_published(MONDAY, MONDAY) == ()


def test_a_week_without_a_draft_is_not_found(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        publish(engine, tmp_path)


def test_a_bad_tile_server_is_told_before_anything_is_published(
    planned: Engine, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInput, match="tile"):
        publish_week(
            planned,
            MONDAY,
            maps_dir=tmp_path,
            now=NOW,
            cache_dir=None,
            tile_url="tiles",
            tile_attribution="x",
        )

    with Store.reading(planned) as store:
        assert store.plans.list_published(MONDAY, MONDAY) == ()


def test_a_cancelled_visit_shows_on_the_pages_at_once(planned: Engine, tmp_path: Path) -> None:
    published = publish(planned, tmp_path)
    ((_, visit), *_) = published.version.solution.plan.visits()
    cancelled = StopEvent(
        visit_id=visit.id, kind=EventKind.CANCEL, at=NOW, reason=CancelReason.WEATHER
    )

    record_stop_event(planned, cancelled)
    written = write_pages(planned, NOW, maps_dir=tmp_path / "maps", cache_dir=None)

    assert "fällt aus" in read_week(tmp_path)
    assert 0 < written.changed < written.files
    assert "weather" not in read_week(tmp_path)


def test_a_plan_is_public_until_a_week_after_its_end(planned: Engine, tmp_path: Path) -> None:
    publish(planned, tmp_path)
    sunday = datetime(2026, 12, 6, 12, tzinfo=BERLIN)

    timetable = build_public_timetable(planned, sunday + timedelta(days=7), None)

    assert timetable.first_day == MONDAY
    assert {visit.status for visit in timetable.visits} == {PublicStatus.PLANNED}
    with pytest.raises(InvalidInput, match="no published plan"):
        build_public_timetable(planned, sunday + timedelta(days=8), None)


def test_house_ids_stay_in_the_house(planned: Engine, tmp_path: Path) -> None:
    published = publish(planned, tmp_path)

    ids = [visit.id for _, visit in published.version.solution.plan.visits()]
    assert ids
    assert [visit_id for visit_id in ids if visit_id in read_week(tmp_path)] == []
