"""Linear programs that gain columns are solved from their last basis, to the same answers."""

from random import Random

from ortools.math_opt.python import mathopt

from busplan.planning.linear import ColumnProgram


def test_a_column_that_enters_later_changes_the_answer() -> None:
    model = mathopt.Model()
    row = model.add_linear_constraint(lb=1)
    dear = model.add_variable(lb=0)
    model.objective.set_linear_coefficient(dear, 5)
    row.set_coefficient(dear, 1)
    program = ColumnProgram(model)

    before = program.solve()
    cheap = model.add_variable(lb=0)
    model.objective.set_linear_coefficient(cheap, 2)
    row.set_coefficient(cheap, 1)
    after = program.solve()

    assert before is not None
    assert after is not None
    assert (before.value, after.value) == (5, 2)
    assert (before.duals[row.id], after.duals[row.id]) == (5, 2)
    assert (before.values, after.values) == ({dear.id: 1}, {cheap.id: 1})


def test_reduced_costs_are_told_only_where_asked_for_and_answers_only_where_there_is_one() -> None:
    model = mathopt.Model()
    row = model.add_linear_constraint(lb=0.5)
    for cost in (5, 2):
        entered = model.add_variable(lb=0, ub=1)
        model.objective.set_linear_coefficient(entered, cost)
        row.set_coefficient(entered, 1)
    silent, telling = ColumnProgram(model), ColumnProgram(model, reduced_costs=True)

    answers = silent.solve(), telling.solve()
    row.lower_bound = 3

    assert [answer and dict(answer.reduced_costs) for answer in answers] == [{}, {0: 3}]
    assert silent.solve() is telling.solve() is None


def test_a_long_solve_ends_without_an_answer_when_time_is_over() -> None:
    """The assignment keeps GLOP busy for longer than it takes to look at the time once."""
    model, size, random = mathopt.Model(), 400, Random(1)
    rows = [model.add_linear_constraint(lb=1, ub=1) for _ in range(2 * size)]
    for first in rows[:size]:
        for second in rows[size:]:
            column = model.add_variable(lb=0)
            model.objective.set_linear_coefficient(column, random.random())
            first.set_coefficient(column, 1)
            second.set_coefficient(column, 1)
    asked: list[None] = []

    program = ColumnProgram(model, is_over=lambda: asked.append(None) is None)

    assert program.solve() is None
    assert asked
