"""OR-Tools routing on a periodic problem, one thread, as users call it."""

import time

import numpy as np
from numpy.typing import NDArray
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from benchmarks.peer_calls import HORIZON, Kind, PeerModel, forbidden, peer_model, plan_of, tables
from benchmarks.peer_result import PeerResult, peer_result
from busplan.domain.periodic import PeriodicProblem


def solve_with_ortools_routing(problem: PeriodicProblem, seconds: float, seed: int) -> PeerResult:
    """OR-Tools routing: guided local search after cheapest insertion. It takes no seed."""
    del seed
    model = peer_model(problem)
    kinds = [(number, kind) for number, kind in enumerate(model.kinds) for _ in kind.slots]
    manager, routing = _routing(model, [kind for _, kind in kinds])
    history: list[tuple[float, float]] = []
    started = time.process_time()
    most = forbidden(model)

    def note() -> None:
        cost = routing.CostVar().Max()
        if cost < most and (not history or cost / model.scale < history[-1][1]):
            history.append((time.process_time() - started, cost / model.scale))

    routing.AddAtSolutionCallback(note)
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    enums = routing_enums_pb2
    parameters.first_solution_strategy = enums.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    parameters.local_search_metaheuristic = enums.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    end = started + seconds
    routing.AddSearchMonitor(routing.solver().CustomLimit(lambda: time.process_time() >= end))
    found = routing.SolveWithParameters(parameters)
    if found is None:
        return peer_result("ortools", model, None, (), "no plan found")
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
    return peer_result("ortools", model, plan, tuple(history), lost)


def _routing(
    model: PeerModel, vehicles: list[Kind]
) -> tuple[pywrapcp.RoutingIndexManager, pywrapcp.RoutingModel]:
    nodes = len(model.problem.groups) + len(model.calls)
    ends = [kind.group for kind in vehicles]
    manager = pywrapcp.RoutingIndexManager(nodes, len(vehicles), ends, ends)
    routing = pywrapcp.RoutingModel(manager)
    costs, durations = tables(model)
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(costs.tolist()))
    _add_time(model, manager, routing, durations, vehicles)
    loads = [0] * len(model.problem.groups) + [
        model.at_least(model.stop(call).load) for call in model.calls
    ]
    if any(loads):
        load = routing.RegisterUnaryTransitVector(loads)
        most = [model.at_most(model.group(kind).capacity) for kind in vehicles]
        routing.AddDimensionWithVehicleCapacity(load, 0, most, True, "load")
    everyone = len(vehicles)
    for call in range(len(model.calls)):
        index = manager.NodeToIndex(len(model.problem.groups) + call)
        routing.AddDisjunction([index], forbidden(model))
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
        early, late = model.at_least(group.earliest), model.at_most(group.latest)
        clock.CumulVar(routing.Start(number)).SetRange(early, late)
        clock.CumulVar(routing.End(number)).SetRange(early, late)
        limit = model.at_most(group.max_duration)
        if limit < HORIZON:
            clock.SetSpanUpperBoundForVehicle(limit, number)
    if model.has_windows:
        for number, call in enumerate(model.calls):
            stop = model.stop(call)
            clock.CumulVar(manager.NodeToIndex(groups + number)).SetRange(
                model.at_least(stop.earliest), model.at_most(stop.latest)
            )
