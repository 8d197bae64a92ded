"""The master problem: choose tours under every rule that couples them.

Rows and variables, all with whole coefficients:

- a bus has at most one tour a day; a demand record at most one visit in its headway, at most
  ``most`` in every period, and a week's visits on days that one pattern allows;
- two buses share a town on a day only if asked; weekly caps of buses and people hold;
- each tour has its crew: counted, licensed, able to give the offers, available, rested;
- need, floor, pins, blocks and balance are priced by small variables.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from busplan.domain.dates import monday_of
from busplan.domain.demand import DemandRecord, need_spans, rolling_periods
from busplan.domain.fleet import BusId
from busplan.domain.objective import (
    block_visits,
    counted_before,
    floor_missing_before,
    visit_values,
)
from busplan.domain.places import Ags
from busplan.domain.problem import PlanningProblem
from busplan.planning.candidates import Candidate
from busplan.planning.crewing import add_crews
from busplan.planning.rows import Program, TourMatrix, Variable
from busplan.planning.tours import Column


@dataclass(frozen=True, slots=True)
class Master:
    """The program, its tours and their entries.

    ``duties`` maps (person, bus, day) to the number of a variable.
    """

    problem: PlanningProblem
    candidates: Sequence[Candidate]
    columns: Sequence[Column]
    program: Program
    matrix: TourMatrix
    costs: NDArray[np.int64]
    duties: dict[tuple[str, BusId, date], int]

    def hopes(self) -> NDArray[np.int64]:
        """Cost of every tour less all it could win by itself: need, floors, blocks and pins."""
        wins = np.zeros(len(self.program.lower), dtype=np.int64)
        for variable in self.program.variables:
            for row, value in variable.entries:
                if value == 1:
                    wins[row] = max(wins[row], -variable.cost)
        hopes = self.costs.copy()
        won = self.matrix.values == -1
        np.subtract.at(hopes, self.matrix.tours[won], wins[self.matrix.rows[won]])
        return hopes


def build_master(
    problem: PlanningProblem, candidates: Sequence[Candidate], columns: Sequence[Column]
) -> Master:
    """State the whole choice among the columns."""
    program = Program()
    carriers = _carriers(candidates, columns)
    _add_bus_days(program, columns)
    for demand in problem.demands:
        tours = carriers[demand.id]
        _add_spacing(program, problem, demand, tours)
        _add_patterns(program, demand, tours)
        _add_need(program, problem, demand, tours)
    _add_towns(program, problem, candidates, columns)
    _add_held_fast(program, problem, candidates, columns)
    _add_bus_weeks(program, problem, columns)
    duties = add_crews(program, problem, candidates, columns)
    program.constant += problem.parameters.moved_points * len(problem.expected_visits)
    return Master(
        problem=problem,
        candidates=candidates,
        columns=columns,
        program=program,
        matrix=program.matrix(len(columns)),
        costs=np.array([column.cost for column in columns], dtype=np.int64),
        duties=duties,
    )


ToursByDay = dict[date, list[int]]


def _carriers(
    candidates: Sequence[Candidate], columns: Sequence[Column]
) -> defaultdict[str, ToursByDay]:
    """Which tours serve a demand record, by day."""
    carriers: defaultdict[str, ToursByDay] = defaultdict(dict)
    for number, column in enumerate(columns):
        for index in column.visits:
            days = carriers[candidates[index].demand_id]
            days.setdefault(column.service_date, []).append(number)
    return carriers


def _on(tours: ToursByDay, days: Iterable[date]) -> list[int]:
    return [number for day in days for number in tours.get(day, ())]


def _add_bus_days(program: Program, columns: Sequence[Column]) -> None:
    groups: defaultdict[tuple[BusId, date], list[int]] = defaultdict(list)
    for number, column in enumerate(columns):
        groups[column.bus_id, column.service_date].append(number)
    for (bus_id, day), numbers in groups.items():
        program.add_tours(program.row(("bus_day", bus_id, day), upper=1), numbers)


def _add_spacing(
    program: Program, problem: PlanningProblem, demand: DemandRecord, tours: ToursByDay
) -> None:
    for first in sorted(tours):
        days = [first + timedelta(days=offset) for offset in range(demand.headway_min_days)]
        numbers = _on(tours, days)
        program.add_tours(program.row(("headway", demand.id, first), upper=1), numbers)
    past = [v.service_date for v in problem.past_visits if v.demand_id == demand.id]
    for period in rolling_periods(demand.period_weeks, problem.first_day, problem.weeks):
        left = max(0, demand.most - sum(day in period for day in past))
        numbers = _on(tours, (day for day in sorted(tours) if day in period))
        program.add_tours(program.row(("most", demand.id, period.first), upper=left), numbers)


def _add_patterns(program: Program, demand: DemandRecord, tours: ToursByDay) -> None:
    """A week's visits lie on days of one allowed pattern."""
    if not demand.patterns:
        return
    weeks = sorted({monday_of(day) for day in tours})
    for monday in weeks:
        days = [day for day in sorted(tours) if monday_of(day) == monday]
        one = program.row(("pattern", demand.id, monday), upper=1)
        rows = {day: program.row(("pattern_day", demand.id, day), upper=0) for day in days}
        for pattern in sorted(demand.patterns, key=sorted):
            allowed = tuple((rows[day], -1) for day in days if day.weekday() in pattern)
            name = f"pattern {demand.id} {monday} {sorted(pattern)}"
            program.add(Variable(name=name, integer=True, entries=((one, 1), *allowed)))
        for day in days:
            program.add_tours(rows[day], tours[day])


