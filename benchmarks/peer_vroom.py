"""VROOM on a periodic problem, one thread, as users call it."""

import time
from datetime import timedelta

import numpy as np
import vroom

from benchmarks.peer_calls import HORIZON, Kind, PeerModel, peer_model, plan_of, tables
from benchmarks.peer_result import PeerResult, peer_result
from busplan.domain.periodic import PeriodicProblem, periodic_cost

EXPLORATION = 5
"""VROOM's most thorough level."""
SAMPLE_S = 0.5


def solve_with_vroom(problem: PeriodicProblem, seconds: float, seed: int) -> PeerResult:
    """VROOM: calls that not every vehicle may make need a skill. It takes no seed.

    It counts by the clock, so it gets as many of its seconds as one processor second takes now.
    """
    del seed
    model = peer_model(problem)
    asked, timeout = _vroom_input(model), timedelta(seconds=seconds * _clock_per_processor())
    started = time.process_time()
    found = asked.solve(exploration_level=EXPLORATION, nb_threads=1, timeout=timeout)
    spent = time.process_time() - started
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
    return peer_result("pyvroom", model, plan, history, unlike, lost)


def _clock_per_processor() -> float:
    """Seconds by the clock that one second of this process takes under the present load."""
    clock, processor = time.perf_counter(), time.process_time()
    while time.process_time() - processor < SAMPLE_S:
        pass
    return (time.perf_counter() - clock) / (time.process_time() - processor)


def _has_lengths(model: PeerModel) -> bool:
    return any(group.max_duration < HORIZON for group in model.problem.groups)


def _vroom_input(model: PeerModel) -> vroom.Input:
    costs, durations = tables(model)
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
    late = model.at_most(stop.latest)
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
    early, late = model.at_least(group.earliest), model.at_most(group.latest)
    if not model.has_windows:
        early, late = 0, model.at_most(model.day_limit(group))
    return vroom.Vehicle(
        number,
        start=kind.group,
        end=kind.group,
        capacity=[model.at_most(group.capacity)],
        skills=skills,
        time_window=vroom.TimeWindow(early, late),
    )
