"""Cuts among three stops: found where tours driven in halves overlap, never against a plan."""

from busplan.domain.periodic import PeriodicTour
from busplan.planning.long_tours.subset_cuts import counted, find_cuts


def _tour(*stops: int) -> PeriodicTour:
    return PeriodicTour(group=0, day=0, stops=stops)


def test_three_half_tours_of_two_stops_each_break_the_cut_of_the_three() -> None:
    shares = {_tour(1, 2): 0.5, _tour(2, 3): 0.5, _tour(1, 3): 0.5}

    assert find_cuts(shares, {1, 2, 3}, ()) == [(1, 2, 3)]
    assert find_cuts(shares, {1, 2, 3}, {(1, 2, 3)}) == []


def test_stops_that_are_visited_more_than_once_have_no_cuts() -> None:
    shares = {_tour(1, 2): 0.5, _tour(2, 3): 0.5, _tour(1, 3): 0.5}

    assert find_cuts(shares, {1, 2}, ()) == []


def test_whole_tours_break_no_cut() -> None:
    assert find_cuts({_tour(1, 2, 3): 1.0, _tour(4, 5): 1.0}, range(6), ()) == []


def test_a_tour_counts_once_for_every_two_visits() -> None:
    assert [counted((1, 2, 3), stops) for stops in ((1,), (1, 2), (3, 1, 2), (1, 2, 1, 3))] == [
        0,
        1,
        1,
        2,
    ]
