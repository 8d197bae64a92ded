"""The log of stop events is only ever added to."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlmodel import Session

from busplan.domain.errors import EventRefused
from busplan.domain.plan import VisitId
from busplan.domain.stop_events import AgeBand, EventKind, Tally, VisitStatus
from busplan.storage.store import Store
from tests.storage.weeks import NOW, VISIT, make_event

OTHER = VisitId("other")
HOUR = timedelta(hours=1)
TALLY = Tally(counts=((AgeBand.FROM_14, 7), (AgeBand.UNDER_10, 2)))


def test_events_are_read_in_the_order_in_which_they_were_recorded(engine: Engine) -> None:
    arrival = make_event(EventKind.ARRIVE)
    leaving = make_event(EventKind.LEAVE, at=NOW + HOUR, tally=TALLY)
    elsewhere = make_event(EventKind.ARRIVE, OTHER)

    with Store(engine) as store:
        states = [store.stop_events.append(e) for e in (arrival, elsewhere, leaving)]

    assert [state.status for state in states] == [
        VisitStatus.OPEN, VisitStatus.OPEN, VisitStatus.DONE,
    ]  # fmt: skip
    with Store.reading(engine) as store:
        assert store.stop_events.of_visit(VISIT) == (arrival, leaving)
        assert store.stop_events.of_visit(VisitId("unheard of")) == ()
        assert store.stop_events.of_visits([OTHER, VISIT, VisitId("x")]) == {
            OTHER: (elsewhere,),
            VISIT: (arrival, leaving),
            "x": (),
        }


def test_a_leaving_without_a_tally_differs_from_one_with_an_empty_tally(engine: Engine) -> None:
    with Store(engine) as store:
        for visit, tally in ((VISIT, None), (OTHER, Tally(counts=()))):
            store.stop_events.append(make_event(EventKind.ARRIVE, visit))
            store.stop_events.append(make_event(EventKind.LEAVE, visit, tally=tally))

    with Store.reading(engine) as store:
        assert store.stop_events.of_visit(VISIT)[-1].tally is None
        assert store.stop_events.of_visit(OTHER)[-1].tally == Tally(counts=())


def test_many_visits_are_read_at_once(engine: Engine) -> None:
    """More than one statement can name."""
    ids = [VisitId(f"v{number}") for number in range(33_000)]
    with Store(engine) as store:
        for visit in (ids[0], ids[-1]):
            store.stop_events.append(make_event(EventKind.ARRIVE, visit))

    with Store.reading(engine) as store:
        found = store.stop_events.of_visits(ids)

    assert len(found) == len(ids)
    assert {visit for visit, events in found.items() if events} == {ids[0], ids[-1]}


def test_what_contradicts_the_log_is_refused_and_leaves_no_trace(engine: Engine) -> None:
    with Store(engine) as store:
        store.stop_events.append(make_event(EventKind.ARRIVE))
        revision = store.revision.current()

    with pytest.raises(EventRefused, match="is open: arrive"), Store(engine) as store:
        store.stop_events.append(make_event(EventKind.ARRIVE))

    with Store.reading(engine) as store:
        assert len(store.stop_events.of_visit(VISIT)) == 1
        assert store.revision.current() == revision


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stop_event SET kind = 'cancel'",
        "DELETE FROM stop_event",
        "UPDATE tally_count SET contacts = 99",
        "DELETE FROM tally_count",
    ],
)
def test_the_database_refuses_to_change_what_happened(engine: Engine, statement: str) -> None:
    with Store(engine) as store:
        store.stop_events.append(make_event(EventKind.ARRIVE))
        store.stop_events.append(make_event(EventKind.LEAVE, tally=TALLY))

    with engine.connect() as connection, pytest.raises(DatabaseError, match="append-only"):
        connection.execute(text(statement))


def test_the_database_keeps_one_event_for_each_place_in_the_order(engine: Engine) -> None:
    with Store(engine) as store:
        store.stop_events.append(make_event(EventKind.ARRIVE))

    with Session(engine) as session, pytest.raises(IntegrityError):
        session.execute(
            text(
                "INSERT INTO stop_event (visit_id, sequence, kind, at, tallied)"
                " SELECT visit_id, sequence, 'cancel', at, tallied FROM stop_event"
            )
        )
