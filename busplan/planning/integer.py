"""Integer programs in CP-SAT that end by counted work, and at once when asked to stop."""

from concurrent.futures import ThreadPoolExecutor, wait

from ortools.sat.python import cp_model

from busplan.planning.stopping import POLL_SECONDS, Stopper


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
    """Search in a thread of its own, so that this one hears signals and the stopper meanwhile."""
    with ThreadPoolExecutor(max_workers=1) as aside:
        search = aside.submit(solver.solve, model, listener)
        try:
            while not wait((search,), timeout=POLL_SECONDS).done:
                if stopper.asked:
                    solver.stop_search()
        except BaseException:
            solver.stop_search()  # or leaving this block would wait for the search's own end
            raise
        return search.result()
