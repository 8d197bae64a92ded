"""Which single visits are possible, and each ground that forbids one, told once."""

from datetime import timedelta
from typing import Any

import pytest

from busplan.domain.blocks import Block, BlockId
from busplan.domain.calendar import Closure, Scope, ServiceCalendar
from busplan.domain.dates import DateRange, Window
from busplan.domain.demand import DayKind, DemandId
from busplan.domain.fleet import BusId
from busplan.domain.parameters import Parameters
from busplan.domain.places import StopId
from busplan.domain.problem import Ban, PastVisit, Pin
from busplan.domain.publication_level import PublicationLevel
from busplan.planning.weeks.candidates import Candidate, list_candidates
from tests.factories import (
    LONG,
    MONDAY,
    make_bus,
    make_crew,
    make_demand,
    make_problem,
    make_stop,
)

TODAY = DateRange(first=MONDAY, last=MONDAY)
LATER = DateRange(first=MONDAY + timedelta(days=1), last=LONG.last)


def closed(scope: Scope, target: str = "") -> ServiceCalendar:
    return ServiceCalendar(
        closures=(Closure(dates=TODAY, scope=scope, target=target, reason="Kirmes"),)
    )


def past_visit(days_ago: int, open_min: int = 900) -> PastVisit:
    return PastVisit(
        demand_id=DemandId("d1"),
        stop_id=StopId("s1"),
        bus_id=BusId("wilde13"),
        service_date=MONDAY - timedelta(days=days_ago),
        open_min=open_min,
    )


def demand(**given: Any) -> dict[str, Any]:
    return {"demands": (make_demand(stop_id=StopId("s1"), **given),)}


def stop(**given: Any) -> dict[str, Any]:
    return {"stops": (make_stop(**given),)}


def bus(**given: Any) -> dict[str, Any]:
    return {"buses": (make_bus(**given),)}


def crew(**given: Any) -> dict[str, Any]:
    return {"crew": (make_crew(**given),)}


AWAY = (TODAY,)
FORBIDDEN = {
    "another bus is asked for": ("bus", demand(bus_id=BusId("ninja"))),
    "the bus does not offer it": ("offers", bus(offers=frozenset())),
    "no power": ("power", bus(needs_power=True) | stop(power=False)),
    "too high": ("vehicle_fit", stop(max_height_m=3.9)),
    "too long": ("vehicle_fit", stop(max_length_m=10.9)),
    "too heavy": ("vehicle_fit", stop(max_weight_t=15.9)),
    "told more than the stop allows": (
        "publication",
        demand(level=PublicationLevel.FULL) | stop(level=PublicationLevel.AREA),
    ),
    "longer than its window": (
        "window",
        demand(service_min=61, windows=(Window(from_min=900, to_min=960),)),
    ),
    "not asked for any more": ("validity", demand(valid=LATER)),
    "another weekday": ("weekday", demand(weekdays=frozenset({1}))),
    "school days only": (
        "day_kind",
        demand(days=DayKind.SCHOOL)
        | {"calendar": ServiceCalendar(school_holidays=frozenset({MONDAY}))},
    ),
    "school holidays only": ("day_kind", demand(days=DayKind.HOLIDAYS)),
    "the bus rests on Mondays": ("closed_days", bus(weekdays=frozenset({1}))),
    "public holiday": (
        "closed_days",
        {"calendar": ServiceCalendar(public_holidays={MONDAY: "Feiertag"})},
    ),
    "the bus is not there yet": ("vehicle", bus(in_service=LATER)),
    "the bus is at the garage": ("vehicle", {"calendar": closed(Scope.BUS, "wilde13")}),
    "the stop is closed": ("closed_days", stop(closed=(TODAY,))),
    "the stop has a festival": ("closed_days", {"calendar": closed(Scope.STOP, "s1")}),
    "the town has a festival": (
        "closed_days",
        {"calendar": closed(Scope.MUNICIPALITY, "05358004")},
    ),
    "no site agreement": ("agreements", stop(agreement=None)),
    "the site agreement begins later": ("agreements", stop(agreement=LATER)),
    "nobody may drive": ("licence", crew(licences=frozenset({"B"}))),
    "too few adults": ("crew_size", bus(min_adults=2)),
    "nobody can give it": ("offers", crew(offers=frozenset())),
    "too soon after the last visit": (
        "patterns",
        demand(headway_min_days=8) | {"past_visits": (past_visit(7),)},
    ),
    "enough in this period": (
        "patterns",
        demand(period_weeks=2) | {"past_visits": (past_visit(7),)},
    ),
    "forbidden by the planner": ("bans", {"bans": (Ban(demand_id=DemandId("d1")),)}),
}


