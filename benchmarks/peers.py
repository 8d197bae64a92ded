"""PyVRP, VROOM and OR-Tools routing on a periodic problem, one thread each, as users call them.

Each gets the same stops, matrices, depots, hours, day lengths and loads, and as much of the choice
of days as it can express (``peer_calls``). What comes back is a plan for ``check_periodic_plan``.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version

import numpy as np
import pyvrp
import vroom
from numpy.typing import NDArray
from ortools.constraint_solver import pywrapcp, routing_enums_pb2
from pyvrp.IteratedLocalSearch import IteratedLocalSearchCallbacks, IteratedLocalSearchParams
from pyvrp.solve import SolveParams
from pyvrp.stop import MaxRuntime

from benchmarks.peer_calls import Kind, PeerModel, peer_model, plan_of
from busplan.domain.periodic import PeriodicPlan, PeriodicProblem, periodic_cost

FORBIDDEN_FACTOR = 10
HORIZON = 10**8
"""Stands for no limit of time or load; small enough that no peer overflows."""
EXPLORATION = 5
"""VROOM's most thorough level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerResult:
    """A peer's plan, ``None`` without a complete one, and its best cost after so many seconds.

    ``note`` tells what of the problem it was not asked, or what it left out.
    """

    solver: str
    plan: PeriodicPlan | None
    cost: float | None
    history: tuple[tuple[float, float], ...]
    note: str


Peer = Callable[[PeriodicProblem, float, int], PeerResult]


def solve_with_pyvrp(problem: PeriodicProblem, seconds: float, seed: int) -> PeerResult:
    """PyVRP: a kind of vehicle is a vehicle type, its lawful calls are a profile."""
    model = peer_model(problem)
    data = _pyvrp_data(model)
    noted = _Noted()
    params = SolveParams(ils=IteratedLocalSearchParams(callbacks=noted))
    result = pyvrp.solve(data, MaxRuntime(seconds), seed, collect_stats=False, params=params)
    routes = [(route.vehicle_type(), _visited(route)) for route in result.best.routes()]
    plan = plan_of(model, routes) if result.is_feasible() else None
    return _result("pyvrp", model, plan, noted.history(model.scale))


def solve_with_vroom(problem: PeriodicProblem, seconds: float, seed: int) -> PeerResult:
    """VROOM: calls that not every vehicle may make need a skill. It takes no seed."""
    del seed
    model = peer_model(problem)
    started = time.perf_counter()
    found = _vroom_input(model).solve(
        exploration_level=EXPLORATION, nb_threads=1, timeout=timedelta(seconds=seconds)
    )
    spent = time.perf_counter() - started
    told = found.to_dict()
    left_out = len(told["unassigned"])
    kinds = [number for number, kind in enumerate(model.kinds) for _ in kind.slots]
    routes = [
        (kinds[route["vehicle"]], [step["id"] for step in route["steps"] if step["type"] == "job"])
        for route in told["routes"]
    ]
    plan = None if left_out else plan_of(model, routes)
    history = () if plan is None else ((spent, periodic_cost(plan, problem)),)
    unlike = "day length by hours only" if model.has_windows and _has_lengths(model) else ""
    lost = f"{left_out} visits left out" if left_out else ""
    return _result("vroom", model, plan, history, unlike, lost)


def solve_with_ortools_routing(problem: PeriodicProblem, seconds: float, seed: int) -> PeerResult:
    """OR-Tools routing: guided local search after cheapest insertion. It takes no seed."""
    del seed
    model = peer_model(problem)
    kinds = [(number, kind) for number, kind in enumerate(model.kinds) for _ in kind.slots]
    manager, routing = _routing(model, [kind for _, kind in kinds])
    history: list[tuple[float, float]] = []
    started = time.perf_counter()
    most = _forbidden(model)

    def note() -> None:
        cost = routing.CostVar().Max()
        if cost < most and (not history or cost / model.scale < history[-1][1]):
            history.append((time.perf_counter() - started, cost / model.scale))

    routing.AddAtSolutionCallback(note)
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    enums = routing_enums_pb2
    parameters.first_solution_strategy = enums.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    parameters.local_search_metaheuristic = enums.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromMilliseconds(int(seconds * 1000))
    found = routing.SolveWithParameters(parameters)
    if found is None:
        return _result("ortools", model, None, (), "no plan found")
    routes = []
    for vehicle, (number, _) in enumerate(kinds):
        calls, index = [], found.Value(routing.NextVar(routing.Start(vehicle)))
        while not routing.IsEnd(index):
            calls.append(manager.IndexToNode(index) - len(problem.groups))
            index = found.Value(routing.NextVar(index))
        routes.append((number, calls))
    left_out = len(model.calls) - sum(len(calls) for _, calls in routes)
    plan = None if left_out else plan_of(model, routes)
    lost = f"{left_out} visits left out" if left_out else ""
    return _result("ortools", model, plan, tuple(history), lost)


