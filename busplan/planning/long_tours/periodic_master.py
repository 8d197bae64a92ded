"""The best combination of tours met during a search, over all patterns, by CP-SAT.

Set partitioning: one pattern for every stop; on each of its days exactly one chosen tour visits
it; no more tours than vehicles. A tour may be driven on every day on which its group has vehicles
and all its stops have a pattern.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from busplan.domain.periodic import PeriodicPlan, PeriodicProblem, PeriodicTour, periodic_cost
from busplan.planning.integer import counted_solver, run
from busplan.planning.long_tours.periodic_arrays import homes_of
from busplan.planning.stopping import Stopper

DIGITS = 10**8
"""The incumbent's cost in the whole numbers that CP-SAT counts in."""


@dataclass(frozen=True, slots=True)
class Combination:
    """The best plan found, if any, and the work used, in deterministic units."""

    plan: PeriodicPlan | None
    work: float


def combine(
    problem: PeriodicProblem,
    tours: Sequence[PeriodicTour],
    incumbent: PeriodicPlan,
    *,
    work: float,
    seconds: float | None,
    seed: int,
    stopper: Stopper,
) -> Combination:
    """The cheapest plan from the given tours and the incumbent's that the limits allow to find."""
    model = cp_model.CpModel()
    chosen = {tour: model.new_bool_var("") for tour in dict.fromkeys((*incumbent.tours, *tours))}
    _add_cover(model, problem, chosen)
    _add_fleet(model, problem, chosen)
    cost = periodic_cost(incumbent, problem)
    scale = DIGITS / cost if cost > 0 else 1.0
    costs = {t: periodic_cost(PeriodicPlan(tours=(t,)), problem) for t in chosen}
    model.minimize(sum(round(scale * costs[tour]) * var for tour, var in chosen.items()))
    kept = set(incumbent.tours)
    for tour, var in chosen.items():
        model.add_hint(var, tour in kept)
    solver = counted_solver(work, seed)
    if seconds is not None:
        solver.parameters.max_time_in_seconds = seconds
    status = run(solver, model, stopper)
    used = solver.response_proto.deterministic_time
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Combination(None, used)
    plan = PeriodicPlan(tours=tuple(t for t, var in chosen.items() if solver.value(var)))
    return Combination(plan, used)


Chosen = dict[PeriodicTour, cp_model.IntVar]


def _add_cover(model: cp_model.CpModel, problem: PeriodicProblem, chosen: Chosen) -> None:
    """Every stop is visited on the days of one pattern, by vehicles of one home."""
    homes = homes_of(problem)
    visits: dict[tuple[int, int, int], list[cp_model.IntVar]] = {}
    for tour, var in chosen.items():
        for visited in tour.stops:
            visits.setdefault((visited, homes[tour.group], tour.day), []).append(var)
    for number, stop in enumerate(problem.stops):
        ways = {
            (home, days): model.new_bool_var("")
            for home in sorted(set(homes))
            for days in stop.patterns
        }
        model.add_exactly_one(ways.values())
        for home in sorted(set(homes)):
            for day in sorted(frozenset[int]().union(*stop.patterns)):
                wanted = [var for (h, days), var in ways.items() if h == home and day in days]
                model.add(sum(visits.get((number, home, day), [])) == sum(wanted))


def _add_fleet(model: cp_model.CpModel, problem: PeriodicProblem, chosen: Chosen) -> None:
    """No more tours than vehicles."""
    used: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    for tour, var in chosen.items():
        used.setdefault((tour.group, tour.day), []).append(var)
    for (group, day), tours in used.items():
        if len(tours) > problem.groups[group].vehicles[day]:
            model.add(sum(tours) <= problem.groups[group].vehicles[day])
