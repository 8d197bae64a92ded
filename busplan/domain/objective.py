"""What a plan costs, in named terms; lower is better, all in whole points.

The solver minimises exactly this sum, so its cost and this module's always agree.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from busplan.domain.blocks import Block
from busplan.domain.dates import DateRange, monday_of
from busplan.domain.demand import DemandRecord, need_spans
from busplan.domain.parameters import Parameters
from busplan.domain.places import Municipality
from busplan.domain.plan import Plan, Tour
from busplan.domain.problem import Pin, PlanningProblem

METRES_PER_KM = 1000
MINUTES_PER_HOUR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CostTerms:
    """Points by goal.

    need: wished visits not served; floor: towns below their least share; pins, blocks: visits
    held fast by the planner or by a block, but lost; continuity: visits moved or retimed against
    last time; two_adults: open hours with one adult; kilometres, driving, late_end: of tours;
    balance: duties shared unevenly.
    """

    need: int = 0
    floor: int = 0
    pins: int = 0
    blocks: int = 0
    continuity: int = 0
    two_adults: int = 0
    kilometres: int = 0
    driving: int = 0
    late_end: int = 0
    balance: int = 0

    @property
    def total(self) -> int:
        """The plan's cost."""
        return sum(self.as_dict().values())

    def as_dict(self) -> dict[str, int]:
        """Points by the name of the goal."""
        return {spec.name: getattr(self, spec.name) for spec in fields(self)}


def cost_of(plan: Plan, problem: PlanningProblem) -> CostTerms:
    """What the plan costs under the problem's parameters."""
    numbers = problem.parameters
    return CostTerms(
        need=_need(plan, problem),
        floor=_floor(plan, problem),
        pins=numbers.pin_points * len(lost_pins(plan, problem)),
        blocks=numbers.block_points * len(lost_blocks(plan, problem)),
        continuity=_continuity(plan, problem),
        two_adults=sum(alone_points(tour, numbers) for tour in plan.tours),
        kilometres=sum(kilometre_points(tour.length_m, numbers) for tour in plan.tours),
        driving=sum(numbers.driving_points_per_min * tour.drive_min for tour in plan.tours),
        late_end=sum(
            late_points(duty.end_min, numbers) for tour in plan.tours for duty in tour.duties
        ),
        balance=_balance(plan, numbers),
    )