def _add_need(
    program: Program, problem: PlanningProblem, demand: DemandRecord, tours: ToursByDay
) -> None:
    values = visit_values(demand, problem.parameters)
    for span in need_spans(demand.period_weeks, problem.first_day, problem.weeks):
        left = values[counted_before(demand, span, problem) :]
        program.constant += sum(left)
        numbers = _on(tours, (day for day in sorted(tours) if day in span))
        if not left or not numbers:
            continue
        row = program.row(("need", demand.id, span.first), upper=0)
        program.add_tours(row, numbers, -1)
        for count, value in enumerate(left):
            name = f"need {demand.id} {span.first} {count}"
            program.add(Variable(name=name, cost=-value, entries=((row, 1),)))


def _add_towns(
    program: Program,
    problem: PlanningProblem,
    candidates: Sequence[Candidate],
    columns: Sequence[Column],
) -> None:
    """One bus a day in a town unless asked for, and every town's floor."""
    missing = {town.ags: floor_missing_before(town, problem) for town in problem.municipalities}
    alone: defaultdict[tuple[date, Ags], list[int]] = defaultdict(list)
    visits: defaultdict[Ags, list[int]] = defaultdict(list)
    for number, column in enumerate(columns):
        here = [candidates[index] for index in column.visits]
        for ags in sorted({visit.ags for visit in here}):
            if not any(visit.joint for visit in here if visit.ags == ags):
                alone[column.service_date, ags].append(number)
        for visit in here:
            visits[visit.ags].append(number)
    for (day, ags), numbers in alone.items():
        if len({columns[number].bus_id for number in numbers}) > 1:
            program.add_tours(program.row(("same_town", ags, day), upper=1), numbers)
    _add_shared_stops(program, problem, candidates, columns)
    for ags, lacking in missing.items():
        program.constant += problem.parameters.floor_points * lacking
        if lacking and visits[ags]:
            row = program.row(("floor", ags), upper=0)
            program.add_tours(row, visits[ags], -1)
            points = -problem.parameters.floor_points
            entries = ((row, 1),)
            name = f"floor {ags}"
            program.add(Variable(name=name, cost=points, upper=lacking, entries=entries))


def _add_shared_stops(
    program: Program,
    problem: PlanningProblem,
    candidates: Sequence[Candidate],
    columns: Sequence[Column],
) -> None:
    """At no moment two buses at one stop, but for visits asked to be joint."""
    stays: defaultdict[tuple[date, str], list[tuple[int, int, int]]] = defaultdict(list)
    for number, column in enumerate(columns):
        bus = problem.bus_by_id[column.bus_id]
        for place, index in enumerate(column.visits):
            visit = candidates[index]
            if not visit.joint:
                opened = column.timeline.opens[place]
                leaves = opened + visit.service_min + bus.tear_down_min
                leaves += column.timeline.stays[place]
                key = (column.service_date, visit.stop_id)
                stays[key].append((opened - bus.set_up_min, leaves, number))
    for (day, stop_id), here in stays.items():
        if len({columns[number].bus_id for _, _, number in here}) < 2:
            continue
        for moment in sorted({arrives for arrives, _, _ in here}):
            present = [number for arrives, leaves, number in here if arrives <= moment < leaves]
            if len({columns[number].bus_id for number in present}) > 1:
                row = program.row(("overlaps", stop_id, day, moment), upper=1)
                program.add_tours(row, sorted(set(present)))


def _add_held_fast(
    program: Program,
    problem: PlanningProblem,
    candidates: Sequence[Candidate],
    columns: Sequence[Column],
) -> None:
    """Blocks and pins: each kept one wins its points."""
    numbers = problem.parameters
    keepers: defaultdict[tuple[str, object], list[int]] = defaultdict(list)
    for number, column in enumerate(columns):
        for index in column.visits:
            visit = candidates[index]
            if visit.block_id is not None:
                keepers["block", (visit.block_id, visit.service_date)].append(number)
            if visit.pin is not None:
                keepers["pin", visit.pin].append(number)
    promised = len(list(block_visits(problem)))
    program.constant += numbers.block_points * promised + numbers.pin_points * len(problem.pins)
    for (kind, what), tours in keepers.items():
        points = numbers.block_points if kind == "block" else numbers.pin_points
        row = program.row((kind, what), upper=0)
        program.add_tours(row, tours, -1)
        program.add(Variable(name=f"{kind} {what}", cost=-points, entries=((row, 1),)))


def _add_bus_weeks(program: Program, problem: PlanningProblem, columns: Sequence[Column]) -> None:
    weeks: defaultdict[tuple[BusId, date], list[int]] = defaultdict(list)
    for number, column in enumerate(columns):
        weeks[column.bus_id, monday_of(column.service_date)].append(number)
    for (bus_id, monday), tours in weeks.items():
        cap = problem.bus_by_id[bus_id].week_max_min
        if cap is not None:
            row = program.row(("bus_week", bus_id, monday), upper=cap)
            program.add_tours(row, tours, [columns[number].presence_min for number in tours])
