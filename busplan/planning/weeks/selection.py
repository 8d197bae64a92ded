"""Whole tours chosen from a pool by CP-SAT, with the best bound it can prove on that pool."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from busplan.planning.integer import counted_solver, run
from busplan.planning.stopping import Stopper
from busplan.planning.weeks.master import Master


@dataclass(frozen=True, slots=True)
class Choice:
    """Chosen tours, values of the other variables, and cost in points."""

    tours: tuple[int, ...]
    values: tuple[int, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class Selection:
    """The best choice found on the pool, if any, and the least any choice from it can cost.

    ``work`` is what the search used, in deterministic units.
    """

    choice: Choice | None
    bound: float
    proven: bool
    work: float


def select(
    master: Master,
    pool: Sequence[int],
    *,
    hint: Choice | None,
    work: float,
    seed: int,
    stopper: Stopper,
    required: Iterable[tuple[Sequence[int], int]] = (),
    on_choice: Callable[[Choice, float], None] | None = None,
) -> Selection:
    """The cheapest choice among the pool's tours within the limits.

    Of every group in ``required`` at least so many tours are chosen. ``on_choice`` hears of each
    better choice with the bound so far, in the thread that searches. One such thread, so the same
    limits give the same choice.
    """
    model, tours, others = _model(master, pool)
    for wanted, least in required:
        model.add(sum(tours[t] for t in wanted if t in tours) >= least)
    if hint is not None:
        _hint(model, tours, others, hint)
    solver = counted_solver(work, seed)
    solver.parameters.relative_gap_limit = 0.0
    solver.parameters.absolute_gap_limit = 0.999
    status = run(solver, model, stopper, _Listener(master, tours, others, on_choice))
    constant = master.program.constant
    used = round(solver.response_proto.deterministic_time, 3)  # its last digits waver
    if status == cp_model.INFEASIBLE:
        return Selection(None, float("inf"), True, used)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Selection(None, -float("inf"), False, used)  # CP-SAT then reports 0, no bound
    choice = _read(master, solver.value, solver.objective_value, tours, others)
    bound = solver.best_objective_bound + constant
    return Selection(choice, bound, status == cp_model.OPTIMAL, used)


Tours = dict[int, cp_model.IntVar]
Others = list[cp_model.IntVar]


def _model(master: Master, pool: Sequence[int]) -> tuple[cp_model.CpModel, Tours, Others]:
    model = cp_model.CpModel()
    program = master.program
    terms: list[list[cp_model.LinearExprT]] = [[] for _ in program.lower]
    costs: list[cp_model.LinearExprT] = []
    others = []
    for variable in program.variables:
        added = model.new_int_var(0, variable.upper, variable.name)
        others.append(added)
        costs.append(variable.cost * added)
        for row, value in variable.entries:
            terms[row].append(value * added)
    tours = {}
    for tour in sorted(pool):
        chosen = model.new_bool_var(f"tour {tour}")
        tours[tour] = chosen
        costs.append(int(master.costs[tour]) * chosen)
        for row, value in master.rows.entries(tour):
            terms[row].append(value * chosen)
    for row, parts in enumerate(terms):
        if parts:
            _bound_row(model, parts, program.lower[row], program.upper[row])
    model.minimize(sum(costs))
    return model, tours, others


def _bound_row(
    model: cp_model.CpModel, parts: list[cp_model.LinearExprT], lower: float, upper: float
) -> None:
    total = sum(parts)
    least = cp_model.INT32_MIN if lower == -float("inf") else int(lower)
    most = cp_model.INT32_MAX if upper == float("inf") else int(upper)
    model.add_linear_constraint(total, least, most)


def _hint(model: cp_model.CpModel, tours: Tours, others: Others, hint: Choice) -> None:
    chosen = set(hint.tours)
    for tour, variable in tours.items():
        model.add_hint(variable, tour in chosen)
    for variable, value in zip(others, hint.values, strict=True):
        model.add_hint(variable, value)


def _read(
    master: Master,
    value: Callable[[cp_model.IntVar], int],
    objective: float,
    tours: Tours,
    others: Others,
) -> Choice:
    return Choice(
        tours=tuple(tour for tour, variable in tours.items() if value(variable)),
        values=tuple(value(variable) for variable in others),
        cost=round(objective) + master.program.constant,
    )


class _Listener(cp_model.CpSolverSolutionCallback):
    """Tells of each better choice while the search runs."""

    def __init__(
        self,
        master: Master,
        tours: Tours,
        others: Others,
        on_choice: Callable[[Choice, float], None] | None,
    ) -> None:
        super().__init__()
        self._parts = (master, tours, others)
        self._on_choice = on_choice

    def on_solution_callback(self) -> None:
        """Called by CP-SAT."""
        if self._on_choice is None:
            return
        master, tours, others = self._parts
        choice = _read(master, self.value, self.objective_value, tours, others)
        self._on_choice(choice, self.best_objective_bound + master.program.constant)
