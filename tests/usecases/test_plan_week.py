"""Planning a week keeps a checked draft; pins name visits of the plan that people know."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from busplan.domain.dates import BERLIN
from busplan.domain.errors import NotFound
from busplan.domain.plan import Plan, VisitId
from busplan.domain.plan_version import PlanStatus, PlanVersion
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.check import check_plan
from busplan.domain.solution import Proof, Solution
from busplan.planning.limits import SearchLimits
from busplan.planning.progress import Progress
from busplan.planning.stopping import Stopper
from busplan.storage.store import Store
from busplan.usecases.plan_week import current_plan, plan_week
from tests.factories import MONDAY, make_plan, make_tour, make_visit
from tests.storage.weeks import make_county_data, make_solution

NOW = datetime(2026, 11, 27, 12, tzinfo=BERLIN)
THURSDAY = MONDAY + timedelta(days=3)
PINNED = VisitId("2026-12-03-wilde13-1")


@pytest.fixture
def county(engine: Engine) -> Engine:
    with Store(engine) as store:
        store.county.save(make_county_data())
    return engine


def planned(engine: Engine, *pins: str, weeks: int = 1) -> tuple[PlanVersion, PlanningProblem]:
    limits = SearchLimits(work=5)
    return plan_week(
        engine, MONDAY, weeks, limits=limits, seed=1, now=NOW, cache_dir=None, pins=pins
    )


def thursday_plan(open_min: int = 1005) -> Plan:
    """A plan that no goal prefers: Thursday at an odd time."""
    visit = make_visit(open_min=open_min, id=PINNED)
    return make_plan(make_tour(visit, service_date=THURSDAY))


def add_draft(engine: Engine, plan: Plan, publish: bool = False) -> None:
    with Store(engine) as store:
        version = store.plans.add_draft(Solution(plan=plan), NOW)
        if publish:
            store.plans.publish(version.id, NOW)


def openings(version: PlanVersion) -> list[tuple[int, int]]:
    return [
        (tour.service_date.weekday(), visit.open_min)
        for tour, visit in version.solution.plan.visits()
    ]


def test_the_plan_is_kept_as_a_draft_that_breaks_no_rule(county: Engine) -> None:
    version, problem = planned(county)

    assert version.status is PlanStatus.DRAFT
    assert version.created_at == NOW
    assert list(check_plan(version.solution.plan, problem)) == []
    assert version.solution.quality is not None
    assert version.solution.quality.proof is Proof.OPTIMAL
    with Store.reading(county) as store:
        assert store.plans.latest_draft(MONDAY) == version


def test_each_plan_is_a_draft_of_its_own(county: Engine) -> None:
    first, _ = planned(county)
    second, _ = planned(county, weeks=2)

    assert second.id != first.id
    with Store.reading(county) as store:
        assert store.plans.get(first.id) == first
        assert store.plans.latest_draft(MONDAY) == second
        assert store.plans.list_published(MONDAY, MONDAY) == ()


def test_a_pinned_visit_of_the_draft_stays_as_it_is(county: Engine) -> None:
    add_draft(county, thursday_plan())

    version, problem = planned(county, PINNED)

    assert openings(version) == [(3, 1005)]
    assert [(pin.service_date, pin.open_min) for pin in problem.pins] == [(THURSDAY, 1005)]
    assert version.solution.lost_pins == ()


def test_a_visit_pinned_twice_is_one_pin(county: Engine) -> None:
    add_draft(county, thursday_plan())

    _, problem = planned(county, PINNED, PINNED)

    assert len(problem.pins) == 1


def test_without_a_draft_the_published_plan_is_the_one_pinned_from(county: Engine) -> None:
    add_draft(county, thursday_plan(), publish=True)

    assert openings(planned(county, PINNED)[0]) == [(3, 1005)]


def test_the_newest_draft_goes_before_the_published_plan(county: Engine) -> None:
    add_draft(county, thursday_plan(1005), publish=True)
    add_draft(county, thursday_plan(1050))

    assert openings(planned(county, PINNED)[0]) == [(3, 1050)]


def test_a_week_inside_a_longer_published_plan_can_be_pinned_from(county: Engine) -> None:
    before = MONDAY - timedelta(days=7)
    add_draft(county, replace(thursday_plan(), first_day=before, weeks=2), publish=True)

    assert openings(planned(county, PINNED)[0]) == [(3, 1005)]


def test_every_unknown_pin_is_named_and_nothing_is_planned(county: Engine) -> None:
    add_draft(county, thursday_plan())

    with pytest.raises(NotFound, match="no visit nowhere, never in the plan of 2026-W49"):
        planned(county, PINNED, "nowhere", "never")

    with Store.reading(county) as store:
        assert store.plans.latest_draft(MONDAY).solution.plan == thursday_plan()


def test_the_search_starts_from_the_last_published_plan(county: Engine) -> None:
    """Ended at once and with a tour that no cold start would find so soon."""
    before = MONDAY - timedelta(days=7)
    plan = thursday_plan()
    last = replace(
        plan,
        first_day=before,
        tours=tuple(replace(t, service_date=t.service_date - timedelta(7)) for t in plan.tours),
    )
    add_draft(county, last, publish=True)
    stopper = Stopper()
    stopper.stop()
    told: list[Progress] = []

    plan_week(
        county,
        MONDAY,
        1,
        limits=SearchLimits(work=1e-6),
        seed=1,
        now=NOW,
        cache_dir=None,
        on_progress=told.append,
        stopper=stopper,
    )

    assert [p.cost for p in told if p.stage == "relaxation"] != [None]


def test_pins_need_a_plan(county: Engine) -> None:
    with pytest.raises(NotFound, match="no draft for 2026-W49"):
        planned(county, PINNED)


def test_a_week_without_any_plan_is_not_found(county: Engine) -> None:
    with Store(county) as store:
        store.plans.add_draft(make_solution(MONDAY + timedelta(days=7)), NOW)

    with Store.reading(county) as store, pytest.raises(NotFound):
        current_plan(store, MONDAY)