def on_monday(**given: Any) -> tuple[list[Candidate], list[tuple[str, str, str]]]:
    """Candidates of Monday, and the grounds of what is refused then."""
    candidates, refusals = list_candidates(make_problem(**(demand() | given)))
    return (
        [candidate for candidate in candidates if candidate.service_date == MONDAY],
        [g for refusal in refusals if refusal.service_date == MONDAY for g in refusal.grounds],
    )


def test_without_a_ground_the_visit_is_possible_and_nothing_refused() -> None:
    ((candidate,), grounds) = on_monday()

    assert (candidate.demand_id, candidate.stop_id, candidate.bus_id) == ("d1", "s1", "wilde13")
    assert grounds == []


@pytest.mark.parametrize(("rule", "given"), FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_each_ground_forbids_the_visit_and_is_told_once(rule: str, given: dict[str, Any]) -> None:
    candidates, grounds = on_monday(**given)

    assert candidates == []
    assert [ground for ground, _, _ in grounds] == [rule]
    assert all(text for text in grounds[0])


def test_a_closure_of_everything_is_told_once() -> None:
    """One festival in the whole county is one reason, not one each for bus, stop and town."""
    _, grounds = on_monday(calendar=closed(Scope.ALL))

    assert len(grounds) == len(set(grounds)) == 1


def test_several_grounds_are_all_told() -> None:
    _, grounds = on_monday(**(stop(agreement=None) | demand(weekdays=frozenset({1}))))

    assert [rule for rule, _, _ in grounds] == ["weekday", "agreements"]


def test_a_refusal_names_day_stop_and_bus() -> None:
    _, refusals = list_candidates(make_problem(**demand(weekdays=frozenset({1, 2, 3, 4}))))

    refused = [(r.service_date.weekday(), r.stop_id, r.bus_id) for r in refusals]
    assert refused == [(day, "s1", "wilde13") for day in (0, 5, 6)]


def test_a_municipality_may_be_served_at_any_of_its_stops() -> None:
    stops = (make_stop("s1"), make_stop("s2"), make_stop("s3", ags="05358008"))

    candidates, _ = on_monday(demands=(make_demand(),), stops=stops)

    assert [candidate.stop_id for candidate in candidates] == ["s1", "s2"]


def test_windows_too_short_for_the_service_are_left_out() -> None:
    short, long = Window(from_min=600, to_min=659), Window(from_min=900, to_min=960)

    ((candidate,), _) = on_monday(**demand(windows=(short, long)))

    assert candidate.windows == (long,)


def test_a_block_replaces_weekday_and_window_of_its_demand_record() -> None:
    block = Block(
        id=BlockId("b1"),
        stop_id=StopId("s1"),
        demand_id=DemandId("d1"),
        bus_id=BusId("wilde13"),
        weekday=0,
        window=Window(from_min=903, to_min=1100),
        running=LONG,
    )

    ((candidate,), grounds) = on_monday(blocks=(block,), **demand(weekdays=frozenset({1})))

    assert grounds == []
    assert candidate.block_id == "b1"
    assert candidate.windows == (block.window,)
    assert candidate.service_min == 197


def test_what_people_expect_saves_points_at_the_time_of_last_time_and_fewer_at_others() -> None:
    numbers = Parameters()

    (anytime, expected), _ = on_monday(past_visits=(past_visit(7, 905),))

    assert expected.windows == (Window(from_min=905, to_min=965),)
    assert expected.savings == numbers.moved_points
    assert anytime.savings == numbers.moved_points - numbers.retimed_points


def test_a_pin_is_a_candidate_at_its_very_minute() -> None:
    pin = Pin(
        demand_id=DemandId("d1"),
        stop_id=StopId("s1"),
        bus_id=BusId("wilde13"),
        service_date=MONDAY,
        open_min=1005,
        close_min=1065,
    )

    (plain, pinned), _ = on_monday(pins=(pin,))

    assert (plain.pin, pinned.pin) == (None, 0)
    assert pinned.windows == (Window(from_min=1005, to_min=1065),)
