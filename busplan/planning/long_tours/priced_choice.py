"""The best combination of very many tours: those that the relaxation values most, chosen by SCIP.

A large search meets a hundred thousand tours, too many for an integer program. With the prices of
the linear master (``bound_master``) every tour has a reduced cost; a plan of tours that all have
small ones is nearly as good as the relaxation, and few thousand tours are settled in seconds.
"""

import datetime
import math
from collections.abc import Callable, Iterable
from itertools import accumulate

from ortools.math_opt.python import mathopt

from busplan.domain.periodic import PeriodicPlan, PeriodicProblem, PeriodicTour, periodic_cost
from busplan.planning.long_tours.bound_master import BoundMaster
from busplan.planning.long_tours.periodic_arrays import homes_of
from busplan.planning.long_tours.periodic_master import Combination

CHOSEN_FROM = 7000
"""Tours of least reduced cost that the integer program holds, beside the incumbent's."""
VISITS = 150_000
"""Most visits in all tours that are priced, the first ones: a larger master takes minutes."""
NODES, SETTLED = 200, 5e-4
"""Most nodes of the search tree, and the gap at which it ends; it mostly ends sooner."""
TOURS_PER_WORK, STEPS_PER_WORK = 8000.0, 5000.0
"""Tours priced, and simplex steps, in one deterministic unit, about a second."""
LEAST_S = 0.001
"""Time for the integer program where none is left."""
Choice = dict[PeriodicTour, mathopt.Variable]
Visits = dict[tuple[int, int, int], list[mathopt.Variable]]


def combine_by_price(
    problem: PeriodicProblem,
    tours: Iterable[PeriodicTour],
    incumbent: PeriodicPlan,
    seconds_left: Callable[[], float],
) -> Combination:
    """The cheapest plan from the most valued of the given tours and the incumbent's.

    The same for the same tours unless ``seconds_left`` end it; infinite without a limit.
    """
    pool = _within_room(dict.fromkeys((*incumbent.tours, *tours)))
    work = len(pool) / TOURS_PER_WORK
    master = BoundMaster(problem, lambda: seconds_left() <= 0)
    for tour in pool:
        master.add(tour)
    if not master.solve():
        return Combination(None, work)
    costs = {tour: master.reduced_cost(tour) for tour in pool}
    kept = sorted(pool, key=costs.__getitem__)[:CHOSEN_FROM]
    model = mathopt.Model()
    chosen = {t: model.add_binary_variable() for t in dict.fromkeys((*incumbent.tours, *kept))}
    model.minimize(
        mathopt.fast_sum(
            periodic_cost(PeriodicPlan(tours=(tour,)), problem) * var
            for tour, var in chosen.items()
        )
    )
    _add_fleet(model, problem, chosen)
    hint = _add_cover(model, problem, chosen, incumbent)
    found = _solve(model, hint, seconds_left())
    steps = found.solve_stats.simplex_iterations
    work += steps / STEPS_PER_WORK
    if not found.has_primal_feasible_solution():
        return Combination(None, work)
    values = found.variable_values()
    plan = PeriodicPlan(tours=tuple(t for t, var in chosen.items() if values[var] > 0.5))
    return Combination(plan, work)


def _within_room(tours: Iterable[PeriodicTour]) -> list[PeriodicTour]:
    """The first tours, up to so many visits."""
    counted = accumulate(tours, lambda visits, tour: visits + len(tour.stops), initial=0)
    return [tour for tour, visits in zip(tours, counted, strict=False) if visits < VISITS]


def _solve(
    model: mathopt.Model, hint: dict[mathopt.Variable, float], seconds: float
) -> mathopt.SolveResult:
    limit = datetime.timedelta(seconds=max(seconds, LEAST_S)) if seconds < math.inf else None
    return mathopt.solve(
        model,
        mathopt.SolverType.GSCIP,
        params=mathopt.SolveParameters(
            threads=1, node_limit=NODES, relative_gap_tolerance=SETTLED, time_limit=limit
        ),
        model_params=mathopt.ModelSolveParameters(
            solution_hints=[mathopt.SolutionHint(variable_values=hint)]
        ),
    )


def _add_cover(
    model: mathopt.Model, problem: PeriodicProblem, chosen: Choice, incumbent: PeriodicPlan
) -> dict[mathopt.Variable, float]:
    """Every stop is visited on the days of one pattern, from one home; the incumbent as a hint."""
    homes = homes_of(problem)
    kept = set(incumbent.tours)
    hint = {var: float(tour in kept) for tour, var in chosen.items()}
    driven = {(stop, homes[t.group], t.day) for t in incumbent.tours for stop in t.stops}
    visits: Visits = {}
    for tour, var in chosen.items():
        for visited in tour.stops:
            visits.setdefault((visited, homes[tour.group], tour.day), []).append(var)
    for number, stop in enumerate(problem.stops):
        ways = {
            (home, days): model.add_binary_variable()
            for home in sorted(set(homes))
            for days in stop.patterns
        }
        model.add_linear_constraint(mathopt.fast_sum(ways.values()) == 1)
        for (home, days), way in ways.items():
            hint[way] = float(
                {d for d in range(problem.days) if (number, home, d) in driven} == days
            )
        for home in sorted(set(homes)):
            for day in sorted(frozenset[int]().union(*stop.patterns)):
                wanted = [way for (h, days), way in ways.items() if h == home and day in days]
                tours = visits.get((number, home, day), [])
                model.add_linear_constraint(mathopt.fast_sum(tours) - mathopt.fast_sum(wanted) == 0)
    return hint


def _add_fleet(model: mathopt.Model, problem: PeriodicProblem, chosen: Choice) -> None:
    """No more tours than vehicles."""
    used: dict[tuple[int, int], list[mathopt.Variable]] = {}
    for tour, var in chosen.items():
        used.setdefault((tour.group, tour.day), []).append(var)
    for (group, day), tours in used.items():
        model.add_linear_constraint(mathopt.fast_sum(tours) <= problem.groups[group].vehicles[day])
