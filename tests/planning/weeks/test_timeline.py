"""Timelines end as early and then start as late as trying every minute finds."""

from collections.abc import Sequence
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.dates import Window
from busplan.domain.demand import DemandId
from busplan.domain.parameters import Parameters
from busplan.planning.weeks.candidates import Candidate
from tests.factories import make_bus
from tests.planning.orders import Order, earliest_open, fastest, latest_open, timelines
from tests.planning.parts import make_candidate


@st.composite
def candidates(draw: st.DrawFn, place: int = 0) -> Candidate:
    """A visit with one or two windows, later for later places, with room for a few openings."""
    service_min = draw(st.integers(10, 60))
    starts = draw(
        st.lists(st.integers(480 + 110 * place, 600 + 110 * place), min_size=1, max_size=2)
    )
    return make_candidate(
        demand_id=DemandId(f"d{place}"),
        service_min=service_min,
        windows=tuple(
            Window(from_min=start, to_min=start + service_min + draw(st.integers(0, 60)))
            for start in starts
        ),
        step_min=draw(st.sampled_from([1, 5, 10])),
    )


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """One to three visits in their order, the drives between them, and their bus."""
    visits = [draw(candidates(place)) for place in range(draw(st.integers(1, 3)))]
    minutes = tuple(draw(st.integers(5, 40)) for _ in range(len(visits) + 1))
    duration = st.integers(0, 20)
    bus = make_bus(
        set_up_min=draw(duration),
        tear_down_min=draw(duration),
        prepare_min=draw(duration),
        finish_min=draw(duration),
    )
    return Order(visits, minutes, bus, draw(st.integers(900, 1440)), Parameters())


def openings(visit: Candidate) -> list[int]:
    return sorted(
        {
            opened
            for window in visit.windows
            for opened in range(window.from_min, window.to_min - visit.service_min + 1)
            if opened % visit.step_min == 0
        }
    )


def lasting(order: Order, gaps: Sequence[int], opens: tuple[int, ...]) -> tuple[int, int] | None:
    """Latest start and earliest end of a day with these openings; ``None`` if one is too early."""
    bus, legs = order.bus, order.legs
    begin = opens[0] - bus.set_up_min - gaps[0] - legs[0] - bus.prepare_min
    moment = begin + bus.prepare_min
    for i, (visit, opened) in enumerate(zip(order.visits, opens, strict=True)):
        if moment + legs[i] + gaps[2 * i] + bus.set_up_min > opened:
            return None
        moment = opened + visit.service_min + bus.tear_down_min + gaps[2 * i + 1]
    return begin, moment + legs[-1] + bus.finish_min


def by_trying_all(order: Order, start: int, gaps: Sequence[int]) -> tuple[int, int] | None:
    days = (
        lasting(order, gaps, opens)
        for opens in product(*(openings(visit) for visit in order.visits))
    )
    fitting = [day for day in days if day and day[0] >= start and day[1] <= order.last_end]
    return min(fitting, key=lambda day: (day[1], -day[0]), default=None)


@given(
    order=orders(),
    start=st.integers(360, 700),
    standing=st.lists(st.integers(0, 20), min_size=6, max_size=6),
)
def test_the_fastest_day_is_what_trying_every_opening_finds(
    order: Order, start: int, standing: list[int]
) -> None:
    gaps = tuple(standing[: 2 * len(order.visits)])

    found = fastest(order, start, gaps)

    best = by_trying_all(order, start, gaps)
    assert (found and found[:2]) == best
    if found is not None:
        assert lasting(order, gaps, found[2]) == best
        pairs = zip(order.visits, found[2], strict=True)
        assert all(opened in openings(visit) for visit, opened in pairs)


@given(visit=candidates(), moment=st.integers(400, 1100))
def test_the_nearest_openings_are_what_trying_every_minute_finds(
    visit: Candidate, moment: int
) -> None:
    later = [opened for opened in openings(visit) if opened >= moment]
    earlier = [opened for opened in openings(visit) if opened <= moment]

    assert earliest_open(visit, moment) == (later[0] if later else None)
    if earlier:
        assert latest_open(visit, moment) == earlier[-1]


def one_visit(last_end: int = 1320, **given: Any) -> Order:
    """A day with one visit, 20 minutes with buffer from and to the depot."""
    return Order([make_candidate(**given)], (20, 20), make_bus(), last_end, Parameters())


AFTERNOON = (Window(from_min=900, to_min=1200),)


def test_a_later_shift_gives_a_later_day_only_where_it_must() -> None:
    """The window opens at 15:00, so starting from 6:00 or 8:00 on comes to the same day."""
    found = timelines(one_visit(windows=AFTERNOON), 1, [360, 480, 950])

    assert [(line.start_min, line.opens) for line in found] == [(880, (900,)), (950, (970,))]


def test_no_day_ends_after_the_last_shift() -> None:
    assert (timelines(one_visit(979, windows=AFTERNOON), 1, [360])) == []
    assert (timelines(one_visit(980, windows=AFTERNOON), 1, [360])) != []


def test_a_lone_adult_on_a_long_day_waits_at_a_stop_for_the_break() -> None:
    """20 + 330 + 20 min of work above 6 h: the bus stands before set-up or after tear-down."""
    found = timelines(one_visit(service_min=330), 1, [360])

    assert found
    for line in found:
        ((pause,),) = line.breaks
        assert pause[1] - pause[0] >= 15
        assert line.end_min - line.start_min == 370 + pause[1] - pause[0]
        assert line.work_min == 370


def test_two_adults_rest_in_turn_and_the_day_gets_no_longer() -> None:
    (line,) = timelines(one_visit(service_min=330), 2, [360])

    assert line.end_min - line.start_min == 370
    assert all(line.breaks)
