"""Which stops a timetable has, who works when, and the patterns a stop may move to."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.mobile_timetable import PublishedVisit
from busplan.domain.places import Coordinate
from busplan.domain.timetable_cycle import Freedom, TimetableCycle
from tests.mobile_timetables import MONDAY, make_published, make_timetable

FORTNIGHTLY = "FREQ=WEEKLY;INTERVAL=2"
WEEKLY = "FREQ=WEEKLY;INTERVAL=1"


def on(day: int, stop: str = "Green", rule: str = FORTNIGHTLY, **given: object) -> PublishedVisit:
    """A visit on that day of the cycle, 0 = the first Monday."""
    return make_published(stop, start=MONDAY + timedelta(days=day), rule=rule, **given)


def patterns(cycle: TimetableCycle, stop: int, freedom: Freedom) -> list[list[int]]:
    return [sorted(days) for days in cycle.patterns(cycle.stops[stop], freedom)]


def test_a_fortnightly_stop_may_move_to_any_working_day_of_either_week() -> None:
    cycle = TimetableCycle(make_timetable(on(1), on(3, "Church"), on(8, "Pub"), on(10, "Mill")))

    assert cycle.days == (1, 3, 8, 10)
    assert patterns(cycle, 0, Freedom.ANY_DAY) == [[1], [3], [8], [10]]


def test_with_weekdays_kept_only_the_week_is_free() -> None:
    cycle = TimetableCycle(make_timetable(on(1), on(3, "Church"), on(8, "Pub"), on(10, "Mill")))

    assert patterns(cycle, 0, Freedom.SAME_WEEKDAY) == [[1], [8]]


def test_a_weekly_stop_stays_weekly() -> None:
    cycle = TimetableCycle(
        make_timetable(on(0, rule=WEEKLY), on(3, "Church"), on(10, "Pub"), on(4, "Mill"))
    )

    assert cycle.days == (0, 3, 4, 7, 10)
    assert patterns(cycle, 0, Freedom.ANY_DAY) == [[0, 7], [3, 10]]
    assert patterns(cycle, 0, Freedom.SAME_WEEKDAY) == [[0, 7]]


def test_a_stop_visited_twice_a_week_keeps_its_spacing() -> None:
    days = (on(day, name, WEEKLY) for day, name in ((0, "a"), (1, "b"), (2, "c"), (4, "d")))
    cycle = TimetableCycle(make_timetable(on(0, rule=WEEKLY), on(2, rule=WEEKLY), *days))

    assert len(cycle.stops) == 5
    assert patterns(cycle, 0, Freedom.ANY_DAY) == [[0, 2], [2, 4]]


def test_a_stop_named_alike_is_one_stop_nearby_and_two_further_off() -> None:
    at = Coordinate(52.0, -1.0)
    near, far = Coordinate(52.001, -1.0), Coordinate(52.01, -1.0)
    cycle = TimetableCycle(
        make_timetable(on(0, location=at), on(7, location=near), on(1, location=far))
    )

    assert [sorted(stop.days) for stop in cycle.stops] == [[0, 7], [1]]


def test_stops_of_one_name_in_two_communities_are_two() -> None:
    cycle = TimetableCycle(make_timetable(on(0), on(7, community="Downton")))

    assert len(cycle.stops) == 2


def test_visits_that_last_differently_keep_their_days() -> None:
    cycle = TimetableCycle(make_timetable(on(0, service_min=20), on(7, service_min=30)))

    assert [(s.service_min, s.movable) for s in cycle.stops] == [(20, False), (30, False)]
    assert patterns(cycle, 0, Freedom.ANY_DAY) == [[0]]


def test_two_visits_on_one_day_keep_it() -> None:
    cycle = TimetableCycle(make_timetable(on(0), on(0, arrival_min=900, departure_min=930)))

    assert [stop.days for stop in cycle.stops] == [{0}, {0}]
    assert not any(stop.movable for stop in cycle.stops)


def test_tours_are_by_vehicle_and_day_in_order_of_arrival() -> None:
    cycle = TimetableCycle(
        make_timetable(
            on(1, "late", arrival_min=700, departure_min=730),
            on(1, "early"),
            on(1, "other", vehicle="Bus"),
            on(0, "first"),
        )
    )

    assert dict(cycle.tours) == {("Van", 0): (3,), ("Van", 1): (1, 0), ("Bus", 1): (2,)}
    assert cycle.vehicles == ("Van", "Bus")
    assert cycle.day_name(8) == "Week 2 Tuesday"


@given(
    starts=st.lists(st.integers(0, 27), min_size=1, max_size=8),
    weeks=st.sampled_from((1, 2, 4)),
    freedom=st.sampled_from(Freedom),
)
def test_every_pattern_has_the_published_frequency_and_spacing(
    starts: list[int], weeks: int, freedom: Freedom
) -> None:
    """Turned around the cycle, so that its first day is the published one, it is the same."""
    rule = f"FREQ=WEEKLY;INTERVAL={weeks}"
    visits = {on(start, f"stop {number % 3}", rule) for number, start in enumerate(starts)}
    cycle = TimetableCycle(make_timetable(*sorted(visits, key=lambda v: (v.stop, v.start))))

    for stop in cycle.stops:
        first, *others = cycle.patterns(stop, freedom)
        assert first == stop.days
        for days in others:
            turns = ({(day + by) % cycle.length for day in days} for by in range(cycle.length))
            assert stop.days in turns
            assert days <= set(cycle.days)


def test_the_first_week_is_the_one_in_which_anything_is_published() -> None:
    cycle = TimetableCycle(make_timetable(make_published(start=date(2026, 12, 9))))

    assert cycle.timetable.first_monday == date(2026, 12, 7)
    assert cycle.days == (2,)
