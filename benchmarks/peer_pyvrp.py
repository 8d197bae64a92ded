"""PyVRP on a periodic problem, one thread, as users call it."""

import time
from collections.abc import Callable

import numpy as np
import pyvrp
from numpy.typing import NDArray
from pyvrp.IteratedLocalSearch import IteratedLocalSearchCallbacks, IteratedLocalSearchParams
from pyvrp.solve import SolveParams

from benchmarks.peer_calls import (
    HORIZON,
    Kind,
    PeerModel,
    forbidden,
    nodes_of,
    peer_model,
    plan_of,
    tables,
)
from benchmarks.peer_result import PeerResult, peer_result
from busplan.domain.periodic import PeriodicProblem


def solve_with_pyvrp(problem: PeriodicProblem, seconds: float, seed: int) -> PeerResult:
    """PyVRP: a kind of vehicle is a vehicle type, what it may call at is a profile."""
    model = peer_model(problem)
    data = _pyvrp_data(model)
    noted = _Noted()
    params = SolveParams(ils=IteratedLocalSearchParams(callbacks=noted))
    result = pyvrp.solve(data, _processor_limit(seconds), seed, collect_stats=False, params=params)
    routes = [(route.vehicle_type(), _visited(route)) for route in result.best.routes()]
    plan = plan_of(model, routes) if result.is_feasible() else None
    return peer_result("pyvrp", model, plan, noted.history(model.scale))


def _processor_limit(seconds: float) -> Callable[[float], bool]:
    """A stopping criterion: so many seconds of processor time from now on."""
    end = time.process_time() + seconds
    return lambda _best_cost: time.process_time() >= end


class _Noted(IteratedLocalSearchCallbacks):
    """Remembers when each better feasible solution came."""

    def __init__(self) -> None:
        self._started = time.process_time()
        self._found: list[tuple[float, int]] = []

    def on_start(self, algo: pyvrp.IteratedLocalSearch) -> None:
        self.on_best(algo.initial_solution)

    def on_best(self, best: pyvrp.Solution) -> None:
        if best.is_feasible():
            self._found.append((time.process_time() - self._started, best.distance_cost()))

    def history(self, scale: int) -> tuple[tuple[float, float], ...]:
        return tuple((seconds, cost / scale) for seconds, cost in self._found)


def _visited(route: pyvrp.Route) -> list[int]:
    return [visit.idx for visit in route if visit.is_client()]


def _pyvrp_data(model: PeerModel) -> pyvrp.ProblemData:
    problem = model.problem
    costs, durations = tables(model)
    profiles = list(dict.fromkeys(kind.calls for kind in model.kinds))
    distance_tables, duration_tables = [], []
    for lawful in profiles:
        lost = [
            len(problem.groups) + call for call in range(len(model.calls)) if call not in lawful
        ]
        distance_tables.append(_without(costs, lost, forbidden(model)))
        duration_tables.append(_without(durations, lost, HORIZON))
    types = [_pyvrp_vehicles(model, kind, profiles.index(kind.calls)) for kind in model.kinds]
    return pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0) for _ in nodes_of(model)],
        clients=[
            pyvrp.Client(
                location=len(problem.groups) + number,
                delivery=[model.at_least(model.stop(call).load)],
                service_duration=model.at_least(model.stop(call).service),
                tw_early=model.at_least(model.stop(call).earliest),
                tw_late=model.at_most(model.stop(call).latest),
            )
            for number, call in enumerate(model.calls)
        ],
        depots=[pyvrp.Depot(location=number) for number in range(len(problem.groups))],
        vehicle_types=types,
        distance_matrices=distance_tables,
        duration_matrices=duration_tables,
    )


def _without(table: NDArray[np.int64], lost: list[int], value: int) -> NDArray[np.int64]:
    """The table with a prohibitive value on the way to and from the lost nodes."""
    changed = table.copy()
    changed[lost, :] = value
    changed[:, lost] = value
    np.fill_diagonal(changed, 0)
    return changed


def _pyvrp_vehicles(model: PeerModel, kind: Kind, profile: int) -> pyvrp.VehicleType:
    group = model.group(kind)
    return pyvrp.VehicleType(
        num_available=len(kind.slots),
        capacity=[model.at_most(group.capacity)],
        start_depot=kind.group,
        end_depot=kind.group,
        tw_early=model.at_least(group.earliest),
        tw_late=model.at_most(group.latest),
        shift_duration=model.at_most(group.max_duration),
        profile=profile,
    )
