"""Towns in the master problem: one bus a day in each unless asked for, and every town's floor."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from busplan.domain.objective import floor_missing_before
from busplan.domain.problem import PlanningProblem
from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.candidates import Candidate
from busplan.planning.weeks.day_times import NEVER
from busplan.planning.weeks.rows import Program, Variable
from busplan.planning.weeks.tours import TourPool


def add_towns(
    program: Program,
    problem: PlanningProblem,
    candidates: Sequence[Candidate],
    columns: TourPool,
) -> None:
    """State which tours may not share a town or a stop, and price every town's floor."""
    alone, mixed = _alone(columns)
    for key in np.flatnonzero(alone.sum(axis=1) > 1).tolist():
        day, town = divmod(key, columns.towns)
        name = ("same_town", columns.town_names[town], _date(problem, day))
        program.tellings.towns.append((key, program.row(name, upper=1), 1))
    if len(mixed):
        _add_shared_stops(program, problem, candidates, columns, mixed)
    _add_floors(program, problem, columns)


def _date(problem: PlanningProblem, day: int) -> date:
    return problem.first_day + timedelta(days=day)


def _alone(columns: TourPool) -> tuple[NDArray[np.bool_], Ints]:
    """Which buses may stay in a town on a day without a joint visit there: day and town in one
    number by bus. Also the tours that stay in a town with both kinds of visits.

    Slot by slot, because all visits of a large week at once would take most of its memory.
    """
    buses = len(columns.problem.buses)
    alone = np.zeros((columns.slot_count // max(1, buses) * columns.towns, buses), dtype=np.bool_)
    mixed = [np.zeros(0, dtype=np.int64)]
    for slot, tours in columns.by_slot.items():
        day, bus = divmod(slot, buses)
        visits = columns.tours.visits[tours]
        here = visits != NEVER
        town, joint = columns.town_of[visits], columns.joint[visits] & here
        shared = np.zeros_like(here)
        for place in range(visits.shape[1]):
            same = (town == town[:, [place]]) & joint[:, [place]]
            shared |= same & here
        alone[day * columns.towns + town[here & ~shared], bus] = True
        mixed.append(tours[(shared & ~joint).any(axis=1)])
    return alone, np.concatenate(mixed)


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
                row = program.row(("overlaps", stop_id, _date(problem, day), moment), upper=1)
                program.tellings.tours += [(tour, row, 1) for tour in present.tolist()]


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


def _add_floors(program: Program, problem: PlanningProblem, columns: TourPool) -> None:
    """Every visit below a town's least share is missed."""
    points = problem.parameters.floor_points
    for town in problem.municipalities:
        lacking = floor_missing_before(town, problem)
        program.constant += points * lacking
        here = [i for i in columns.visited.tolist() if columns.candidates[i].ags == town.ags]
        if lacking and here:
            row = program.row(("floor", town.ags), upper=0)
            program.tellings.visits += [(index, row, -1) for index in here]
            name, entries = f"floor {town.ags}", ((row, 1),)
            program.add(Variable(name=name, cost=-points, upper=lacking, entries=entries))
