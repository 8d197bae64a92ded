"""A published timetable planned anew: nothing lost, nothing longer, shorter where it can be."""

from collections import Counter
from collections.abc import Mapping

import pytest

from busplan.domain.mobile_timetable import MobileTimetable
from busplan.domain.places import Coordinate
from busplan.domain.replanning import Replanning
from busplan.domain.timetable_cycle import Freedom
from busplan.exchange.mobile_library import parse_timetable, write_timetable
from busplan.planning.limits import SearchLimits
from busplan.planning.stopping import Stopper
from busplan.usecases.replan_timetable import replan_timetable
from tests.mobile_timetables import DEPOT, make_published, make_timetable, two_wasteful_days

LIMITS = SearchLimits(work=0.2)
DEPOTS: Mapping[str, Coordinate] = {"Van": DEPOT}


def replan(timetable: MobileTimetable, freedom: Freedom = Freedom.ANY_DAY) -> Replanning:
    return replan_timetable(timetable, limits=LIMITS, seed=1, freedom=freedom, depots=DEPOTS)


def visits_of(timetable: MobileTimetable) -> Counter[tuple[str, int]]:
    return Counter((visit.stop, visit.service_min) for visit in timetable.visits)


def test_a_wasteful_timetable_is_bettered_and_says_by_how_much() -> None:
    before = two_wasteful_days()

    replanning = replan(before)

    assert replanning.replanned.length_m < 0.7 * replanning.published.length_m
    assert replanning.replanned.driving_min < replanning.published.driving_min
    assert replanning.replanned.longest_day_min <= replanning.published.longest_day_min
    assert replanning.replanned.vehicle_days <= replanning.published.vehicle_days
    assert visits_of(replanning.timetable) == visits_of(before)


def test_the_new_timetable_is_written_in_the_schema_and_measures_as_promised() -> None:
    replanning = replan(two_wasteful_days())
    written = write_timetable(replanning.timetable)

    read = parse_timetable(written, "shire.csv").timetable
    again = replan_timetable(read, limits=LIMITS, seed=1, depots=DEPOTS)

    assert read == replanning.timetable
    assert again.published == replanning.replanned


def test_with_weekdays_kept_no_visit_is_on_another() -> None:
    timetable = make_timetable(
        *two_wasteful_days().visits,
        make_published("Far", location=Coordinate(52.2, -1.3), rule="FREQ=WEEKLY;BYDAY=WE"),
    )

    replanning = replan(timetable, Freedom.SAME_WEEKDAY)

    assert replanning.moves.weekday == 0
    assert Counter(v.weekday for v in replanning.timetable.visits) == {0: 4, 2: 2}


def test_the_same_seed_and_counted_limit_give_the_same_timetable() -> None:
    assert replan(two_wasteful_days()) == replan(two_wasteful_days())


def test_a_search_stopped_at_once_is_no_worse_than_the_published_timetable() -> None:
    stopper = Stopper()
    stopper.stop()

    replanning = replan_timetable(
        two_wasteful_days(), limits=LIMITS, seed=1, depots=DEPOTS, stopper=stopper
    )

    assert replanning.replanned.length_m <= replanning.published.length_m


def test_depots_that_are_not_given_are_estimated_for_both_sides() -> None:
    replanning = replan_timetable(two_wasteful_days(), limits=LIMITS, seed=1)

    assert replanning.depots_estimated
    assert replanning.replanned.length_m <= replanning.published.length_m
    assert list(replanning.depots) == ["Van"]


@pytest.mark.parametrize("service_min", [0, 600])
def test_a_call_without_a_stay_and_one_of_ten_hours_are_planned(service_min: int) -> None:
    timetable = make_timetable(
        make_published("Green", service_min=service_min, rule="FREQ=WEEKLY;INTERVAL=2"),
        *two_wasteful_days().visits[1:],
    )

    replanning = replan(timetable)

    assert visits_of(replanning.timetable) == visits_of(timetable)
