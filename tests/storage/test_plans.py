"""Plan versions from draft to history."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session

from busplan.domain.errors import InvalidInput, NotFound
from busplan.domain.plan import VisitId
from busplan.domain.plan_version import PlanStatus, PlanVersion, PlanVersionId
from busplan.storage.store import Store
from busplan.storage.tables import PublishedWeekRow
from tests.factories import MONDAY, make_plan, make_tour, make_visit
from tests.storage.weeks import NOW, VISIT, WEEK, make_solution

LATER = NOW + timedelta(hours=1)


def publish(store: Store, first_day: date = MONDAY, weeks: int = 1) -> PlanVersion:
    """A new published plan of the weeks."""
    return store.plans.publish(store.plans.add_draft(make_solution(first_day, weeks), NOW).id, NOW)


def statuses(store: Store, *versions: PlanVersion) -> list[str]:
    """Where the versions stand now."""
    return [store.plans.get(version.id).status.value for version in versions]


def test_a_draft_is_kept_until_it_is_published(engine: Engine) -> None:
    with Store(engine) as store:
        draft = store.plans.add_draft(make_solution(), NOW)
    with Store(engine) as store:
        assert store.plans.latest_draft(MONDAY) == draft == store.plans.get(draft.id)
        assert store.plans.list_published(MONDAY, MONDAY) == ()
        published = store.plans.publish(draft.id, LATER)

    assert published == replace(draft, status=PlanStatus.PUBLISHED, published_at=LATER)
    with Store.reading(engine) as store:
        assert store.plans.list_published(MONDAY, MONDAY) == (published,)
        with pytest.raises(NotFound, match="busplan plan --week 2026-W49"):
            store.plans.latest_draft(MONDAY)


def test_the_latest_draft_of_the_week_is_the_newest(store: Store) -> None:
    store.plans.add_draft(make_solution(), NOW)
    newest = store.plans.add_draft(make_solution(), NOW)
    store.plans.add_draft(make_solution(MONDAY + WEEK), NOW)

    assert store.plans.latest_draft(MONDAY) == newest


def test_a_plan_that_nobody_stored_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="no plan 7"):
        store.plans.get(PlanVersionId(7))
    with pytest.raises(NotFound, match="no plan 7"):
        store.plans.publish(PlanVersionId(7), NOW)


def test_only_drafts_are_published(store: Store) -> None:
    first = publish(store)
    second = publish(store)

    for version in (first, second):
        with pytest.raises(InvalidInput, match="only a draft can be published"):
            store.plans.publish(version.id, NOW)


def test_a_plan_supersedes_those_that_share_a_week_with_it(store: Store) -> None:
    before = publish(store, MONDAY - WEEK)
    first, second = publish(store), publish(store, MONDAY + WEEK)
    behind = publish(store, MONDAY + 2 * WEEK)

    both = publish(store, MONDAY, weeks=2)

    assert statuses(store, before, first, second, behind, both) == [
        "published", "superseded", "superseded", "published", "published",
    ]  # fmt: skip
    again = publish(store, MONDAY + WEEK)
    assert statuses(store, both, again) == ["superseded", "published"]


def test_the_database_itself_allows_one_published_plan_a_week(engine: Engine) -> None:
    with Store(engine) as store:
        publish(store, weeks=2)
        other = store.plans.add_draft(make_solution(), NOW)

    with Session(engine) as session, pytest.raises(IntegrityError):
        session.add(PublishedWeekRow(monday=MONDAY + WEEK, plan_version_id=other.id))
        session.flush()


def test_published_plans_are_listed_by_date_when_a_day_is_asked_for(store: Store) -> None:
    second = publish(store, MONDAY + WEEK)
    first = publish(store)
    sunday = MONDAY + timedelta(days=6)

    def listed(first_day: date, last_day: date) -> list[int]:
        return [version.id for version in store.plans.list_published(first_day, last_day)]

    assert listed(date(2020, 1, 1), date(2039, 1, 1)) == [first.id, second.id]
    assert listed(sunday, sunday) == [first.id]
    assert listed(sunday, sunday + timedelta(days=1)) == [first.id, second.id]
    assert listed(MONDAY - WEEK, MONDAY - timedelta(days=1)) == []


def test_a_visit_is_found_in_the_published_plan_only(store: Store) -> None:
    draft = store.plans.add_draft(make_solution(), NOW)
    with pytest.raises(NotFound, match=VISIT):
        store.plans.get_visit(VISIT)

    published = store.plans.publish(draft.id, NOW)
    tour = published.solution.plan.tours[0]
    assert store.plans.get_visit(VISIT) == (published, tour, tour.visits[0])

    successor = publish(store)
    assert store.plans.get_visit(VISIT)[0] == successor


def test_visit_ids_that_repeat_are_refused(store: Store) -> None:
    """Events are told apart by them."""
    tour = make_tour(make_visit(id=VisitId("v"), open_min=600), make_visit(id=VisitId("v")))
    solution = replace(make_solution(), plan=make_plan(tour))

    with pytest.raises(InvalidInput, match="each visit once, not v"):
        store.plans.add_draft(solution, NOW)


def test_naive_times_are_refused_before_they_reach_the_database(engine: Engine) -> None:
    with pytest.raises(StatementError, match="timezone"), Store(engine) as store:
        store.plans.add_draft(make_solution(), NOW.replace(tzinfo=None))


def test_replaced_plans_are_listed_by_when_they_were_public(store: Store) -> None:
    first = publish(store)
    second = publish(store, MONDAY, weeks=2)
    publish(store)

    listed = store.plans.list_superseded(MONDAY, MONDAY)
    assert [version.id for version in listed] == [first.id, second.id]
    assert store.plans.list_superseded(MONDAY + 2 * WEEK, MONDAY + 3 * WEEK) == ()