PEERS: dict[str, Peer] = {
    "pyvrp": solve_with_pyvrp,
    "vroom": solve_with_vroom,
    "ortools": solve_with_ortools_routing,
}
PACKAGES = {"pyvrp": "pyvrp", "vroom": "pyvroom", "ortools": "ortools"}


def _result(
    name: str,
    model: PeerModel,
    plan: PeriodicPlan | None,
    history: tuple[tuple[float, float], ...],
    *remarks: str,
) -> PeerResult:
    return PeerResult(
        solver=f"{PACKAGES[name]} {version(PACKAGES[name])}",
        plan=plan,
        cost=None if plan is None else periodic_cost(plan, model.problem),
        history=history,
        note="; ".join(filter(None, (model.note, *remarks))),
    )


def _has_lengths(model: PeerModel) -> bool:
    return any(group.max_duration < HORIZON for group in model.problem.groups)


def _forbidden(model: PeerModel) -> int:
    """More than any complete plan costs."""
    dearest = max((value for row in model.problem.costs for value in row), default=0)
    return FORBIDDEN_FACTOR * (model.nearest(dearest) + 1) * (len(model.calls) + 1)


def _nodes(model: PeerModel) -> list[int]:
    """Depots of all groups, then the node of every call."""
    depots = [group.depot for group in model.problem.groups]
    return depots + [model.stop(call).node for call in model.calls]


def _tables(model: PeerModel) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Scaled costs and durations between depots and calls."""
    nodes = _nodes(model)
    costs = np.array(model.problem.costs, dtype=np.float64)[np.ix_(nodes, nodes)]
    durations = np.array(model.problem.durations, dtype=np.float64)[np.ix_(nodes, nodes)]
    whole = np.ceil(durations * model.scale - 1e-6).astype(np.int64)
    return np.rint(costs * model.scale).astype(np.int64), whole


# PyVRP


class _Noted(IteratedLocalSearchCallbacks):
    """Remembers when each better feasible solution came."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._found: list[tuple[float, int]] = []

    def on_start(self, algo: pyvrp.IteratedLocalSearch) -> None:
        self.on_best(algo.initial_solution)

    def on_best(self, best: pyvrp.Solution) -> None:
        if best.is_feasible():
            self._found.append((time.perf_counter() - self._started, best.distance_cost()))

    def history(self, scale: int) -> tuple[tuple[float, float], ...]:
        return tuple((seconds, cost / scale) for seconds, cost in self._found)


def _visited(route: pyvrp.Route) -> list[int]:
    return [visit.idx for visit in route if visit.is_client()]


