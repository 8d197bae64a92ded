"""Publishing: only unbroken plans, in the database and on disk alike, and news on every page."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from busplan.domain.dates import BERLIN
from busplan.domain.errors import InvalidInput, NotFound, PlanBroken
from busplan.domain.plan import Plan, Visit, visit_id
from busplan.domain.plan_version import PlanStatus, PlanVersionId
from busplan.domain.problem import PlanningProblem
from busplan.domain.public_timetable import PublicStatus
from busplan.domain.rules.check import check_plan
from busplan.domain.solution import Solution
from busplan.domain.stop_events import CancelReason, EventKind, StopEvent
from busplan.planning.limits import SearchLimits
from busplan.storage.store import Store
from busplan.usecases.plan_week import plan_week
from busplan.usecases.planning_problem import build_problem
from busplan.usecases.public_timetable import build_public_timetable
from busplan.usecases.publish_week import WeekPublished, publish_week
from busplan.usecases.record_stop_event import record_stop_event
from busplan.usecases.write_pages import write_pages
from tests.factories import MONDAY, make_demand, make_plan, make_stop, make_tour, make_visit
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


def plan_anew(engine: Engine, weeks: int = 1, pins: tuple[str, ...] = ()) -> None:
    limits = SearchLimits(work=5)
    plan_week(engine, MONDAY, weeks, limits=limits, seed=1, now=NOW, cache_dir=None, pins=pins)


def statuses(engine: Engine, *ids: PlanVersionId) -> list[PlanStatus]:
    with Store.reading(engine) as store:
        return [store.plans.get(version_id).status for version_id in ids]


def test_a_new_plan_of_the_week_supersedes_the_old_one(planned: Engine, tmp_path: Path) -> None:
    old = publish(planned, tmp_path).version
    plan_anew(planned, weeks=2)

    new = publish(planned, tmp_path).version

    assert statuses(planned, old.id, new.id) == [PlanStatus.SUPERSEDED, PlanStatus.PUBLISHED]
    with Store.reading(planned) as store:
        assert [v.id for v in store.plans.list_published(MONDAY, MONDAY)] == [new.id]


def test_weeks_of_a_longer_public_plan_are_not_dropped(planned: Engine, tmp_path: Path) -> None:
    plan_anew(planned, weeks=2)
    long = publish(planned, tmp_path).version
    plan_anew(planned, weeks=1)

    with pytest.raises(PlanBroken) as refused:
        publish(planned, tmp_path)

    (sentence,) = refused.value.violations
    assert "covers 2026-11-30 to 2026-12-13" in sentence
    assert statuses(planned, long.id) == [PlanStatus.PUBLISHED]


def test_a_week_that_breaks_a_public_one_after_it_is_refused(
    engine: Engine, tmp_path: Path
) -> None:
    """A visit every other week: made public for a week, it cannot be for the week before too."""
    data = make_county_data(demands=(make_demand(period_weeks=2, headway_min_days=10),))
    with Store(engine) as store:
        store.county.save(data)
    week_before = MONDAY - timedelta(days=7)
    for first_day in (MONDAY, week_before):
        limits = SearchLimits(work=5)
        plan_week(engine, first_day, 1, limits=limits, seed=1, now=NOW, cache_dir=None)
    later = publish(engine, tmp_path).version

    with pytest.raises(PlanBroken, match="plan them together") as refused:
        publish_week(engine, week_before, maps_dir=tmp_path / "maps", now=NOW, cache_dir=None)

    assert all(sentence.startswith("2026-W49: ") for sentence in refused.value.violations)
    assert statuses(engine, later.id) == [PlanStatus.PUBLISHED]
    with Store.reading(engine) as store:
        assert store.plans.list_published(week_before, week_before) == ()


def with_event(engine: Engine, folder: Path) -> WeekPublished:
    """A public plan whose only visit has a stop event."""
    published = publish(engine, folder)
    ((_, visit),) = published.version.solution.plan.visits()
    record_stop_event(
        engine,
        StopEvent(visit_id=visit.id, kind=EventKind.CANCEL, at=NOW, reason=CancelReason.WEATHER),
    )
    return published


@pytest.mark.parametrize("change", ["gone", "later", "elsewhere"])
def test_visits_with_stop_events_are_not_changed(
    change: str, planned: Engine, tmp_path: Path
) -> None:
    with Store(planned) as store:
        stops = (make_stop("s1"), make_stop("s2"))
        store.county.save(make_county_data(stops=stops))
    published = with_event(planned, tmp_path)
    ((tour, visit),) = published.version.solution.plan.visits()
    day = tour.service_date - timedelta(days=change == "gone")
    other = make_visit(
        "s2" if change == "elsewhere" else "s1",
        visit.open_min + 60 * (change == "later"),
        id=visit_id(day, tour.bus_id, 1),
        demand_id=visit.demand_id,
    )
    with Store(planned) as store:
        problem = build_problem(store, MONDAY, 1, None)
        changed = timed(other, day, problem)
        assert list(check_plan(changed, problem)) == []
        store.plans.add_draft(Solution(plan=changed), NOW)

    with pytest.raises(PlanBroken) as refused:
        publish(planned, tmp_path)

    (sentence,) = refused.value.violations
    assert sentence.startswith(f"{visit.id}: it already has a stop event (cancel)")
    assert statuses(planned, published.version.id) == [PlanStatus.PUBLISHED]


def timed(visit: Visit, day: date, problem: PlanningProblem) -> Plan:
    """A plan with this visit alone, driven as the problem's matrix says."""
    out, back = (("depot", visit.stop_id), (visit.stop_id, "depot"))
    numbers = problem.parameters
    minutes = [problem.matrix.travel_min(*leg) for leg in (out, back)]
    return make_plan(
        make_tour(
            visit,
            service_date=day,
            depart_min=visit.arrival_min - minutes[0] - numbers.leg_buffer_min,
            return_min=visit.departure_min + minutes[1] + numbers.leg_buffer_min,
            drive_min=sum(minutes),
            length_m=sum(problem.matrix.length_m(*leg) for leg in (out, back)),
        )
    )


def test_a_pinned_visit_with_a_stop_event_may_be_published_again(
    planned: Engine, tmp_path: Path
) -> None:
    old = with_event(planned, tmp_path)
    ((_, visit),) = old.version.solution.plan.visits()
    plan_anew(planned, pins=(visit.id,))

    new = publish(planned, tmp_path)

    assert statuses(planned, old.version.id) == [PlanStatus.SUPERSEDED]
    assert "fällt aus" in read_week(tmp_path)
    assert [v for _, v in new.version.solution.plan.visits()] == [visit]


def test_a_refused_plan_changes_neither_revision_nor_pages(planned: Engine, tmp_path: Path) -> None:
    """Judging and superseding are one transaction: readers see all of it or nothing."""
    with_event(planned, tmp_path)
    with Store(planned) as store:
        revision = store.revision.current()
        store.plans.add_draft(Solution(plan=Plan(county="test", first_day=MONDAY, weeks=1)), NOW)
    page = read_week(tmp_path)

    with pytest.raises(PlanBroken):
        publish(planned, tmp_path)

    with Store.reading(planned) as store:
        assert store.revision.current() == revision
    assert read_week(tmp_path) == page
