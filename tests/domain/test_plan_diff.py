"""Comparing plans: every visit that is not in both is told once, and nothing else."""

from collections import Counter
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.demand import DemandId
from busplan.domain.fleet import BusId
from busplan.domain.plan import Plan, Tour, VisitId
from busplan.domain.plan_diff import Change, diff_plans
from tests.factories import MONDAY, make_plan, make_tour, make_visit

WEEK = timedelta(days=7)


def tour(day: int = 0, open_min: int = 900, demand_id: str = "d1", bus_id: str = "wilde13") -> Tour:
    visit = make_visit(
        open_min=open_min,
        demand_id=DemandId(demand_id),
        id=VisitId(f"{day} {open_min} {demand_id} {bus_id}"),
    )
    return make_tour(visit, service_date=MONDAY + timedelta(days=day), bus_id=BusId(bus_id))


def summary(changes: tuple[Change, ...]) -> list[tuple[str, str]]:
    return [(change.kind, change.demand_id) for change in changes]


def test_a_plan_does_not_differ_from_itself() -> None:
    plan = make_plan(tour(0), tour(2), tour(2, demand_id="d2"))

    assert diff_plans(plan, plan) == ()


def test_new_moved_and_gone_visits_are_told_by_demand_record() -> None:
    before = make_plan(tour(0, demand_id="d1"), tour(1, demand_id="d2"))
    after = make_plan(tour(0, 930, demand_id="d1"), tour(2, demand_id="d3"))

    changes = diff_plans(before, after)

    assert summary(changes) == [("moved", "d1"), ("gone", "d2"), ("new", "d3")]
    moved = changes[0]
    assert moved.before is not None
    assert moved.after is not None
    assert (moved.before.open_min, moved.after.open_min) == (900, 930)


def test_a_visit_by_the_other_bus_or_at_another_stop_has_moved() -> None:
    before = make_plan(tour(0))
    elsewhere = make_tour(make_visit("s2"))

    assert summary(diff_plans(before, make_plan(tour(0, bus_id="ninja")))) == [("moved", "d1")]
    assert summary(diff_plans(before, make_plan(elsewhere))) == [("moved", "d1")]


def test_only_the_changed_one_of_several_visits_is_told() -> None:
    before = make_plan(tour(0), tour(2), tour(4))
    after = make_plan(tour(0), tour(3), tour(4))

    (change,) = diff_plans(before, after)

    assert change.before is not None
    assert change.after is not None
    assert (change.before.day, change.after.day) == (2, 3)


def test_this_week_is_held_against_the_last_by_weekday() -> None:
    last = make_plan(tour(1))
    this = make_plan(
        make_tour(make_visit(), service_date=MONDAY + WEEK + timedelta(days=1)),
        first_day=MONDAY + WEEK,
    )

    assert diff_plans(last, this) == ()


def test_a_visit_planned_twice_over_by_hand_is_new_once() -> None:
    once, twice = make_plan(tour(0)), make_plan(tour(0), tour(0))

    assert summary(diff_plans(once, twice)) == [("new", "d1")]
    assert summary(diff_plans(twice, once)) == [("gone", "d1")]


tours = st.builds(
    tour,
    day=st.integers(0, 4),
    open_min=st.sampled_from([900, 930]),
    demand_id=st.sampled_from(["d1", "d2"]),
    bus_id=st.sampled_from(["wilde13", "ninja"]),
)
plans = st.lists(tours, max_size=5).map(
    lambda some: Plan(county="test", first_day=MONDAY, weeks=1, tours=tuple(some))
)


def held(plan: Plan) -> Counter[tuple[object, ...]]:
    return Counter(
        (v.demand_id, (t.service_date - plan.first_day).days, v.open_min, t.bus_id, v.stop_id)
        for t, v in plan.visits()
    )


@given(before=plans, after=plans)
def test_the_changes_lead_from_the_one_plan_to_the_other(before: Plan, after: Plan) -> None:
    """Taking away every ``before`` and adding every ``after`` turns one plan into the other."""
    visits = held(before)

    changes = diff_plans(before, after)
    for change in changes:
        for presence, count in ((change.before, -1), (change.after, 1)):
            if presence is not None:
                key = (change.demand_id, presence.day, presence.open_min)
                visits[(*key, presence.bus_id, presence.stop_id)] += count

    assert +visits == held(after)
    assert all(change.before != change.after for change in changes)
    assert diff_plans(after, before) == tuple(
        Change(demand_id=change.demand_id, before=change.after, after=change.before)
        for change in changes
    )
