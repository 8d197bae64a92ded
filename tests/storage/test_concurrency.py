"""Two people at once: nobody's work is lost, no law is broken."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine

from busplan.domain.errors import EventRefused, InvalidInput
from busplan.domain.plan_version import PlanStatus
from busplan.domain.stop_events import EventKind
from busplan.storage.migrate import downgrade, upgrade
from busplan.storage.store import Store
from tests.factories import MONDAY
from tests.storage.weeks import NOW, VISIT, WEEK, make_event, make_solution

ROUNDS = 5


def at_once(*tasks: Callable[[], object]) -> list[BaseException | None]:
    """Run the tasks in threads that start together; the error of each, or ``None``."""
    start = Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        start.wait()
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return [future.exception() for future in [pool.submit(run, task) for task in tasks]]


def test_two_publishers_of_one_week_leave_one_published_plan(engine: Engine) -> None:
    def publish(version_id: int) -> None:
        with Store(engine) as store:
            store.plans.publish(version_id, NOW)

    for _ in range(ROUNDS):
        with Store(engine) as store:
            one = store.plans.add_draft(make_solution(MONDAY, weeks=2), NOW).id
            other = store.plans.add_draft(make_solution(MONDAY + WEEK), NOW).id

        errors = at_once(lambda a=one: publish(a), lambda b=other: publish(b))

        with Store.reading(engine) as store:
            stand = {store.plans.get(one).status, store.plans.get(other).status}
            published = store.plans.list_published(MONDAY, MONDAY + 2 * WEEK)
        assert errors == [None, None]
        assert stand == {PlanStatus.PUBLISHED, PlanStatus.SUPERSEDED}
        assert len(published) == 1


def test_a_draft_published_by_two_is_published_once(engine: Engine) -> None:
    with Store(engine) as store:
        draft = store.plans.add_draft(make_solution(), NOW).id

    def publish() -> None:
        with Store(engine) as store:
            store.plans.get(draft)
            store.plans.publish(draft, NOW)

    errors = at_once(publish, publish, publish)

    assert [type(error) for error in errors if error] == [InvalidInput] * 2


def test_of_many_arrivals_at_one_visit_exactly_one_is_kept(engine: Engine) -> None:
    def arrive() -> None:
        with Store(engine) as store:
            store.stop_events.append(make_event(EventKind.ARRIVE))

    errors = at_once(*[arrive] * 6)

    assert [type(error) for error in errors if error] == [EventRefused] * 5
    with Store.reading(engine) as store:
        assert len(store.stop_events.of_visit(VISIT)) == 1


@pytest.mark.postgres
def test_arrivals_that_both_looked_first_are_still_told_apart(postgres_engine: Engine) -> None:
    """Both saw a planned visit before either wrote; SQLite lets only one look at a time."""
    both_looked = Barrier(2)

    def arrive() -> None:
        with Store(postgres_engine) as store:
            assert store.stop_events.of_visit(VISIT) == ()
            both_looked.wait()
            store.stop_events.append(make_event(EventKind.ARRIVE))

    errors = at_once(arrive, arrive)

    assert [type(error) for error in errors if error] == [EventRefused]


def test_events_of_different_visits_are_all_kept(engine: Engine) -> None:
    def arrive(day: int) -> None:
        visit = make_solution(MONDAY + day * WEEK).plan.tours[0].visits[0].id
        with Store(engine) as store:
            store.stop_events.append(
                make_event(EventKind.ARRIVE, visit, at=NOW + timedelta(days=day))
            )

    errors = at_once(*[lambda day=day: arrive(day) for day in range(6)])

    assert errors == [None] * 6
    with Store.reading(engine) as store:
        assert store.revision.current() == 6


def test_processes_that_start_together_migrate_once(engine: Engine) -> None:
    downgrade(engine, "base")

    assert at_once(*[lambda: upgrade(engine)] * 3) == [None] * 3
