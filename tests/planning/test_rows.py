"""The sparse matrix of tours is the dense one that its entries add up to."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from busplan.planning.rows import Program

ROWS, TOURS = 4, 5

entries = st.lists(
    st.tuples(st.integers(0, ROWS - 1), st.integers(0, TOURS - 1), st.integers(-9, 9)), max_size=25
)


def program(found: list[tuple[int, int, int]]) -> Program:
    """Rows with these (row, tour, coefficient) entries, one call each."""
    made = Program()
    for row in range(ROWS):
        made.row(row, upper=1)
    for row, tour, value in found:
        made.add_tours(row, np.array([tour]), value)
    return made


def dense(found: list[tuple[int, int, int]]) -> np.ndarray:
    table = np.zeros((ROWS, TOURS), dtype=np.int64)
    for row, tour, value in found:
        table[row, tour] += value
    return table


@given(found=entries)
def test_equal_entries_are_added_up(found: list[tuple[int, int, int]]) -> None:
    matrix = program(found).matrix(TOURS)

    table = np.zeros((ROWS, TOURS), dtype=np.int64)
    for tour in range(TOURS):
        rows = [row for row, _ in matrix.entries(tour)]
        assert rows == sorted(set(rows))
        for row, value in matrix.entries(tour):
            table[row, tour] = value

    assert (table == dense(found)).all()


@given(
    found=entries,
    costs=st.lists(st.integers(-10_000, 10_000), min_size=TOURS, max_size=TOURS),
    duals=st.lists(st.integers(-1000, 1000), min_size=ROWS, max_size=ROWS),
)
def test_reduced_costs_are_costs_minus_what_the_rows_pay(
    found: list[tuple[int, int, int]], costs: list[int], duals: list[int]
) -> None:
    paid = np.array(duals, dtype=np.float64) / 8  # exact in floating point

    reduced = program(found).matrix(TOURS).reduced_costs(np.array(costs, dtype=np.int64), paid)

    assert reduced.tolist() == (np.array(costs) - paid @ dense(found)).tolist()


def test_a_program_without_tours_has_an_empty_matrix() -> None:
    matrix = program([]).matrix(0)

    assert matrix.reduced_costs(np.empty(0, dtype=np.int64), np.ones(ROWS)).tolist() == []


def test_one_call_gives_one_coefficient_to_all_tours_or_one_to_each() -> None:
    made = Program()
    same, own = made.row("same"), made.row("own")
    made.add_tours(same, np.array([0, 1]), -1)
    made.add_tours(own, np.array([0, 1]), np.array([3, 4]))

    matrix = made.matrix(2)

    assert matrix.entries(0) == ((same, -1), (own, 3))
    assert matrix.entries(1) == ((same, -1), (own, 4))


def test_a_row_keeps_its_number_and_first_limits() -> None:
    made = Program()

    first = made.row(("bus", 1), upper=1)

    assert made.row(("bus", 1), upper=5) == first
    assert made.upper == [1]
    assert made.find_row(("bus", 1)) == first
    assert made.find_row(("bus", 2)) is None
