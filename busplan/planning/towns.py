"""Towns in the master problem: one bus a day in each unless asked for, and every town's floor."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from busplan.domain.objective import floor_missing_before
from busplan.domain.places import Ags
from busplan.domain.problem import PlanningProblem
from busplan.planning.candidates import Candidate
from busplan.planning.rows import Ints, Program, Variable
from busplan.planning.timeline_search import NEVER
from busplan.planning.tours import TourPool, grouped


def add_towns(
    program: Program,
    problem: PlanningProblem,
    candidates: Sequence[Candidate],
    columns: TourPool,
) -> None:
    """State which tours may not share a town or a stop, and price every town's floor."""
    towns = sorted({candidate.ags for candidate in candidates})
    numbers = {ags: place for place, ags in enumerate(towns)}
    town_of = np.array([numbers[candidate.ags] for candidate in candidates], dtype=np.int64)
    joint = np.array([candidate.joint for candidate in candidates], dtype=bool)
    alone, mixed = _alone(columns, town_of, joint, len(towns))
    for key, tours in grouped(columns.days[alone[0]] * len(towns) + alone[1], alone[0]):
        if len(np.unique(columns.buses[tours])) > 1:
            day, town = divmod(key, len(towns))
            name = ("same_town", towns[town], problem.first_day + timedelta(days=day))
            program.add_tours(program.row(name, upper=1), tours)
    if len(mixed):
        _add_shared_stops(program, problem, candidates, columns, mixed)
    tours, visits = columns.visits()
    carrying = {towns[town]: there for town, there in grouped(town_of[visits], tours)}
    _add_floors(program, problem, carrying)


def _alone(
    columns: TourPool, town_of: Ints, joint: np.ndarray, towns: int
) -> tuple[tuple[Ints, Ints], Ints]:
    """Tour and town of every stay in a town for which no visit there is joint.

    Also the tours that stay in a town with both kinds of visits.
    """
    tours, visits = columns.visits()
    keys, inverse, counts = np.unique(
        tours * towns + town_of[visits], return_inverse=True, return_counts=True
    )
    joint_visits = np.bincount(inverse, weights=joint[visits], minlength=len(keys))
    single = keys[joint_visits == 0]
    mixed = keys[(joint_visits > 0) & (joint_visits < counts)]
    return (single // towns, single % towns), np.unique(mixed // towns)


def _add_shared_stops(
    program: Program,
    problem: PlanningProblem,
    candidates: Sequence[Candidate],
    columns: TourPool,
    mixed: Ints,
) -> None:
    """At no moment two buses at one stop, but for visits asked to be joint.

    Only tours that also make a joint visit in the town need this: all others are kept apart for
    the whole day.
    """
    for day, stop_id in sorted(_stops_of(columns, candidates, mixed)):
        arrives, leaves, tours = _stays(problem, candidates, columns, day, stop_id)
        for moment in np.unique(arrives).tolist():
            present = np.unique(tours[(arrives <= moment) & (moment < leaves)])
            if len(np.unique(columns.buses[present])) > 1:
                name = ("overlaps", stop_id, problem.first_day + timedelta(days=day), moment)
                program.add_tours(program.row(name, upper=1), present)


def _stops_of(
    columns: TourPool, candidates: Sequence[Candidate], tours: Ints
) -> set[tuple[int, str]]:
    """Day and stop of every visit of the tours that is not joint."""
    return {
        (int(columns.days[tour]), candidates[index].stop_id)
        for tour in tours.tolist()
        for index in columns.tours.visits[tour].tolist()
        if index != NEVER and not candidates[index].joint
    }


def _stays(
    problem: PlanningProblem,
    candidates: Sequence[Candidate],
    columns: TourPool,
    day: int,
    stop_id: str,
) -> tuple[Ints, Ints, Ints]:
    """Minutes of arrival and departure, and tour, of every stay at a stop that is not joint."""
    here = [i for i, c in enumerate(candidates) if c.stop_id == stop_id and not c.joint]
    tours, places = np.nonzero(np.isin(columns.tours.visits, here) & (columns.days == day)[:, None])
    service = np.array([candidate.service_min for candidate in candidates], dtype=np.int64)
    set_up = np.array([bus.set_up_min for bus in problem.buses], dtype=np.int64)
    tear_down = np.array([bus.tear_down_min for bus in problem.buses], dtype=np.int64)
    opens = columns.tours.opens[tours, places]
    leaves = opens + service[columns.tours.visits[tours, places]]
    leaves += tear_down[columns.buses[tours]] + columns.tours.stays[tours, places]
    return opens - set_up[columns.buses[tours]], leaves, tours


def _add_floors(program: Program, problem: PlanningProblem, carrying: dict[Ags, Ints]) -> None:
    """Every visit below a town's least share is missed."""
    points = problem.parameters.floor_points
    for town in problem.municipalities:
        lacking = floor_missing_before(town, problem)
        program.constant += points * lacking
        if lacking and town.ags in carrying:
            row = program.row(("floor", town.ags), upper=0)
            program.add_tours(row, carrying[town.ags], -1)
            name, entries = f"floor {town.ags}", ((row, 1),)
            program.add(Variable(name=name, cost=-points, upper=lacking, entries=entries))
