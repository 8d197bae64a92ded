"""Linear programs solved again and again while columns enter, also where GLOP loses its footing.

GLOP sometimes ends "ABNORMAL" on a basis it kept. MathOpt then raises ``InternalMathOptError``,
or, in the 9.15 wheel, an ``AttributeError`` while making that error. Solving from the start
nearly always helps; where it does not, there is no answer, and so no bound, but no lost plan.
"""

import logging

from ortools.math_opt.python import mathopt

_log = logging.getLogger(__name__)


NO_REDUCED_COSTS = mathopt.ModelSolveParameters(
    reduced_costs_filter=mathopt.VariableFilter(filtered_items=()),
    variable_values_filter=mathopt.VariableFilter(skip_zero_values=True),
)
"""Nobody asks for these, and reading them takes a tenth of the time."""


class ColumnProgram:
    """A model in GLOP that keeps its basis from one solve to the next."""

    def __init__(self, model: mathopt.Model) -> None:
        self._model = model
        self._solver = mathopt.IncrementalSolver(model, mathopt.SolverType.GLOP)

    def solve(self) -> mathopt.SolveResult | None:
        """The result, or ``None`` where GLOP gives up twice."""
        try:
            return self._solver.solve(model_params=NO_REDUCED_COSTS)
        except (AttributeError, mathopt.InternalMathOptError) as error:
            _log.warning("GLOP gave up (%s); solving from the start", error)
        try:
            self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
            return self._solver.solve(model_params=NO_REDUCED_COSTS)
        except (AttributeError, mathopt.InternalMathOptError) as error:
            _log.warning("GLOP gave up again (%s)", error)
            return None
