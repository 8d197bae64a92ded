"""Breaks lie where the bus can spare the person who takes them.

The tour: prepared from 14:30, leaves the depot at 14:40, reaches s1 at 15:00, stands idle until
15:30, is set up, open 15:45 to 16:45, taken down until 17:00, back at 17:20, idle until 17:40,
finished at 17:50.
"""

import pytest

from busplan.domain.plan import Break, Duty
from busplan.domain.rules.break_places import check_break_places
from tests.factories import make_bus, make_duty, make_plan, make_problem, make_tour, make_visit

VISIT = make_visit(open_min=945, arrival_min=930, departure_min=1020)
PROBLEM = make_problem(
    buses=(make_bus(prepare_min=10, finish_min=10, set_up_min=15, tear_down_min=15),)
)


def on_duty(crew_id: str, *breaks: tuple[int, int]) -> Duty:
    pauses = tuple(Break(start_min=start, end_min=end) for start, end in breaks)
    return make_duty(crew_id, start_min=860, end_min=1080, breaks=pauses)


def sentences(*duties: Duty) -> list[str]:
    tour = make_tour(VISIT, depart_min=880, return_min=1060, duties=duties)
    return [v.sentence for v in check_break_places(make_plan(tour), PROBLEM)]


@pytest.mark.parametrize("pause", [(900, 930), (1040, 1060), (860, 870), (1070, 1080)])
def test_an_adult_alone_may_rest_while_the_bus_stands_idle(pause: tuple[int, int]) -> None:
    """Also before preparing and after finishing, though no law counts that as a break."""
    assert sentences(on_duty("P1", pause)) == []


@pytest.mark.parametrize("pause", [(900, 931), (935, 940), (950, 980), (1000, 1015), (1019, 1020)])
def test_an_adult_alone_may_not_rest_at_the_stop(pause: tuple[int, int]) -> None:
    [sentence] = sentences(on_duty("P1", pause))

    assert sentence.startswith("nobody attends the bus at Halt s1 in ")


@pytest.mark.parametrize(
    ("pause", "reason"),
    [
        ((860, 871), "14:30-14:40, when the bus is prepared"),
        ((885, 890), "14:40-15:00, when the bus is driven to Halt s1"),
        ((899, 930), "14:40-15:00, when the bus is driven to Halt s1"),
        ((1039, 1060), "17:00-17:20, when the bus is driven to depot depot"),
        ((1055, 1061), "17:40-17:50, when the bus is finished"),
    ],
)
def test_nobody_rests_while_the_bus_is_prepared_driven_or_finished(
    pause: tuple[int, int], reason: str
) -> None:
    [sentence] = sentences(on_duty("P1"), on_duty("P2", pause))

    assert sentence.endswith(reason)


def test_two_adults_may_rest_one_after_another_while_the_bus_is_open() -> None:
    assert sentences(on_duty("P1", (930, 960)), on_duty("P2", (960, 990))) == []


def test_two_adults_may_not_rest_at_once_while_the_bus_is_open() -> None:
    found = sentences(on_duty("P1", (930, 960)), on_duty("P2", (959, 990)))

    assert found == [
        "nobody attends the bus at Halt s1 in 15:59-16:00, all 2 on board have a break"
    ]


def test_two_adults_may_rest_at_once_while_the_bus_stands_idle() -> None:
    assert sentences(on_duty("P1", (900, 930)), on_duty("P2", (900, 930))) == []


def test_breaks_lie_inside_the_duty() -> None:
    assert sentences(on_duty("P1", (850, 865))) == [
        "the break 14:10-14:25 of P1 lies outside the duty 14:20-18:00"
    ]
    assert len(sentences(on_duty("P1", (1075, 1081)))) == 1


def test_breaks_of_one_person_do_not_overlap() -> None:
    assert sentences(on_duty("P1", (900, 915), (915, 930))) == []
    assert sentences(on_duty("P1", (900, 916), (915, 930))) == [
        "the breaks 15:00-15:16 and 15:15-15:30 of P1 overlap"
    ]


def test_the_bus_may_stand_still_only_after_drive_and_buffer() -> None:
    """Fifteen minutes' drive and five of buffer: 14:55 is still driving time."""
    [sentence] = sentences(on_duty("P1", (895, 910)))

    assert "when the bus is driven" in sentence


@pytest.mark.parametrize(("pause", "violations"), [((1020, 1040), 0), ((1019, 1040), 1)])
def test_an_adult_alone_may_rest_after_tear_down_before_leaving(
    pause: tuple[int, int], violations: int
) -> None:
    visit = make_visit(open_min=945, arrival_min=930, departure_min=1040)
    tour = make_tour(visit, depart_min=880, duties=(on_duty("P1", pause),))

    assert len(list(check_break_places(make_plan(tour), PROBLEM))) == violations
