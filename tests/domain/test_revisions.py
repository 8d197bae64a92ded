"""Revisions count what the public saw change, and nothing that it did not see."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from busplan.domain.plan import Plan
from busplan.domain.publication import PublicVisit, open_gate
from busplan.domain.publication_level import PublicationLevel as Level
from busplan.domain.stop_events import EventKind
from tests.factories import make_tour
from tests.houses import EARLY, GUARDED_BUS, NOW, OPEN_BUS, TODAY, Case, Move, build_house, cases

AFTERNOON = 1
NEAR = Move(town=0, part=AFTERNOON, level=Level.FULL)


def make_case(**given: object) -> Case:
    """A full visit of the open bus today in Altdorf."""
    usual = {"day": TODAY, "bus": OPEN_BUS, "town": 0, "part": AFTERNOON}
    return Case(**usual | given)


def visit_of(case: Case, *replaced: Plan) -> PublicVisit:
    house = build_house([case])
    (visit,) = open_gate(replace(house, replaced=replaced), NOW).visits
    return visit


def plan_of(case: Case, later_min: int = 0) -> Plan:
    """The plan of one visit, that many minutes later."""
    (plan,) = build_house([case]).plans
    ((tour, visit),) = plan.visits()
    times = ("arrival_min", "open_min", "close_min", "departure_min")
    moved = replace(visit, **{name: getattr(visit, name) + later_min for name in times})
    (tour,) = (make_tour(moved, bus_id=tour.bus_id, service_date=tour.service_date),)
    return replace(plan, tours=(tour,))


def test_what_never_changed_is_revision_0() -> None:
    assert visit_of(make_case()).revision == 0
    assert visit_of(make_case(event=EventKind.ARRIVE)).revision == 0


def test_cancelling_and_moving_are_revisions() -> None:
    assert visit_of(make_case(event=EventKind.CANCEL)).revision == 1
    assert visit_of(make_case(event=EventKind.MOVE, move=NEAR)).revision == 1


def test_a_move_that_an_area_visit_hides_is_none() -> None:
    hidden = make_case(bus=GUARDED_BUS, event=EventKind.MOVE, move=NEAR)

    assert visit_of(hidden).revision == 0
    assert visit_of(replace(hidden, move=replace(NEAR, town=1))).revision == 1


def test_showing_a_place_at_short_notice_is_a_revision() -> None:
    case = make_case(visit_level=Level.SHORT_NOTICE)

    assert visit_of(case).revision == 1
    assert visit_of(replace(case, event=EventKind.CANCEL)).revision == 2
    assert visit_of(replace(case, event=EventKind.CANCEL, ago=EARLY)).revision == 1


def test_a_plan_that_replaces_another_revises_what_it_tells_otherwise() -> None:
    case = make_case()

    assert visit_of(case, plan_of(case)).revision == 0
    assert visit_of(case, plan_of(case, later_min=10)).revision == 1
    assert visit_of(case, plan_of(case, later_min=10), plan_of(case)).revision == 1
    assert visit_of(case, plan_of(case), plan_of(case, later_min=10)).revision == 2


def test_replaced_times_of_an_area_visit_stay_hidden() -> None:
    case = make_case(bus=GUARDED_BUS)

    assert visit_of(case, plan_of(case, later_min=10)).revision == 0


def test_a_replaced_plan_may_name_stops_that_are_gone() -> None:
    house = build_house([make_case()])
    others = replace(house, replaced=build_house([make_case(), make_case(part=2)]).plans)

    assert open_gate(others, NOW) == open_gate(house, NOW)


@settings(max_examples=100, deadline=None)
@given(given=st.lists(cases(), min_size=1, max_size=6), hours=st.integers(1, 60))
def test_a_revision_never_falls_as_time_passes(given: list[Case], hours: int) -> None:
    house = build_house(given)
    before = {v.id: v.revision for v in open_gate(house, NOW).visits}
    after = {v.id: v.revision for v in open_gate(house, NOW + timedelta(hours=hours)).visits}

    assert all(after[key] >= before[key] for key in before.keys() & after.keys())


@settings(max_examples=200, deadline=None)
@given(given=st.lists(cases(), max_size=8))
def test_secrets_of_replaced_plans_do_not_show_either(given: list[Case]) -> None:
    here, there = (build_house(given, salt=salt) for salt in (0, 3))

    shown_here = open_gate(replace(here, replaced=here.plans), NOW)
    assert shown_here == open_gate(replace(there, replaced=there.plans), NOW)
