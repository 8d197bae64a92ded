"""Hard rule: a bus fits the stop and its approach."""

from collections.abc import Iterator

from busplan.domain.fleet import Bus
from busplan.domain.places import Stop
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.violation import Violation

RULE = "vehicle_fit"


def check_vehicle_fit(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """Height, length and weight of the bus are within the limits known of each stop."""
    for tour, visit in plan.visits():
        bus, stop = problem.bus_by_id[tour.bus_id], problem.stop_by_id[visit.stop_id]
        for what, unit, size, limit in _limits(bus, stop):
            if limit is not None and size > limit:
                yield Violation(
                    RULE,
                    visit.id,
                    f"{bus.id} has a {what} of {size} {unit}, {stop.name} takes {limit} {unit}",
                )


def _limits(bus: Bus, stop: Stop) -> Iterator[tuple[str, str, float, float | None]]:
    yield "height", "m", bus.height_m, stop.max_height_m
    yield "length", "m", bus.length_m, stop.max_length_m
    yield "weight", "t", bus.weight_t, stop.max_weight_t
