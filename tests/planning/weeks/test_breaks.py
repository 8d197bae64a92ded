"""Breaks that planning places are lawful by the rules, and are found wherever any are."""

from dataclasses import dataclass

import numpy as np
from hypothesis import event, given
from hypothesis import strategies as st

from busplan.domain.fleet import BusId
from busplan.domain.parameters import Parameters
from busplan.domain.plan import Break, Plan, Visit, visit_id
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.break_places import check_break_places
from busplan.domain.rules.breaks import check_breaks
from busplan.planning.weeks.breaks import Stretch, break_lengths, breaks_of
from tests.factories import (
    MONDAY,
    make_bus,
    make_crew,
    make_duty,
    make_matrix,
    make_plan,
    make_problem,
    make_stop,
    make_tour,
    make_visit,
)

NUMBERS = Parameters()
LEG_MIN = 20
"""15 minutes of driving and the buffer, between any two places of ``make_matrix``."""


@dataclass(frozen=True, kw_only=True)
class Day:
    """A bus's day: when it starts, what preparing takes, and its stays at stops."""

    start_min: int
    prepare_min: int
    set_up_min: int
    stays: tuple[tuple[int, int, int], ...]
    """Waiting before set-up, opening time, standing after tear-down; minutes."""

    def visits(self) -> tuple[Visit, ...]:
        moment = self.start_min + self.prepare_min
        visits = []
        for place, (wait, service_min, rest) in enumerate(self.stays):
            arrival_min = moment + LEG_MIN + wait
            open_min = arrival_min + self.set_up_min
            moment = open_min + service_min + self.set_up_min + rest
            visits.append(
                make_visit(
                    f"s{place}",
                    open_min,
                    service_min,
                    id=visit_id(MONDAY, BusId("wilde13"), place + 1),
                    arrival_min=arrival_min,
                    departure_min=moment,
                )
            )
        return tuple(visits)

    @property
    def end_min(self) -> int:
        return self.visits()[-1].departure_min + LEG_MIN + self.prepare_min

    def idle(self) -> tuple[Stretch, ...]:
        stretches: list[Stretch] = []
        for visit, (wait, _, rest) in zip(self.visits(), self.stays, strict=True):
            stretches.append((visit.arrival_min - wait, visit.arrival_min))
            stretches.append((visit.departure_min - rest, visit.departure_min))
        return tuple((a, b) for a, b in stretches if b > a)

    def attended(self) -> tuple[Stretch, ...]:
        pairs = zip(self.visits(), self.stays, strict=True)
        return tuple((v.arrival_min, v.departure_min - rest) for v, (_, _, rest) in pairs)

    def problem(self, adults: int) -> PlanningProblem:
        stops = tuple(make_stop(f"s{place}") for place in range(len(self.stays)))
        bus = make_bus(
            set_up_min=self.set_up_min,
            tear_down_min=self.set_up_min,
            prepare_min=self.prepare_min,
            finish_min=self.prepare_min,
        )
        return make_problem(
            stops=stops,
            buses=(bus,),
            crew=tuple(make_crew(f"P{n}") for n in range(adults)),
            matrix=make_matrix(*(stop.id for stop in stops)),
        )

    def plan(self, breaks: tuple[tuple[Stretch, ...], ...]) -> Plan:
        duties = tuple(
            make_duty(
                f"P{number}",
                drives=number == 0,
                start_min=self.start_min,
                end_min=self.end_min,
                breaks=tuple(Break(start_min=a, end_min=b) for a, b in pieces),
            )
            for number, pieces in enumerate(breaks)
        )
        return make_plan(
            make_tour(
                *self.visits(),
                depart_min=self.start_min + self.prepare_min,
                return_min=self.end_min - self.prepare_min,
                duties=duties,
            )
        )

    def faults(self, breaks: tuple[tuple[Stretch, ...], ...]) -> list[str]:
        plan, problem = self.plan(breaks), self.problem(len(breaks))
        found = [*check_breaks(plan, problem), *check_break_places(plan, problem)]
        return [str(violation) for violation in found]

    def place(self, adults: int) -> tuple[tuple[Stretch, ...], ...] | None:
        idle, attended = (
            np.array(stretches, dtype=np.int64).reshape(-1, 2)
            for stretches in (self.idle(), self.attended())
        )
        return breaks_of(self.start_min, self.end_min, idle, attended, adults, NUMBERS)


waits = st.one_of(st.just(0), st.integers(0, 70))
days = st.builds(
    Day,
    start_min=st.integers(300, 620),
    prepare_min=st.sampled_from([0, 10]),
    set_up_min=st.sampled_from([0, 10, 25]),
    stays=st.lists(st.tuples(waits, st.integers(30, 330), waits), min_size=1, max_size=3).map(
        tuple
    ),
).filter(lambda day: day.end_min <= 1440)


@given(day=days, adults=st.integers(1, 2))
def test_placed_breaks_break_no_rule(day: Day, adults: int) -> None:
    """Length and spread, nobody on the road, never both while the bus needs somebody."""
    breaks = day.place(adults)

    event("none lawful" if breaks is None else f"{adults}: {len(breaks[0])} pieces")
    if breaks is not None:
        assert len(breaks) == adults
        assert day.faults(breaks) == []


@given(day=days)
def test_a_lone_adult_gets_breaks_exactly_where_resting_all_idle_time_is_lawful(day: Day) -> None:
    """More rest is never less lawful, so nothing else need be tried."""
    all_idle = tuple((a, b) for a, b in _joined(day.idle()))

    assert (day.place(1) is None) == (day.faults((all_idle,)) != [])


@given(day=days)
def test_two_adults_find_breaks_wherever_one_does(day: Day) -> None:
    if day.place(1) is not None:
        assert day.place(2) is not None


def _joined(stretches: tuple[Stretch, ...]) -> list[Stretch]:
    joined: list[Stretch] = []
    for a, b in sorted(stretches):
        if joined and joined[-1][1] >= a:
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return joined


def test_two_adults_rest_one_after_the_other_while_the_bus_is_open() -> None:
    day = Day(start_min=600, prepare_min=10, set_up_min=10, stays=((0, 360, 0),))

    first, second = day.place(2) or ((), ())

    assert first
    assert second
    assert all(b <= c or d <= a for a, b in first for c, d in second)


def test_a_lone_adult_never_leaves_an_open_bus() -> None:
    day = Day(start_min=600, prepare_min=10, set_up_min=10, stays=((0, 360, 0),))

    assert day.place(1) is None


def test_no_break_is_due_up_to_six_hours() -> None:
    assert break_lengths(360, NUMBERS) == ((),)
    assert () not in break_lengths(361, NUMBERS)


@given(presence_min=st.integers(361, 645))
def test_every_split_of_a_break_makes_the_work_lawful(presence_min: int) -> None:
    for pieces in break_lengths(presence_min, NUMBERS):
        work_min = presence_min - sum(pieces)
        due_min = 45 if work_min > 540 else 30 if work_min > 360 else 0
        assert sum(pieces) >= due_min
        assert min(pieces) >= 15
        assert work_min <= 600
