"""The generated fleet, its relaxation, and the table of what was measured on it."""

from benchmarks.fleet_table import lines_of
from benchmarks.fleet_weeks import fleet_week, without_patterns
from busplan.domain.periodic import PeriodicPlan, PeriodicProblem, PeriodicTour, periodic_cost
from busplan.domain.periodic_check import check_periodic_plan
from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.solve import solve_periodic


def week() -> PeriodicProblem:
    return fleet_week(stops=60, buses=4, seed=1)


def row(solver: str, asked: str, **cells: str) -> dict[str, str]:
    """A measured run of 100 km."""
    key = {"stops": "1000", "buses": "40", "seed": "1", "asked": asked, "solver": solver}
    figures = {"limit_s": "300.0", "cost_m": "100000", "bound_m": "", "vehicle_days": "180"}
    measured = {"wall_s": "301", "processor_s": "299", "date": "d", "machine": "m", "versions": "v"}
    return key | figures | measured | cells


def test_the_same_seed_is_the_same_week() -> None:
    assert week() == week()
    assert week() != fleet_week(stops=60, buses=4, seed=2)


def test_every_bus_is_there_once_on_every_day() -> None:
    asked = week()

    assert len({group.depot for group in asked.groups}) == 4
    for depot in {group.depot for group in asked.groups}:
        own = [group.vehicles for group in asked.groups if group.depot == depot]
        assert [sum(day) for day in zip(*own, strict=True)] == [1] * 5


def test_a_lawful_plan_is_one_of_the_relaxation_at_the_same_cost() -> None:
    asked = week()
    plan = solve_periodic(asked, SearchLimits(work=0.05), seed=1).plan
    assert plan is not None
    relaxed = without_patterns(asked)
    visits = [stop.id for stop in relaxed.stops]
    days = [sorted(t.day for t in plan.tours if n in t.stops) for n in range(len(asked.stops))]

    def visit(stop: int, day: int) -> int:
        return visits.index(f"{asked.stops[stop].id}.{days[stop].index(day) + 1}")

    same = PeriodicPlan(
        tours=tuple(
            PeriodicTour(
                group=tour.group, day=tour.day, stops=tuple(visit(n, tour.day) for n in tour.stops)
            )
            for tour in plan.tours
        )
    )

    assert len(relaxed.stops) > len(asked.stops)
    assert list(check_periodic_plan(same, relaxed)) == []
    assert periodic_cost(same, relaxed) == periodic_cost(plan, asked)


def test_the_bound_of_the_relaxation_holds_for_the_whole_and_not_the_other_way() -> None:
    rows = [
        row("busplan", "whole", bound_m="99000"),
        row("PyVRP", "without patterns", cost_m=""),
        row("busplan", "without patterns"),
        row("bound", "without patterns", cost_m="", bound_m="90000", vehicle_days=""),
    ]

    lines = lines_of(rows)

    assert "| whole | busplan | 300 s | 100 km | 180 | 1.00 % |" in lines[2]
    assert "| PyVRP | 300 s | no plan |" in lines[3]
    assert "| busplan | 300 s | 100 km | 180 | 10.00 % |" in lines[4]
    assert "at least 90 km, computed apart in 299 s of processor time" in lines[6]
