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

from busplan.domain.dates import monday_of
from busplan.domain.demand import DemandId, DemandRecord, need_spans, rolling_periods
from busplan.domain.fleet import BusId
from busplan.domain.objective import block_visits, counted_before, visit_values
from busplan.domain.problem import PlanningProblem
from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.candidates import Candidate
from busplan.planning.weeks.crewing import add_crews
from busplan.planning.weeks.rows import Program, Variable
from busplan.planning.weeks.tour_rows import Floats, TourRows
from busplan.planning.weeks.tours import TourPool
from busplan.planning.weeks.towns import add_towns


@dataclass(frozen=True, slots=True)
class Master:
    """The program, its tours and their entries.

    ``duties`` maps (person, bus, day) to the number of a variable.
    """

    problem: PlanningProblem
    candidates: Sequence[Candidate]
    columns: TourPool
    program: Program
    rows: TourRows
    costs: Ints
    duties: dict[tuple[str, BusId, date], int]

    def hopes(self) -> Floats:
        """Cost of every tour less all it could win by itself: need, floors, blocks and pins."""
        wins = np.zeros(len(self.program.lower), dtype=np.float64)
        for variable in self.program.variables:
            for row, value in variable.entries:
                if value == 1:
                    wins[row] = max(wins[row], -variable.cost)
        return self.rows.reduced_costs(self.costs, -wins)


def build_master(
    problem: PlanningProblem, candidates: Sequence[Candidate], columns: TourPool
) -> Master:
    """State the whole choice among the columns."""
    program = Program()
    for slot in columns.by_slot:
        row = program.row(("bus_day", *columns.slot_at(slot)), upper=1)
        program.tellings.slots.append((slot, row, 1))
    carried = _carried(candidates, columns)
    for demand in problem.demands:
        here = carried.get(demand.id, {})
        _add_spacing(program, problem, demand, here)
        _add_patterns(program, demand, here)
        _add_need(program, problem, demand, here)
    add_towns(program, problem, candidates, columns)
    _add_held_fast(program, problem, candidates, columns)
    _add_bus_weeks(program, problem, columns)
    duties = add_crews(program, problem, columns)
    program.constant += problem.parameters.moved_points * len(problem.expected_visits)
    return Master(
        problem=problem,
        candidates=candidates,
        columns=columns,
        program=program,
        rows=TourRows.of(columns, program),
        costs=columns.tours.cost,
        duties=duties,
    )


VisitsByDay = dict[date, list[int]]
"""Candidates, by number, on each day."""


def _carried(candidates: Sequence[Candidate], columns: TourPool) -> dict[DemandId, VisitsByDay]:
    """The candidates of each demand record that some tour visits, by day."""
    carried: dict[DemandId, VisitsByDay] = {}
    for index in columns.visited.tolist():
        candidate = candidates[index]
        days = carried.setdefault(candidate.demand_id, {})
        days.setdefault(candidate.service_date, []).append(index)
    return carried


def _count(
    program: Program, row: int, visits: VisitsByDay, days: Iterable[date], value: int = 1
) -> None:
    """Let a row count the visits on the days."""
    program.tellings.visits += [
        (index, row, value) for day in days for index in visits.get(day, ())
    ]


def _add_spacing(
    program: Program, problem: PlanningProblem, demand: DemandRecord, visits: VisitsByDay
) -> None:
    for first in sorted(visits):
        days = [first + timedelta(days=offset) for offset in range(demand.headway_min_days)]
        _count(program, program.row(("headway", demand.id, first), upper=1), visits, days)
    past = [v.service_date for v in problem.past_visits if v.demand_id == demand.id]
    for period in rolling_periods(demand.period_weeks, problem.first_day, problem.weeks):
        left = max(0, demand.most - sum(day in period for day in past))
        row = program.row(("most", demand.id, period.first), upper=left)
        _count(program, row, visits, (day for day in sorted(visits) if day in period))


def _add_patterns(program: Program, demand: DemandRecord, visits: VisitsByDay) -> None:
    """A week's visits lie on days of one allowed pattern."""
    if not demand.patterns:
        return
    weeks = sorted({monday_of(day) for day in visits})
    for monday in weeks:
        days = [day for day in sorted(visits) if monday_of(day) == monday]
        one = program.row(("pattern", demand.id, monday), upper=1)
        rows = {day: program.row(("pattern_day", demand.id, day), upper=0) for day in days}
        for pattern in sorted(demand.patterns, key=sorted):
            allowed = tuple((rows[day], -1) for day in days if day.weekday() in pattern)
            name = f"pattern {demand.id} {monday} {sorted(pattern)}"
            program.add(Variable(name=name, integer=True, entries=((one, 1), *allowed)))
        for day in days:
            _count(program, rows[day], visits, (day,))


def _add_need(
    program: Program, problem: PlanningProblem, demand: DemandRecord, visits: VisitsByDay
) -> None:
    values = visit_values(demand, problem.parameters)
    for span in need_spans(demand.period_weeks, problem.first_day, problem.weeks):
        left = values[counted_before(demand, span, problem) :]
        program.constant += sum(left)
        days = [day for day in sorted(visits) if day in span]
        if not left or not days:
            continue
        row = program.row(("need", demand.id, span.first), upper=0)
        _count(program, row, visits, days, -1)
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
    kept: dict[tuple[str, Hashable], list[int]] = {}
    for index in columns.visited.tolist():
        candidate = candidates[index]
        if candidate.block_id is not None:
            held = ("block", (candidate.block_id, candidate.service_date))
            kept.setdefault(held, []).append(index)
        if candidate.pin is not None:
            kept.setdefault(("pin", candidate.pin), []).append(index)
    for (kind, what), keepers in kept.items():
        points = numbers.block_points if kind == "block" else numbers.pin_points
        row = program.row((kind, what), upper=0)
        program.tellings.visits += [(index, row, -1) for index in keepers]
        program.add(Variable(name=f"{kind} {what}", cost=-points, entries=((row, 1),)))


def _add_bus_weeks(program: Program, problem: PlanningProblem, columns: TourPool) -> None:
    for slot in columns.by_slot:
        bus_id, day = columns.slot_at(slot)
        cap = problem.bus_by_id[bus_id].week_max_min
        if cap is not None:
            row = program.row(("bus_week", bus_id, monday_of(day)), upper=cap)
            program.tellings.presence.append((slot, row, 1))
