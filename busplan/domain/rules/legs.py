"""The legs of a tour: depot, stops in order, depot."""

from collections.abc import Iterator
from dataclasses import dataclass

from busplan.domain.plan import Tour
from busplan.domain.problem import PlanningProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One drive of a tour.

    The bus leaves ``here`` at ``leave_min`` and has reached ``there`` at ``reached_min``, driving
    time and buffer included. The plan has it there from ``due_min`` on; what lies between the two
    is idle time, in which the bus stands still and needs nobody.
    """

    here: str
    there: str
    leave_min: int
    reached_min: int
    due_min: int
    drive_min: int
    length_m: int


def legs_of(tour: Tour, problem: PlanningProblem) -> Iterator[Leg]:
    """The tour's drives in order; a tour without visits has none. Raises ``NotFound``."""
    if not tour.visits:
        return
    depot = problem.bus_by_id[tour.bus_id].depot.id
    left = [(depot, tour.depart_min), *((v.stop_id, v.departure_min) for v in tour.visits)]
    due = [*((v.stop_id, v.arrival_min) for v in tour.visits), (depot, tour.return_min)]
    for (here, leave_min), (there, due_min) in zip(left, due, strict=True):
        drive_min = problem.matrix.travel_min(here, there)
        yield Leg(
            here=here,
            there=there,
            leave_min=leave_min,
            reached_min=leave_min + drive_min + problem.parameters.leg_buffer_min,
            due_min=due_min,
            drive_min=drive_min,
            length_m=problem.matrix.length_m(here, there),
        )
