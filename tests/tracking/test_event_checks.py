"""Events that cannot be true are refused with the reason."""

from datetime import UTC, date, datetime

import pytest

from busplan.domain.calendar import Closure, Scope, ServiceCalendar
from busplan.domain.county import CountyData
from busplan.domain.dates import BERLIN, DateRange
from busplan.domain.errors import EventRefused, InvalidInput, NotFound
from busplan.domain.places import Ags
from busplan.domain.plan import VisitId
from busplan.domain.stop_events import CancelReason, EventKind, StopEvent
from busplan.tracking.event_checks import refuse_bad_move, refuse_wrong_day
from tests.factories import (
    MONDAY,
    make_bus,
    make_county,
    make_demand,
    make_municipality,
    make_place,
    make_stop,
    make_tour,
    make_visit,
)

V1 = VisitId("v1")
ONLY_MONDAY = DateRange(first=MONDAY, last=MONDAY)
ONLY_LATER = DateRange(first=date(2027, 1, 1), last=date(2027, 12, 31))


def event(kind: EventKind, *at: int, zone: object = BERLIN) -> StopEvent:
    details: dict[str, object] = {}
    if kind is EventKind.CANCEL:
        details = {"reason": CancelReason.WEATHER}
    if kind is EventKind.MOVE:
        details = {"to_stop_id": "s2", "to_open_min": 900, "to_close_min": 960}
    return StopEvent(visit_id=V1, kind=kind, at=datetime(*at, tzinfo=zone), **details)


@pytest.mark.parametrize(
    "possible",
    [
        event(EventKind.ARRIVE, 2026, 11, 30, 0, 0),
        event(EventKind.ARRIVE, 2026, 11, 30, 23, 59),
        event(EventKind.ARRIVE, 2026, 11, 29, 23, 0, zone=UTC),
        event(EventKind.LEAVE, 2026, 12, 1, 3, 59),
        event(EventKind.MOVE, 2026, 11, 16, 9, 0),
        event(EventKind.CANCEL, 2026, 11, 1, 9, 0),
        event(EventKind.CANCEL, 2026, 12, 2, 9, 0),
    ],
    ids=str,
)
def test_events_of_the_day_pass(possible: StopEvent) -> None:
    """Midnight is Berlin's: 23:00 UTC in winter is already the next day."""
    refuse_wrong_day(possible, MONDAY)


@pytest.mark.parametrize(
    "impossible",
    [
        event(EventKind.ARRIVE, 2026, 11, 29, 23, 59),
        event(EventKind.ARRIVE, 2026, 12, 1, 0, 0),
        event(EventKind.ARRIVE, 2026, 11, 30, 23, 0, zone=UTC),
        event(EventKind.LEAVE, 2026, 12, 1, 4, 0),
        event(EventKind.LEAVE, 2026, 11, 29, 20, 0),
        event(EventKind.MOVE, 2026, 12, 1, 0, 0),
    ],
    ids=str,
)
def test_events_of_other_days_are_refused(impossible: StopEvent) -> None:
    with pytest.raises(EventRefused, match="visit v1 is on 2026-11-30"):
        refuse_wrong_day(impossible, MONDAY)


def county(**target: object) -> CountyData:
    """Stops s1 and s2; the bus needs power and is 4 m high."""
    return CountyData(
        county=make_county(),
        municipalities=(make_municipality(),),
        places=(make_place(),),
        stops=(make_stop("s1"), make_stop("s2", **target)),
        demands=(make_demand(),),
        blocks=(),
        buses=(make_bus(needs_power=True),),
        crew=(),
    )


def move_to(target: CountyData, calendar: ServiceCalendar | None = None, **details: object) -> None:
    usual = {"to_stop_id": "s2", "to_open_min": 900, "to_close_min": 960}
    move = StopEvent(
        visit_id=V1,
        kind=EventKind.MOVE,
        at=datetime(2026, 11, 30, 9, tzinfo=BERLIN),
        **usual | details,
    )
    visit = make_visit(id=V1, arrival_min=870)
    refuse_bad_move(move, make_tour(visit), visit, target, calendar or ServiceCalendar())


def test_a_stop_fit_for_the_bus_may_be_moved_to() -> None:
    move_to(county())


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ({"agreement": None}, "there is no site agreement for Halt s2"),
        ({"agreement": ONLY_LATER}, "site agreement for Halt s2 holds 2027"),
        ({"closed": (ONLY_MONDAY,)}, "Halt s2 is closed"),
        ({"power": False}, "wilde13 needs power, Halt s2 has none"),
        ({"max_height_m": 3.5}, "height of 4.0 m, Halt s2 takes 3.5 m"),
    ],
)
def test_a_stop_unfit_for_the_bus_or_day_is_refused(target: dict[str, object], reason: str) -> None:
    with pytest.raises(EventRefused, match=f"visit v1 cannot move: .*{reason}"):
        move_to(county(**target))


def test_every_reason_is_told() -> None:
    with pytest.raises(EventRefused, match=r"agreement.*; .*power"):
        move_to(county(agreement=None, power=False))


def test_a_closed_town_is_refused() -> None:
    fair = Closure(
        dates=ONLY_MONDAY, scope=Scope.MUNICIPALITY, target=Ags("05358004"), reason="Annakirmes"
    )

    with pytest.raises(EventRefused, match="Annakirmes"):
        move_to(county(), ServiceCalendar(closures=(fair,)))


def test_an_unknown_stop_is_not_found() -> None:
    with pytest.raises(NotFound, match="no stop s9"):
        move_to(county(), to_stop_id="s9")


@pytest.mark.parametrize("times", [(960, 900), (900, 900), (900, 1441), (-5, 900)])
def test_opening_lies_within_one_day(times: tuple[int, int]) -> None:
    with pytest.raises(InvalidInput, match="not inside one day"):
        move_to(county(), to_open_min=times[0], to_close_min=times[1])
