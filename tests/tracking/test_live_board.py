"""The board of a day: what is planned, moved and done."""

from datetime import datetime, timedelta

from busplan.domain.dates import BERLIN
from busplan.domain.fleet import BusId
from busplan.domain.plan import VisitId
from busplan.domain.stop_events import EventKind, StopEvent, VisitState, VisitStatus, state_of
from busplan.tracking.live_board import build_board
from tests.factories import MONDAY, make_plan, make_tour, make_visit

TEN = datetime(2026, 11, 30, 10, tzinfo=BERLIN)
V1, V2, V3 = (VisitId(name) for name in ("v1", "v2", "v3"))


def test_the_board_holds_one_day_by_bus_and_opening() -> None:
    late, early = make_visit(id=V1, open_min=900), make_visit(id=V2, open_min=600)
    other = make_visit(id=V3, open_min=840)
    plan = make_plan(
        make_tour(late, bus_id=BusId("wilde13")),
        make_tour(early, bus_id=BusId("wilde13")),
        make_tour(other, bus_id=BusId("ninja")),
        make_tour(make_visit(), service_date=MONDAY + timedelta(days=1)),
    )

    board = build_board([plan], {}, MONDAY)

    assert [line.visit_id for line in board] == [V3, V2, V1]
    assert {line.state for line in board} == {VisitState()}


def test_a_moved_visit_stands_where_it_was_moved_to() -> None:
    move = StopEvent(
        visit_id=V1, kind=EventKind.MOVE, at=TEN, to_stop_id="s2", to_open_min=960, to_close_min=990
    )

    (line,) = build_board([make_plan(make_tour(make_visit(id=V1)))], {V1: state_of([move])}, MONDAY)

    assert (line.stop_id, line.open_min, line.close_min) == ("s2", 960, 990)
    assert line.state.status is VisitStatus.MOVED
