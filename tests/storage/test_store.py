"""A store is one transaction, and its revision moves with what readers see."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import InternalError

from busplan.domain.errors import NotFound
from busplan.domain.stop_events import EventKind
from busplan.storage.store import Store
from tests.factories import MONDAY
from tests.storage.weeks import NOW, make_county_data, make_event, make_solution


def test_an_error_undoes_everything_in_the_block(engine: Engine) -> None:
    with pytest.raises(RuntimeError, match="late"), Store(engine) as store:
        store.county.save(make_county_data())
        store.plans.publish(store.plans.add_draft(make_solution(), NOW).id, NOW)
        store.stop_events.append(make_event(EventKind.ARRIVE))
        store.tokens.add("tablet", "abc", NOW)
        raise RuntimeError("late")

    with Store.reading(engine) as store:
        with pytest.raises(NotFound):
            store.county.get()
        assert store.plans.list_published(MONDAY, MONDAY) == ()
        assert store.stop_events.of_visits(["2026-11-30-wilde13-1"]) == {"2026-11-30-wilde13-1": ()}
        assert store.tokens.list() == ()
        assert store.revision.current() == 0


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda store: store.county.save(make_county_data()), id="county"),
        pytest.param(
            lambda store: store.plans.publish(store.plans.add_draft(make_solution(), NOW).id, NOW),
            id="publication",
        ),
        pytest.param(
            lambda store: store.stop_events.append(make_event(EventKind.ARRIVE)), id="event"
        ),
    ],
)
def test_what_readers_see_advances_the_revision(
    store: Store, change: Callable[[Store], object]
) -> None:
    change(store)

    assert store.revision.current() == 1


def test_a_draft_does_not_advance_the_revision(store: Store) -> None:
    """Nobody sees it yet."""
    store.plans.add_draft(make_solution(), NOW)

    assert store.revision.current() == 0


@pytest.mark.postgres
def test_postgresql_refuses_writes_of_a_reading_store(postgres_engine: Engine) -> None:
    with (
        pytest.raises(InternalError, match="read-only transaction"),
        Store.reading(postgres_engine) as store,
    ):
        store.revision.advance()