def visit_values(demand: DemandRecord, numbers: Parameters) -> tuple[int, ...]:
    """Points that the 1st, 2nd, ... wished visit of one period is worth; never rising.

    Each is worth ``need_repeat_percent`` of the one before; visits up to the least asked count
    ``need_least_percent``.
    """
    values = []
    value = demand.weight * numbers.need_points
    for number in range(1, demand.wished + 1):
        percent = max(100, numbers.need_least_percent) if number <= demand.least else 100
        values.append(value * percent // 100)
        value = value * min(100, numbers.need_repeat_percent) // 100
    return tuple(values)


def counted_before(demand: DemandRecord, span: DateRange, problem: PlanningProblem) -> int:
    """Visits of the demand that fell into the span before the horizon began."""
    return sum(v.demand_id == demand.id and v.service_date in span for v in problem.past_visits)


def floor_span(problem: PlanningProblem) -> DateRange:
    """The weeks, ending with the horizon, over which each town's floor is counted."""
    weeks = max(problem.parameters.floor_weeks, problem.weeks)
    return need_spans(weeks, problem.first_day, problem.weeks)[-1]


def floor_missing_before(town: Municipality, problem: PlanningProblem) -> int:
    """Visits the town still lacks to its floor, before anything is planned."""
    span = floor_span(problem)
    ags = {stop.id: stop.ags for stop in problem.stops}
    before = sum(
        ags.get(v.stop_id) == town.ags and v.service_date in span for v in problem.past_visits
    )
    return max(0, problem.parameters.floor_visits - before) if town.served else 0


def block_visits(problem: PlanningProblem) -> Iterator[tuple[Block, date]]:
    """Every visit that running blocks promise within the horizon, by date."""
    for day in problem.horizon:
        for block in problem.blocks:
            if block.falls_on(day):
                yield block, day


def lost_blocks(plan: Plan, problem: PlanningProblem) -> tuple[tuple[Block, date], ...]:
    """Promised block visits that the plan does not hold exactly as promised."""
    held = set(_held(plan))
    return tuple(
        (block, day)
        for block, day in block_visits(problem)
        if (
            block.demand_id,
            block.stop_id,
            block.bus_id,
            day,
            block.window.from_min,
            block.window.to_min,
        )
        not in held
    )


def lost_pins(plan: Plan, problem: PlanningProblem) -> tuple[Pin, ...]:
    """Pinned visits that the plan does not hold exactly as pinned."""
    held = set(_held(plan))
    return tuple(
        pin
        for pin in problem.pins
        if (
            pin.demand_id,
            pin.stop_id,
            pin.bus_id,
            pin.service_date,
            pin.open_min,
            pin.close_min,
        )
        not in held
    )


def kilometre_points(length_m: int, numbers: Parameters) -> int:
    """Points for a tour's length, rounded down per tour."""
    return numbers.km_points * length_m // METRES_PER_KM


def late_points(end_min: int, numbers: Parameters) -> int:
    """Points for one duty that ends late."""
    return numbers.late_points_per_min * max(0, end_min - numbers.late_after_min)


def alone_points(tour: Tour, numbers: Parameters) -> int:
    """Points for a tour's open time if one adult is alone on board."""
    if len(tour.duties) != 1:
        return 0
    open_min = sum(visit.service_min for visit in tour.visits)
    return numbers.alone_points_per_hour * open_min // MINUTES_PER_HOUR


def balance_points(duties: int, numbers: Parameters) -> int:
    """Points for one person's duties in one week: each further one costs more."""
    return numbers.balance_points * duties * (duties - 1) // 2


def _held(plan: Plan) -> Iterator[tuple[object, ...]]:
    for tour, visit in plan.visits():
        yield (
            visit.demand_id,
            visit.stop_id,
            tour.bus_id,
            tour.service_date,
            visit.open_min,
            visit.close_min,
        )


def _need(plan: Plan, problem: PlanningProblem) -> int:
    dates = [(visit.demand_id, tour.service_date) for tour, visit in plan.visits()]
    points = 0
    for demand in problem.demands:
        values = visit_values(demand, problem.parameters)
        for span in need_spans(demand.period_weeks, problem.first_day, problem.weeks):
            served = counted_before(demand, span, problem)
            served += sum(key == demand.id and day in span for key, day in dates)
            points += sum(values[served:])
    return points


def _floor(plan: Plan, problem: PlanningProblem) -> int:
    visits = Counter(
        problem.stop_by_id[visit.stop_id].ags
        for _, visit in plan.visits()
        if visit.stop_id in problem.stop_by_id
    )
    return problem.parameters.floor_points * sum(
        max(0, floor_missing_before(town, problem) - visits[town.ags])
        for town in problem.municipalities
    )


def _continuity(plan: Plan, problem: PlanningProblem) -> int:
    opens = {
        (visit.demand_id, visit.stop_id, tour.bus_id, tour.service_date): visit.open_min
        for tour, visit in plan.visits()
    }
    points = 0
    for past in problem.expected_visits:
        opened = opens.get((past.demand_id, past.stop_id, past.bus_id, past.service_date))
        if opened is None:
            points += problem.parameters.moved_points
        elif opened != past.open_min:
            points += problem.parameters.retimed_points
    return points


def _balance(plan: Plan, numbers: Parameters) -> int:
    duties = Counter(
        (duty.crew_id, monday_of(tour.service_date)) for tour in plan.tours for duty in tour.duties
    )
    return sum(balance_points(count, numbers) for count in duties.values())
