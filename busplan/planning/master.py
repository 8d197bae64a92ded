"""The master problem: choose tours under every rule that couples them.

Rows and variables, all with whole coefficients:

- a bus has at most one tour a day; a demand record at most one visit in its headway, at most
  ``most`` in every period, and a week's visits on days that one pattern allows;
- two buses share a town on a day only if asked; weekly caps of buses and people hold;
- each tour has its crew: counted, licensed, able to give the offers, available, rested;
- need, floor, pins, blocks and balance are priced by small variables.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from busplan.domain.dates import monday_of
from busplan.domain.demand import DemandRecord, need_spans, rolling_periods
from busplan.domain.fleet import BusId
from busplan.domain.objective import block_visits, counted_before, visit_values
from busplan.domain.problem import PlanningProblem
from busplan.planning.candidates import Candidate
from busplan.planning.crewing import add_crews
from busplan.planning.rows import Ints, Program, TourMatrix, Variable
from busplan.planning.tours import TourPool, grouped
from busplan.planning.towns import add_towns

NOTHING = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Master:
    """The program, its tours and their entries.

    ``duties`` maps (person, bus, day) to the number of a variable.
    """

    problem: PlanningProblem
    candidates: Sequence[Candidate]
    columns: TourPool
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
    problem: PlanningProblem, candidates: Sequence[Candidate], columns: TourPool
) -> Master:
    """State the whole choice among the columns."""
    program = Program()
    carriers = _carriers(candidates, columns)
    for (bus_id, day), tours in columns.by_bus_and_day().items():
        program.add_tours(program.row(("bus_day", bus_id, day), upper=1), tours)
    for demand in problem.demands:
        here = carriers.get(demand.id, {})
        _add_spacing(program, problem, demand, here)
        _add_patterns(program, demand, here)
        _add_need(program, problem, demand, here)
    add_towns(program, problem, candidates, columns)
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
        costs=columns.tours.cost,
        duties=duties,
    )


ToursByDay = dict[date, Ints]


def _carriers(candidates: Sequence[Candidate], columns: TourPool) -> dict[str, ToursByDay]:
    """Which tours serve a demand record, by day."""
    tours, visits = columns.visits()
    carriers: dict[str, ToursByDay] = {}
    kinds = sorted({(candidate.demand_id, candidate.service_date) for candidate in candidates})
    number = {kind: place for place, kind in enumerate(kinds)}
    keys = np.array([number[c.demand_id, c.service_date] for c in candidates], dtype=np.int64)
    for key, carrying in grouped(keys[visits], tours):
        demand_id, day = kinds[key]
        carriers.setdefault(demand_id, {})[day] = carrying
    return carriers


def _on(tours: ToursByDay, days: Iterable[date]) -> Ints:
    return np.concatenate([*(tours[day] for day in days if day in tours), NOTHING])


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
        if not left or not len(numbers):
            continue
        row = program.row(("need", demand.id, span.first), upper=0)
        program.add_tours(row, numbers, -1)
        for count, value in enumerate(left):
            name = f"need {demand.id} {span.first} {count}"
            program.add(Variable(name=name, cost=-value, entries=((row, 1),)))


def _add_held_fast(
    program: Program,
    problem: PlanningProblem,
    candidates: Sequence[Candidate],
    columns: TourPool,
) -> None:
    """Blocks and pins: each kept one wins its points."""
    numbers = problem.parameters
    promised = len(list(block_visits(problem)))
    program.constant += numbers.block_points * promised + numbers.pin_points * len(problem.pins)
    tours, visits = columns.visits()
    kept: dict[tuple[str, Hashable], list[int]] = {}
    for index, candidate in enumerate(candidates):
        if candidate.block_id is not None:
            held = ("block", (candidate.block_id, candidate.service_date))
            kept.setdefault(held, []).append(index)
        if candidate.pin is not None:
            kept.setdefault(("pin", candidate.pin), []).append(index)
    for (kind, what), indices in kept.items():
        keepers = tours[np.isin(visits, indices)]
        if len(keepers):
            points = numbers.block_points if kind == "block" else numbers.pin_points
            row = program.row((kind, what), upper=0)
            program.add_tours(row, keepers, -1)
            program.add(Variable(name=f"{kind} {what}", cost=-points, entries=((row, 1),)))


def _add_bus_weeks(program: Program, problem: PlanningProblem, columns: TourPool) -> None:
    presence = columns.tours.span[:, 1] - columns.tours.span[:, 0]
    for (bus_id, day), tours in columns.by_bus_and_day().items():
        cap = problem.bus_by_id[bus_id].week_max_min
        if cap is not None:
            row = program.row(("bus_week", bus_id, monday_of(day)), upper=cap)
            program.add_tours(row, tours, presence[tours])