def _pyvrp_data(model: PeerModel) -> pyvrp.ProblemData:
    problem = model.problem
    costs, durations = _tables(model)
    distance_tables, duration_tables, types = [], [], []
    for profile, kind in enumerate(model.kinds):
        lost = [
            len(problem.groups) + call for call in range(len(model.calls)) if call not in kind.calls
        ]
        distance_tables.append(_without(costs, lost, _forbidden(model)))
        duration_tables.append(_without(durations, lost, HORIZON))
        types.append(_pyvrp_vehicles(model, kind, profile))
    return pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0) for _ in _nodes(model)],
        clients=[
            pyvrp.Client(
                location=len(problem.groups) + number,
                delivery=[model.at_least(model.stop(call).load)],
                service_duration=model.at_least(model.stop(call).service),
                tw_early=model.at_least(model.stop(call).earliest),
                tw_late=model.at_most(model.stop(call).latest, HORIZON),
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
        capacity=[model.at_most(group.capacity, HORIZON)],
        start_depot=kind.group,
        end_depot=kind.group,
        tw_early=model.at_least(group.earliest),
        tw_late=model.at_most(group.latest, HORIZON),
        shift_duration=model.at_most(group.max_duration, HORIZON),
        profile=profile,
    )


# VROOM


def _vroom_input(model: PeerModel) -> vroom.Input:
    costs, durations = _tables(model)
    asked = vroom.Input()
    asked.set_durations_matrix("car", durations.astype(np.uint32))
    asked.set_costs_matrix("car", costs.astype(np.uint32))
    everyone = frozenset(range(len(model.kinds)))
    lawful = [
        frozenset(n for n, kind in enumerate(model.kinds) if call in kind.calls)
        for call in range(len(model.calls))
    ]
    skills = {
        kinds: skill for skill, kinds in enumerate(sorted(set(lawful) - {everyone}, key=sorted))
    }
    asked.add_job([_job(model, number, skills.get(kinds)) for number, kinds in enumerate(lawful)])
    kinds = [(number, kind) for number, kind in enumerate(model.kinds) for _ in kind.slots]
    for vehicle, (number, kind) in enumerate(kinds):
        own = {skill for kinds, skill in skills.items() if number in kinds}
        asked.add_vehicle(_vehicle(model, vehicle, kind, own))
    return asked


def _job(model: PeerModel, number: int, skill: int | None) -> vroom.Job:
    stop = model.stop(model.calls[number])
    late = model.at_most(stop.latest, HORIZON)
    return vroom.Job(
        id=number,
        location=len(model.problem.groups) + number,
        default_service=model.at_least(stop.service),
        delivery=[model.at_least(stop.load)],
        skills=set() if skill is None else {skill},
        time_windows=[vroom.TimeWindow(model.at_least(stop.earliest), late)]
        if model.has_windows
        else [],
    )


def _vehicle(model: PeerModel, number: int, kind: Kind, skills: set[int]) -> vroom.Vehicle:
    group = model.group(kind)
    early, late = model.at_least(group.earliest), model.at_most(group.latest, HORIZON)
    if not model.has_windows:
        early, late = 0, model.at_most(model.day_limit(group), HORIZON)
    return vroom.Vehicle(
        number,
        start=kind.group,
        end=kind.group,
        capacity=[model.at_most(group.capacity, HORIZON)],
        skills=skills,
        time_window=vroom.TimeWindow(early, late),
    )


# OR-Tools routing


def _routing(
    model: PeerModel, vehicles: list[Kind]
) -> tuple[pywrapcp.RoutingIndexManager, pywrapcp.RoutingModel]:
    nodes = len(model.problem.groups) + len(model.calls)
    ends = [kind.group for kind in vehicles]
    manager = pywrapcp.RoutingIndexManager(nodes, len(vehicles), ends, ends)
    routing = pywrapcp.RoutingModel(manager)
    costs, durations = _tables(model)
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(costs.tolist()))
    _add_time(model, manager, routing, durations, vehicles)
    loads = [0] * len(model.problem.groups) + [
        model.at_least(model.stop(call).load) for call in model.calls
    ]
    if any(loads):
        load = routing.RegisterUnaryTransitVector(loads)
        most = [model.at_most(model.group(kind).capacity, HORIZON) for kind in vehicles]
        routing.AddDimensionWithVehicleCapacity(load, 0, most, True, "load")
    everyone = len(vehicles)
    for call in range(len(model.calls)):
        index = manager.NodeToIndex(len(model.problem.groups) + call)
        routing.AddDisjunction([index], _forbidden(model))
        lawful = [number for number, kind in enumerate(vehicles) if call in kind.calls]
        if len(lawful) < everyone:
            routing.VehicleVar(index).SetValues([-1, *lawful])
    return manager, routing


def _add_time(
    model: PeerModel,
    manager: pywrapcp.RoutingIndexManager,
    routing: pywrapcp.RoutingModel,
    durations: NDArray[np.int64],
    vehicles: list[Kind],
) -> None:
    groups = len(model.problem.groups)
    services = [0] * groups + [model.at_least(model.stop(call).service) for call in model.calls]
    spent = (durations + np.array(services)[:, None]).tolist()

    def passed(here: int, there: int) -> int:
        return int(spent[manager.IndexToNode(here)][manager.IndexToNode(there)])

    slack = HORIZON if model.has_windows else 0
    # A callback: over a registered matrix, a dimension with slack is very slow from 9.13 on.
    transit = (
        routing.RegisterTransitCallback(passed) if slack else routing.RegisterTransitMatrix(spent)
    )
    routing.AddDimension(transit, slack, HORIZON, False, "time")
    clock = routing.GetDimensionOrDie("time")
    for number, kind in enumerate(vehicles):
        group = model.group(kind)
        early, late = model.at_least(group.earliest), model.at_most(group.latest, HORIZON)
        clock.CumulVar(routing.Start(number)).SetRange(early, late)
        clock.CumulVar(routing.End(number)).SetRange(early, late)
        limit = model.at_most(group.max_duration, HORIZON)
        if limit < HORIZON:
            clock.SetSpanUpperBoundForVehicle(limit, number)
    if model.has_windows:
        for number, call in enumerate(model.calls):
            stop = model.stop(call)
            clock.CumulVar(manager.NodeToIndex(groups + number)).SetRange(
                model.at_least(stop.earliest), model.at_most(stop.latest, HORIZON)
            )
