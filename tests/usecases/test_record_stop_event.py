"""Stop events from the door to the log."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import Engine

from busplan.domain.county import CountyData
from busplan.domain.dates import BERLIN
from busplan.domain.errors import BusplanError, EventRefused, InvalidInput, NotFound
from busplan.domain.plan import VisitId
from busplan.domain.solution import Solution
from busplan.domain.stop_events import (
    AgeBand,
    CancelReason,
    EventKind,
    StopEvent,
    Tally,
    VisitStatus,
)
from busplan.storage.store import Store
from busplan.usecases.record_stop_event import record_stop_event
from busplan.usecases.show_board import show_board
from tests.factories import (
    MONDAY,
    make_bus,
    make_county,
    make_demand,
    make_municipality,
    make_place,
    make_plan,
    make_stop,
)

VISIT = VisitId("2026-11-30-wilde13-1")
NOW = datetime(2026, 11, 27, 12, tzinfo=BERLIN)


@pytest.fixture
def published(engine: Engine) -> Engine:
    """One visit published, another stop with and one without an agreement."""
    county = CountyData(
        county=make_county(),
        municipalities=(make_municipality(),),
        places=(make_place(),),
        stops=(make_stop("s1"), make_stop("s2"), make_stop("wild", agreement=None)),
        demands=(make_demand(),),
        blocks=(),
        buses=(make_bus(),),
        crew=(),
    )
    with Store(engine) as store:
        store.county.save(county)
        draft = store.plans.add_draft(Solution(plan=make_plan()), NOW)
        store.plans.publish(draft.id, NOW)
    return engine


def event(kind: EventKind, hour: int, **details: object) -> StopEvent:
    at = datetime(2026, 11, 30, hour, tzinfo=BERLIN)
    return StopEvent(**{"visit_id": VISIT, "kind": kind, "at": at} | details)


def revision(engine: Engine) -> int:
    with Store.reading(engine) as store:
        return store.revision.current()


def test_a_visit_is_followed_from_arrival_to_tally(published: Engine) -> None:
    before = revision(published)
    tally = Tally(counts=((AgeBand.FROM_10, 7),))

    opened = record_stop_event(published, event(EventKind.ARRIVE, 15))
    done = record_stop_event(published, event(EventKind.LEAVE, 18, tally=tally))

    assert opened.status is VisitStatus.OPEN
    assert (done.status, done.tally) == (VisitStatus.DONE, tally)
    assert revision(published) == before + 2
    (line,) = show_board(published, MONDAY).lines
    assert line.state == done


def test_a_moved_visit_shows_at_its_new_stop(published: Engine) -> None:
    record_stop_event(
        published,
        event(EventKind.MOVE, 9, to_stop_id="s2", to_open_min=960, to_close_min=1020),
    )

    board = show_board(published, MONDAY)

    (line,) = board.lines
    assert (line.stop_id, line.open_min) == ("s2", 960)
    assert board.stop_names[line.stop_id] == "Halt s2"


@pytest.mark.parametrize(
    ("refused", "error", "reason"),
    [
        (event(EventKind.LEAVE, 18), EventRefused, "planned: leave is not possible"),
        (event(EventKind.ARRIVE, 15, visit_id=VisitId("x")), NotFound, "no published visit x"),
        (
            event(EventKind.ARRIVE, 15, at=datetime(2026, 12, 1, 15, tzinfo=BERLIN)),
            EventRefused,
            "is on 2026-11-30",
        ),
        (
            event(EventKind.MOVE, 9, to_stop_id="wild", to_open_min=960, to_close_min=1020),
            EventRefused,
            "no site agreement",
        ),
        (
            event(EventKind.MOVE, 9, to_stop_id="gone", to_open_min=960, to_close_min=1020),
            NotFound,
            "no stop gone",
        ),
        (
            event(EventKind.MOVE, 9, to_stop_id="s2", to_open_min=1020, to_close_min=960),
            InvalidInput,
            "not inside one day",
        ),
    ],
)
def test_what_cannot_be_leaves_no_trace(
    published: Engine, refused: StopEvent, error: type[BusplanError], reason: str
) -> None:
    before = revision(published)

    with pytest.raises(error, match=reason):
        record_stop_event(published, refused)

    assert revision(published) == before
    with Store.reading(published) as store:
        assert store.stop_events.of_visit(VISIT) == ()


def test_a_cancelled_visit_takes_no_more_events(published: Engine) -> None:
    record_stop_event(published, event(EventKind.CANCEL, 9, reason=CancelReason.CREW_ILL))

    with pytest.raises(EventRefused, match="is cancelled: arrive is not possible"):
        record_stop_event(published, event(EventKind.ARRIVE, 15))


def test_of_many_arrivals_at_once_one_is_kept(published: Engine) -> None:
    """Two phones on board press the button together."""

    def press(_: int) -> bool:
        try:
            record_stop_event(published, event(EventKind.ARRIVE, 15))
        except EventRefused:
            return False
        return True

    with ThreadPoolExecutor(max_workers=4) as phones:
        kept = list(phones.map(press, range(8)))

    assert kept.count(True) == 1
    with Store.reading(published) as store:
        assert len(store.stop_events.of_visit(VISIT)) == 1


def test_drafts_cannot_be_tracked(engine: Engine) -> None:
    with Store(engine) as store:
        store.plans.add_draft(Solution(plan=make_plan()), NOW)

    with pytest.raises(NotFound):
        record_stop_event(engine, event(EventKind.ARRIVE, 15))
