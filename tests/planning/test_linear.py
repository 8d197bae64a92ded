"""Linear programs that gain columns are solved from their last basis, to the same answers."""

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
    assert (before.objective_value(), after.objective_value()) == (5, 2)
    assert (before.dual_values()[row], after.dual_values()[row]) == (5, 2)
