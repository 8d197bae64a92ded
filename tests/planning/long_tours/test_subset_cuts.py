"""Cuts among three stops: found where tours driven in halves overlap, never against a plan."""

from busplan.domain.periodic import PeriodicTour
from busplan.planning.long_tours.subset_cuts import counted, find_cuts


def _tour(*stops: int) -> PeriodicTour:
    return PeriodicTour(group=0, day=0, stops=stops)


HALVES = {_tour(1, 2): 0.5, _tour(2, 3): 0.5, _tour(1, 3): 0.5}


def test_three_half_tours_of_two_stops_each_break_the_cut_of_the_three() -> None:
    found = find_cuts(HALVES, {1, 2, 3}, {})

    assert found == {(1, 2, 3): {1, 2, 3}}
    assert find_cuts(HALVES, {1, 2, 3}, found) == {}


def test_a_cut_remembers_what_lies_between_its_stops() -> None:
    shares = {_tour(7, 1, 8, 9, 2): 0.5, _tour(2, 3): 0.5, _tour(3, 5, 1, 6): 0.5}

    found = find_cuts(shares, {1, 2, 3}, {(1, 2, 3): frozenset({1, 2, 3, 4})})

    assert found == {(1, 2, 3): {1, 2, 3, 4, 5, 8, 9}}
    assert find_cuts(shares, {1, 2, 3}, found) == {}


def test_stops_that_are_visited_more_than_once_have_no_cuts() -> None:
    assert find_cuts(HALVES, {1, 2}, {}) == {}


def test_whole_tours_break_no_cut() -> None:
    assert find_cuts({_tour(1, 2, 3): 1.0, _tour(4, 5): 1.0}, range(6), {}) == {}


def test_a_tour_counts_once_for_every_two_visits_that_are_remembered() -> None:
    cut, memory = (1, 2, 3), frozenset({1, 2, 3, 4})
    tours = {(1,): 0, (1, 2): 1, (3, 1, 2): 1, (1, 2, 1, 3): 2, (1, 4, 2): 1, (1, 5, 2, 3): 1}

    assert {stops: counted(cut, memory, stops) for stops in tours} == tours
    assert counted(cut, memory, (1, 5, 2)) == 0
