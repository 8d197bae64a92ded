"""Tours change days, not stops: cost and lawfulness stay, more visits are where they were."""

from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.periodic import (
    Days,
    PeriodicPlan,
    PeriodicProblem,
    PeriodicStop,
    PeriodicTour,
    VehicleGroup,
)
from busplan.domain.periodic_check import check_periodic_plan
from busplan.planning.long_tours.familiar_days import with_familiar_days

DAYS = 3
ANY_DAY: tuple[Days, ...] = tuple(frozenset({day}) for day in range(DAYS))


def problem(*patterns: tuple[Days, ...], vehicles: int = 1) -> PeriodicProblem:
    size = len(patterns) + 1
    zeros = ((0.0,) * size,) * size
    return PeriodicProblem(
        name="cycle",
        days=DAYS,
        stops=tuple(
            PeriodicStop(id=str(n), node=n, patterns=own) for n, own in enumerate(patterns, 1)
        ),
        groups=(VehicleGroup(id="van", depot=0, vehicles=(vehicles,) * DAYS),),
        costs=zeros,
        durations=zeros,
    )


def plan(*days: tuple[int, tuple[int, ...]]) -> PeriodicPlan:
    return PeriodicPlan(tours=tuple(PeriodicTour(group=0, day=d, stops=s) for d, s in days))


def days_of(found: PeriodicPlan) -> dict[int, int]:
    return {stop: tour.day for tour in found.tours for stop in tour.stops}


def test_tours_go_back_to_the_days_that_their_stops_had() -> None:
    had = {0: 2, 1: 2, 2: 0}
    asked = problem(ANY_DAY, ANY_DAY, ANY_DAY)

    found = with_familiar_days(
        plan((0, (0, 1)), (1, (2,))), asked, lambda stop, day: int(had[stop] == day)
    )

    assert days_of(found) == had


def test_a_tour_with_a_stop_of_several_visits_stays() -> None:
    asked = problem((frozenset({0, 1}),), ANY_DAY, ANY_DAY)
    before = plan((0, (0, 1)), (1, (0,)), (2, (2,)))

    found = with_familiar_days(before, asked, lambda stop, day: int((stop, day) == (2, 0)))

    assert days_of(found) == days_of(before)


def test_a_day_that_a_stop_may_not_have_is_not_given_to_its_tour() -> None:
    asked = problem((frozenset({0}), frozenset({1})), ANY_DAY)

    found = with_familiar_days(plan((0, (0,)), (1, (1,))), asked, lambda stop, day: day)

    assert days_of(found) == {0: 1, 1: 2}


@given(
    days=st.lists(st.integers(0, DAYS - 1), min_size=1, max_size=6),
    worths=st.lists(st.integers(0, 9), min_size=18, max_size=18),
)
def test_nothing_is_lost_and_the_worth_never_falls(days: list[int], worths: list[int]) -> None:
    asked = problem(*[ANY_DAY] * len(days), vehicles=len(days))
    before = plan(*((day, (stop,)) for stop, day in enumerate(days)))

    def worth(stop: int, day: int) -> int:
        return worths[stop * DAYS + day]

    found = with_familiar_days(before, asked, worth)

    assert list(check_periodic_plan(found, asked)) == []
    # With a vehicle for each, every stop gets its best day.
    assert [worth(stop, day) for stop, day in sorted(days_of(found).items())] == [
        max(worths[stop * DAYS : (stop + 1) * DAYS]) for stop in range(len(days))
    ]
