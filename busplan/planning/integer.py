"""Integer programs in CP-SAT that end by counted work, and at once when asked to stop."""

from functools import partial

from ortools.sat.python import cp_model

from busplan.planning.stopping import Stopper, watched


def counted_solver(work: float, seed: int) -> cp_model.CpSolver:
    """A solver on one thread with so many deterministic units, so that it repeats itself."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = work
    solver.parameters.linearization_level = 2
    # CP-SAT's own handler would leave the program without any: the next Ctrl-C would kill it.
    solver.parameters.catch_sigint_signal = False
    return solver


def run(
    solver: cp_model.CpSolver,
    model: cp_model.CpModel,
    stopper: Stopper,
    listener: cp_model.CpSolverSolutionCallback | None = None,
) -> cp_model.CpSolverStatus:
    """Search until the end or until the stopper is asked, hearing signals meanwhile."""
    return watched(
        partial(solver.solve, model, listener), lambda: stopper.asked, solver.stop_search
    )
