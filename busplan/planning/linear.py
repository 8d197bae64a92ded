"""Linear programs solved again and again while columns enter, also where GLOP loses its footing.

MathOpt's own incremental solver reads every answer into objects, the basis too, which nobody asks
for: two fifths of the time that other threads must wait. This one reads numbers by id.

GLOP sometimes ends "ABNORMAL" on a basis it kept. Solving from the start nearly always helps;
where it does not, there is no answer, and so no bound, but no lost plan.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import callback_pb2, parameters_pb2, result_pb2
from ortools.math_opt.core.python import solver
from ortools.math_opt.python import mathopt
from ortools.util.python.pybind_solve_interrupter import PySolveInterrupter
from pybind11_abseil.status import StatusNotOk

from busplan.planning.stopping import watched

_log = logging.getLogger(__name__)

SETTLED = (
    result_pb2.TERMINATION_REASON_OPTIMAL,
    result_pb2.TERMINATION_REASON_IMPRECISE,
)
"""Imprecise answers do where any duals give a true bound, as here they all must."""
NOTHING = mathopt.VariableFilter(filtered_items=())
NOT_ZERO = mathopt.VariableFilter(skip_zero_values=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """The optimum: its value, the dual value of every row, and what is not 0 of the variables.

    All by id, that of a row or of a variable; ``reduced_costs`` only where they are asked for.
    """

    value: float
    duals: NDArray[np.float64]
    values: Mapping[int, float]
    reduced_costs: Mapping[int, float]


class ColumnProgram:
    """A model in GLOP that keeps its basis from one solve to the next; no row is ever deleted.

    Where a solve may take long, ``is_over`` is asked meanwhile, and ends it without an answer.
    """

    def __init__(
        self,
        model: mathopt.Model,
        *,
        reduced_costs: bool = False,
        is_over: Callable[[], bool] | None = None,
    ) -> None:
        self._model = model
        self._is_over = is_over
        self._wanted = mathopt.ModelSolveParameters(
            variable_values_filter=NOT_ZERO,
            reduced_costs_filter=NOT_ZERO if reduced_costs else NOTHING,
        ).to_proto()
        self._changes = model.add_update_tracker()
        self._begin()

    def _begin(self) -> None:
        self._solver = solver.new(
            mathopt.SolverType.GLOP.value,
            self._model.export_model(),
            parameters_pb2.SolverInitializerProto(),
        )
        self._changes.advance_checkpoint()

    def solve(self) -> Answer | None:
        """The optimum, or ``None`` where there is none, time is over or GLOP gives up twice."""
        try:
            return self._solve()
        except StatusNotOk as error:
            _log.warning("GLOP gave up (%s); solving from the start", error)
        try:
            self._begin()
            return self._solve()
        except StatusNotOk as error:
            _log.warning("GLOP gave up again (%s)", error)
            return None

    def _solve(self) -> Answer | None:
        changes = self._changes.export_update()
        if changes is not None:
            if self._solver.update(changes):
                self._changes.advance_checkpoint()
            else:
                self._begin()
        found = self._run(None) if self._is_over is None else self._watched(self._is_over)
        if found.termination.reason not in SETTLED or not found.solutions:
            return None
        primal, dual = found.solutions[0].primal_solution, found.solutions[0].dual_solution
        duals = np.zeros(self._model.get_num_linear_constraints())
        duals[np.array(dual.dual_values.ids, dtype=np.int64)] = dual.dual_values.values
        return Answer(
            value=primal.objective_value,
            duals=duals,
            values=_by_id(primal.variable_values),
            reduced_costs=_by_id(dual.reduced_costs),
        )

    def _watched(self, is_over: Callable[[], bool]) -> Any:
        interrupter = PySolveInterrupter()
        return watched(partial(self._run, interrupter), is_over, interrupter.interrupt)

    def _run(self, interrupter: PySolveInterrupter | None) -> Any:
        return self._solver.solve(
            parameters_pb2.SolveParametersProto(),
            self._wanted,
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            interrupter,
        )


def _by_id(vector: Any) -> dict[int, float]:
    return dict(zip(vector.ids, vector.values, strict=True))
