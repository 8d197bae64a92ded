"""Pieces of a search for tests of its stages."""

from typing import Any

from busplan.domain.demand import DemandId
from busplan.domain.fleet import BusId
from busplan.domain.places import Ags, StopId
from busplan.domain.problem import PlanningProblem
from busplan.planning.weeks.candidates import Candidate, list_candidates
from busplan.planning.weeks.master import Master, build_master
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
