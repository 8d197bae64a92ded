"""Nobody works too long in a day or without a break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.fleet import BusId
from busplan.domain.parameters import Parameters
from busplan.domain.plan import Break, Duty
from busplan.domain.rules.breaks import check_breaks
from tests.factories import make_duty, make_plan, make_problem, make_tour

START = 600


def sentences(*duties: Duty, numbers: Parameters | None = None) -> list[str]:
    tours = [
        make_tour(duties=(duty,), bus_id=BusId(f"bus{number}"))
        for number, duty in enumerate(duties)
    ]
    problem = make_problem(parameters=numbers or Parameters())
    return [v.sentence for v in check_breaks(make_plan(*tours), problem)]


def present(minutes: int, *breaks: tuple[int, int]) -> Duty:
    """A duty from 10:00; breaks as minutes after its start and lengths."""
    pauses = tuple(Break(start_min=START + s, end_min=START + s + length) for s, length in breaks)
    return make_duty(start_min=START, end_min=START + minutes, breaks=pauses)


def test_six_hours_need_no_break() -> None:
    assert sentences(present(360)) == []


def test_one_minute_more_than_six_hours_needs_thirty_minutes() -> None:
    due, stretch = sentences(present(361))

    assert due == (
        "P1 on Mo 2026-11-30: 6 h 1 min of work with 0 min of breaks; above 6 h 30 min are due,"
        " in pieces of at least 15 min"
    )
    assert stretch == (
        "P1 on Mo 2026-11-30: 6 h 1 min of work without a break, from 10:00 to 16:01;"
        " 6 h are allowed"
    )


@pytest.mark.parametrize(
    ("duty", "violations"),
    [
        (present(391, (180, 30)), 0),
        (present(391, (180, 29)), 1),
        (present(391, (100, 15), (200, 15)), 0),
        (present(391, (100, 16), (200, 14)), 1),
        (present(380, (180, 20)), 0),
        (present(391, (180, 31)), 0),
    ],
)
def test_the_break_due_may_be_taken_in_pieces_of_fifteen(duty: Duty, violations: int) -> None:
    """20 minutes suffice where they leave exactly 6 h of work, for then no break is due."""
    assert len(sentences(duty)) == violations


@pytest.mark.parametrize(
    ("duty", "violations"),
    [
        (present(570, (280, 30)), 0),
        (present(571, (280, 30)), 1),
        (present(586, (280, 45)), 0),
        (present(586, (180, 30), (400, 15)), 0),
        (present(586, (180, 15), (300, 15), (400, 15)), 0),
    ],
)
def test_more_than_nine_hours_of_work_need_forty_five_minutes(duty: Duty, violations: int) -> None:
    assert len(sentences(duty)) == violations


def test_ten_hours_of_work_are_the_cap() -> None:
    assert sentences(present(645, (300, 45))) == []
    assert sentences(present(646, (300, 45))) == [
        "P1 on Mo 2026-11-30: 10 h 1 min of work, 10 h are allowed"
    ]


def test_no_stretch_of_work_is_longer_than_six_hours() -> None:
    assert sentences(present(420, (360, 30))) == []
    assert sentences(present(420, (361, 30))) == [
        "P1 on Mo 2026-11-30: 6 h 1 min of work without a break, from 10:00 to 16:01;"
        " 6 h are allowed"
    ]


def test_a_break_that_opens_or_closes_the_day_is_none() -> None:
    assert len(sentences(present(420, (0, 30)))) == 2
    assert len(sentences(present(420, (390, 30)))) == 2
    assert sentences(present(420, (360, 30), (390, 30))) == []


def test_a_piece_too_short_to_count_is_work() -> None:
    [_, stretch] = sentences(present(370, (180, 14)))

    assert "6 h 10 min of work without a break" in stretch


def test_duties_on_two_buses_add_up() -> None:
    morning = make_duty(start_min=480, end_min=780)
    evening = make_duty(start_min=900, end_min=1201)

    assert sentences(morning, make_duty(start_min=900, end_min=1200)) == []
    assert sentences(morning, evening) == [
        "P1 on Mo 2026-11-30: 10 h 1 min of work, 10 h are allowed"
    ]


def test_time_between_duties_is_a_break_if_it_lasts_fifteen_minutes() -> None:
    """A quarter of an hour ends the stretch; a minute less is work itself."""
    first = make_duty(start_min=480, end_min=780)

    assert sentences(first, make_duty(start_min=795, end_min=855)) == []
    assert len(sentences(first, make_duty(start_min=794, end_min=855))) == 2


def test_duties_that_follow_at_once_are_one_stretch_of_work() -> None:
    first = make_duty(start_min=480, end_min=660)

    assert sentences(first, make_duty(start_min=660, end_min=840)) == []
    assert len(sentences(first, make_duty(start_min=660, end_min=841))) == 2


def test_each_number_is_a_setting() -> None:
    strict = Parameters(
        work_day_max_min=480, break_after_min=240, break_min=60, work_stretch_max_min=240
    )

    assert len(sentences(present(600, (280, 30)), numbers=strict)) == 4


def test_other_people_and_other_days_are_counted_apart() -> None:
    assert sentences(present(360), make_duty("P2", start_min=960, end_min=1320)) == []


@given(minutes=st.integers(1, 840), start=st.integers(1, 800), length=st.integers(15, 120))
def test_a_longer_break_never_makes_a_lawful_day_unlawful(
    minutes: int, start: int, length: int
) -> None:
    """Giving a person more of the same day off cannot break the law."""
    day = max(minutes, start + length + 2)

    if not sentences(present(day, (start, length))):
        assert sentences(present(day, (start, length + 1))) == []
