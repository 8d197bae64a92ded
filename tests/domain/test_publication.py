"""The gate: what each level shows, and that nothing below a visit's level gets out."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from busplan.domain.dates import BERLIN
from busplan.domain.errors import InvalidInput, NotFound
from busplan.domain.fleet import BusId
from busplan.domain.programme import OnBoardFact, Programme
from busplan.domain.publication import (
    DayPart,
    PublicBus,
    PublicStatus,
    PublicTimetable,
    PublicVisit,
    open_gate,
)
from busplan.domain.publication_level import PublicationLevel as Level
from busplan.domain.stop_events import EventKind
from tests.factories import MONDAY
from tests.houses import (
    EARLY,
    GUARDED_BUS,
    LATE,
    NOW,
    OPEN_BUS,
    TODAY,
    Case,
    Move,
    build_house,
    cases,
    secrets_of,
    shown_guests,
    shown_names,
)

AFTERNOON = 1
THURSDAY = 3


def make_case(**given: object) -> Case:
    """A full visit of the open bus on Thursday afternoon in Altdorf."""
    usual = {"day": THURSDAY, "bus": OPEN_BUS, "town": 0, "part": AFTERNOON}
    return Case(**usual | given)


def publish(*given: Case, now: datetime = NOW) -> PublicTimetable:
    return open_gate(build_house(given), now)


def only_visit(*given: Case) -> PublicVisit:
    (visit,) = publish(*given).visits
    return visit


def test_a_full_visit_shows_stop_and_times() -> None:
    timetable = publish(make_case())

    (visit,) = timetable.visits
    (stop,) = timetable.stops
    assert (visit.stop_id, visit.open_min, visit.close_min) == (stop.id, 720, 780)
    assert (visit.status, visit.changed_at) == (PublicStatus.PLANNED, None)


def test_an_area_visit_shows_town_day_and_part_of_the_day_only() -> None:
    timetable = publish(make_case(bus=GUARDED_BUS))

    (visit,) = timetable.visits
    assert (visit.ags, visit.service_date) == ("05358004", MONDAY + timedelta(days=3))
    assert visit.day_part is DayPart.AFTERNOON
    assert (visit.stop_id, visit.open_min, visit.close_min) == (None, None, None)
    assert (timetable.stops, timetable.tours) == ((), ())


def test_a_visit_of_level_none_is_not_there() -> None:
    assert publish(make_case(stop_level=Level.NONE)).visits == ()


def test_the_stop_caps_what_the_visit_allows() -> None:
    assert only_visit(make_case(visit_level=Level.FULL, stop_level=Level.AREA)).stop_id is None


@given(given=st.lists(cases(), max_size=6))
def test_a_withdrawn_bus_leaves_what_there_would_be_without_it(given: list[Case]) -> None:
    """As if it had never been: no name, id, order, revision, stop or line tells of it."""
    house = build_house(given)
    (plan,) = house.plans
    others = tuple(tour for tour in plan.tours if tour.bus_id != GUARDED_BUS)
    buses = tuple(bus for bus in house.buses if bus.id != GUARDED_BUS)
    never = replace(house, buses=buses, plans=(replace(plan, tours=others),), replaced=())

    withdrawn = replace(house, replaced=(plan,), withdrawn=frozenset({BusId(GUARDED_BUS)}))

    assert open_gate(withdrawn, NOW) == open_gate(replace(never, replaced=never.plans), NOW)


def test_short_notice_shows_the_place_from_the_hours_before_and_not_earlier() -> None:
    house = build_house([make_case(day=4, visit_level=Level.SHORT_NOTICE)])
    shown_from = datetime(2026, 12, 3, 12, 51, tzinfo=BERLIN)  # opens at 12:51

    before = open_gate(house, shown_from - timedelta(seconds=1))
    after = open_gate(house, shown_from)

    assert [v.stop_id for v in before.visits] == [None]
    assert before.stops == ()
    assert after.visits[0].stop_id is not None
    assert after.visits[0].id == before.visits[0].id


def test_a_short_notice_visit_cancelled_in_time_never_shows_its_place() -> None:
    case = make_case(day=TODAY, visit_level=Level.SHORT_NOTICE, event=EventKind.CANCEL)

    early, late = only_visit(replace(case, ago=EARLY)), only_visit(replace(case, ago=LATE))

    assert (early.status, early.stop_id) == (PublicStatus.CANCELLED, None)
    assert (late.status, late.stop_id is None) == (PublicStatus.CANCELLED, False)


def test_past_visits_of_the_open_bus_stay_and_guarded_ones_are_gone() -> None:
    monday = make_case(day=0)

    timetable = publish(
        monday,
        replace(monday, visit_level=Level.AREA),
        replace(monday, visit_level=Level.SHORT_NOTICE),
        replace(monday, bus=GUARDED_BUS),
        replace(monday, bus=GUARDED_BUS, visit_level=Level.FULL),
    )

    assert [v.bus_id for v in timetable.visits] == [OPEN_BUS]


def test_a_past_visit_moved_from_short_notice_to_an_open_stop_is_gone_too() -> None:
    move = Move(town=1, part=AFTERNOON, level=Level.FULL)
    case = make_case(day=1, stop_level=Level.SHORT_NOTICE, event=EventKind.MOVE, move=move)

    assert publish(case).visits == ()


def test_nobody_reads_live_that_a_guarded_bus_is_there() -> None:
    case = make_case(day=TODAY, visit_level=Level.FULL, event=EventKind.ARRIVE)

    assert only_visit(case).status is PublicStatus.OPEN
    guarded = only_visit(replace(case, bus=GUARDED_BUS))
    assert (guarded.status, guarded.changed_at) == (PublicStatus.PLANNED, None)


def test_a_moved_visit_names_the_stop_announced_first() -> None:
    move = Move(town=1, part=AFTERNOON, level=Level.FULL)

    visit = only_visit(make_case(event=EventKind.MOVE, move=move))

    assert (visit.status, visit.moved_from) == (PublicStatus.MOVED, "Name a0x0x")
    assert visit.changed_at == NOW - LATE
    assert (visit.from_ags, visit.ags) == ("05358004", "05358008")


def test_a_move_within_the_town_tells_no_other_town() -> None:
    move = Move(town=0, part=AFTERNOON, level=Level.FULL)

    assert only_visit(make_case(event=EventKind.MOVE, move=move)).from_ags is None


def test_a_place_that_was_never_shown_is_not_named_after_a_move() -> None:
    move = Move(town=0, part=AFTERNOON, level=Level.FULL)
    case = make_case(
        day=TODAY, stop_level=Level.SHORT_NOTICE, event=EventKind.MOVE, move=move, ago=EARLY
    )

    visit = only_visit(case)

    assert visit.stop_id == "id-b0x0x"
    assert (visit.status, visit.moved_from) == (PublicStatus.PLANNED, None)


def test_a_hidden_move_within_town_and_part_of_the_day_is_no_news() -> None:
    near = Move(town=0, part=AFTERNOON, level=Level.FULL)
    case = make_case(bus=GUARDED_BUS, event=EventKind.MOVE, move=near)

    assert only_visit(case).status is PublicStatus.PLANNED
    assert only_visit(replace(case, move=replace(near, town=1))).status is PublicStatus.MOVED
    assert only_visit(replace(case, move=replace(near, part=2))).status is PublicStatus.MOVED


def test_no_time_is_told_of_a_move_whose_place_is_not() -> None:
    """Else a second move inside the new town would show as a later time."""
    move = Move(town=1, part=AFTERNOON, level=Level.FULL)

    visit = only_visit(make_case(bus=GUARDED_BUS, event=EventKind.MOVE, move=move))

    assert (visit.status, visit.changed_at) == (PublicStatus.MOVED, None)


def test_an_id_outlives_every_event() -> None:
    case = make_case()
    move = Move(town=2, part=0, level=Level.AREA)
    known = only_visit(case).id

    assert only_visit(replace(case, event=EventKind.CANCEL)).id == known
    assert only_visit(replace(case, event=EventKind.MOVE, move=move)).id == known


def test_a_line_runs_through_public_stops_and_ignores_hidden_ones() -> None:
    full = [make_case(part=0), make_case(part=2)]
    hidden = [make_case(visit_level=Level.AREA), make_case(visit_level=Level.NONE)]

    (alone,) = publish(*full).tours
    (among,) = publish(*full, *hidden).tours

    assert alone == among
    assert (len(alone.path), alone.length_m, alone.drive_min) == (4, 30_000, 45)


def test_a_cancelled_visit_leaves_the_line() -> None:
    timetable = publish(make_case(), make_case(part=2, event=EventKind.CANCEL))

    assert [t.stop_ids for t in timetable.tours] == [("id-a0x0x",)]


def test_a_guarded_bus_has_no_line() -> None:
    assert publish(make_case(bus=GUARDED_BUS, visit_level=Level.FULL)).tours == ()


@pytest.mark.parametrize("level", [Level.NONE, Level.AREA, Level.SHORT_NOTICE])
def test_below_full_no_guest_is_told(level: Level) -> None:
    visits = publish(make_case(bus=GUARDED_BUS, visit_level=level, day=THURSDAY)).visits

    assert all(visit.guests == () for visit in visits)


def test_a_guest_is_told_at_its_stop_and_where_a_visit_was_moved_to_only_its_own() -> None:
    move = Move(town=0, part=1, level=Level.FULL)

    (planned,) = publish(make_case()).visits
    (moved,) = publish(make_case(event=EventKind.MOVE, move=move)).visits

    assert [guest.name for guest in planned.guests] == ["Guest of id-a0x0x"]
    assert [guest.name for guest in moved.guests] == ["Guest of id-b0x0x"]


def test_a_cancelled_visit_has_no_guest() -> None:
    (visit,) = publish(make_case(event=EventKind.CANCEL)).visits

    assert visit.guests == ()


def test_nothing_is_told_of_what_is_on_board_of_a_withdrawn_bus() -> None:
    facts = tuple(
        OnBoardFact(
            id=bus, bus_id=BusId(bus), title="Spiele", text="viele", source="x", licence="CC0-1.0"
        )
        for bus in (OPEN_BUS, GUARDED_BUS)
    )
    house = replace(build_house([make_case()]), programme=Programme(on_board=facts))

    assert open_gate(house, NOW).on_board == facts
    withdrawn = replace(house, withdrawn=frozenset({BusId(GUARDED_BUS)}))
    assert open_gate(withdrawn, NOW).on_board == facts[:1]


def test_a_naive_now_no_plan_and_unknown_stops_are_refused() -> None:
    house = build_house([make_case()])

    with pytest.raises(InvalidInput, match="time zone"):
        open_gate(house, datetime(2026, 12, 2))  # noqa: DTZ001
    with pytest.raises(InvalidInput, match="no published plan"):
        open_gate(replace(house, plans=()), NOW)
    with pytest.raises(NotFound, match="id-a0x0x"):
        open_gate(replace(house, stops=()), NOW)


def test_a_colour_is_a_colour() -> None:
    with pytest.raises(InvalidInput, match="not a colour"):
        PublicBus(id=OPEN_BUS, name="Bus", colour="red;}body{background:url(//evil)")


@settings(max_examples=300, deadline=None)
@given(given=st.lists(cases(), max_size=12))
def test_no_secret_passes_the_gate(given: list[Case]) -> None:
    told = repr(open_gate(build_house(given), NOW))

    assert [secret for secret in secrets_of(given) if secret in told] == []
    assert [name for name in shown_names(given) if name not in told] == []
    assert [name for name in shown_guests(given) if name not in told] == []


@settings(max_examples=300, deadline=None)
@given(given=st.lists(cases(), max_size=12))
def test_the_public_cannot_tell_two_houses_apart_by_their_secrets(given: list[Case]) -> None:
    """Other hidden stops, times, depots, distances, no visits of level none: the same outside."""
    here, there = build_house(given, salt=0), build_house(given, salt=3)

    assert open_gate(here, NOW) == open_gate(there, NOW)
