"""Tours are priced all at once exactly as their entries, row by row, say."""

from typing import Any

import numpy as np
from hypothesis import event, given
from hypothesis import strategies as st

from busplan.domain.problem import PlanningProblem
from busplan.planning.weeks.rows import Program
from tests.planning.parts import master_of
from tests.tiny_problems import tiny_problems


@given(problem=tiny_problems(), seed=st.integers(0, 2**32 - 1))
def test_reduced_costs_are_costs_minus_what_the_rows_of_the_entries_pay(
    problem: PlanningProblem, seed: int
) -> None:
    master = master_of(problem)
    rows = len(master.program.lower)
    duals = np.random.default_rng(seed).integers(-1000, 1000, rows) / 8  # exact in floating point

    reduced = master.rows.reduced_costs(master.costs, duals)

    event(f"{min(3, len(master.columns))} tours or more")
    for tour, cost in enumerate(master.costs.tolist()):
        paid = sum(value * duals[row] for row, value in master.rows.entries(tour))
        assert reduced[tour] == cost - paid


@given(problem=tiny_problems())
def test_a_tour_counts_once_for_its_bus_and_once_for_each_of_its_demands(
    problem: PlanningProblem,
) -> None:
    master = master_of(problem)
    names: tuple[Any, ...] = master.program.row_names()

    for tour, column in enumerate(master.columns):
        entries = {names[row]: value for row, value in master.rows.entries(tour)}
        assert entries["bus_day", column.bus_id, column.service_date] == 1
        assert entries["crew_size", column.bus_id, column.service_date] == -column.adults
        served = {name[1] for name in entries if name[0] == "most"}
        assert served == {master.candidates[index].demand_id for index in column.visits}


def test_a_row_keeps_its_number_and_first_limits() -> None:
    made = Program()

    first = made.row(("bus", 1), upper=1)

    assert made.row(("bus", 1), upper=5) == first
    assert made.upper == [1]
    assert made.find_row(("bus", 1)) == first
    assert made.find_row(("bus", 2)) is None
