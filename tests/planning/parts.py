"""Pieces of a search for tests of its stages."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from benchmarks.county_weeks import county_week
from busplan.domain.demand import DemandId
from busplan.domain.fleet import BusId
from busplan.domain.places import Ags, StopId
from busplan.domain.problem import PlanningProblem
from busplan.planning.stopping import Stopper
from busplan.planning.weeks.candidates import Candidate, list_candidates
from busplan.planning.weeks.master import Master, build_master
from busplan.planning.weeks.relaxation import Relaxation, relax
from busplan.planning.weeks.selection import Choice, select
from busplan.planning.weeks.tours import list_tours
from tests.factories import ALL_DAY, MONDAY, OPEN_WORK


def make_candidate(**given: Any) -> Candidate:
    """An hour at s1 by wilde13 on Monday, at any time on the timetable's step."""
    usual = {
        "demand_id": DemandId("d1"),
        "stop_id": StopId("s1"),
        "ags": Ags("05358004"),
        "bus_id": BusId("wilde13"),
        "service_date": MONDAY,
        "offer": OPEN_WORK,
        "service_min": 60,
        "windows": (ALL_DAY,),
        "step_min": 5,
        "joint": False,
    }
    return Candidate(**usual | given)


def master_of(problem: PlanningProblem) -> Master:
    """The whole choice of a problem."""
    candidates, _ = list_candidates(problem)
    return build_master(problem, candidates, list_tours(problem, candidates))


def relaxed(problem: PlanningProblem) -> tuple[Master, Relaxation]:
    """The whole choice of a problem, and its relaxation."""
    master = master_of(problem)
    found = relax(master, lambda: False)
    assert found is not None
    return master, found


@cache
def relaxed_week(stops: int, seed: int, week_max_min: int | None) -> tuple[Master, Relaxation]:
    """The same of a generated week, with a weekly cap if there is one."""
    return relaxed(county_week(stops=stops, seed=seed, week_max_min=week_max_min))


def best_of(master: Master, tours: Sequence[int] | None = None) -> Choice:
    """The cheapest choice among some tours, or all, proven without any relaxation."""
    pool = range(len(master.columns)) if tours is None else tours
    found = select(master, pool, hint=None, work=60, seed=1, stopper=Stopper())
    assert found.proven
    assert found.choice is not None
    return found.choice


def nothing(master: Master) -> Choice:
    """The plan without a tour."""
    choice = select(master, (), hint=None, work=1, seed=1, stopper=Stopper()).choice
    assert choice is not None
    return choice
