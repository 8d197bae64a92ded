"""What may still be visited beside tours that are kept."""

from functools import cache

import numpy as np

from benchmarks.county_weeks import county_week
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.room_left import RoomLeft
from busplan.planning.weeks.selection import Choice
from tests.planning.parts import best_of, master_of


@cache
def week() -> tuple[Master, Choice]:
    """A week and its best choice of tours."""
    master = master_of(county_week(stops=10, seed=2, week_max_min=1000))
    return master, best_of(master)


def test_beside_nothing_there_is_room_for_every_visit() -> None:
    master, _ = week()

    assert RoomLeft(master).beside(()).all()


def test_there_is_room_for_every_tour_of_a_choice_beside_the_others() -> None:
    master, choice = week()
    room = RoomLeft(master)

    for tour in choice.tours:
        may = room.beside(other for other in choice.tours if other != tour)
        assert may[master.columns.tours.visits[tour]].all()


def test_a_record_that_is_visited_once_has_no_room_for_another_visit() -> None:
    master, choice = week()
    once = {demand.id for demand in master.problem.demands if demand.most == 1}
    visits = master.columns.tours.visits[list(choice.tours)]
    served = {master.candidates[visit].demand_id for visit in visits[visits >= 0].tolist()}
    here = [
        number
        for number, candidate in enumerate(master.candidates)
        if candidate.demand_id in once & served
    ]

    may = RoomLeft(master).beside(choice.tours)

    assert here
    assert not may[here].any()


def test_nothing_shares_a_town_and_day_with_a_tour_that_is_kept() -> None:
    master, choice = week()
    stays = {
        (master.candidates[visit].ags, master.candidates[visit].service_date)
        for tour in choice.tours
        for visit in master.columns.tours.visits[tour].tolist()
        if visit >= 0
    }
    shared = {key for key, _, _ in master.program.tellings.towns}

    may = RoomLeft(master).beside(choice.tours)

    columns, first = master.columns, master.problem.first_day
    here = [
        number
        for number, candidate in enumerate(master.candidates)
        if (candidate.ags, candidate.service_date) in stays
        and (candidate.service_date - first).days * columns.towns + columns.town_of[number]
        in shared
    ]
    assert here
    assert not np.any(may[here])
