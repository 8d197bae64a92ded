"""What planning looks back to: what was published and really happened, as far as rules reach."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from busplan.domain.dates import BERLIN, at
from busplan.domain.errors import InvalidInput, NotFound
from busplan.domain.fleet import BusId
from busplan.domain.parameters import Parameters
from busplan.domain.plan import VisitId, visit_id
from busplan.domain.problem import PlanningProblem
from busplan.domain.solution import Solution
from busplan.domain.stop_events import CancelReason, EventKind, StopEvent
from busplan.storage.store import Store
from busplan.usecases.planning_problem import build_problem
from tests.factories import MONDAY, make_demand, make_plan, make_stop, make_tour, make_visit
from tests.storage.weeks import make_county_data

NOW = datetime(2026, 11, 20, 12, tzinfo=BERLIN)
WEEK = timedelta(days=7)
STOPS = (make_stop("s1"), make_stop("s2"))


def publish(engine: Engine, first_day: date, *days: int, weeks: int = 1) -> list[VisitId]:
    """Publish a plan with one visit on each of these days, counted from its first."""
    tours = [
        make_tour(
            make_visit(id=visit_id(first_day + timedelta(days=day), BusId("wilde13"), 1)),
            service_date=first_day + timedelta(days=day),
        )
        for day in days
    ]
    plan = replace(make_plan(first_day=first_day, weeks=weeks), tours=tuple(tours))
    with Store(engine) as store:
        store.plans.publish(store.plans.add_draft(Solution(plan=plan), NOW).id, NOW)
    return [visit.id for _, visit in plan.visits()]


def load(engine: Engine, **given: object) -> None:
    with Store(engine) as store:
        store.county.save(make_county_data(**({"stops": STOPS} | given)))


def built(engine: Engine, weeks: int = 1) -> PlanningProblem:
    with Store.reading(engine) as store:
        return build_problem(store, MONDAY, weeks, None)


def past_days(problem: PlanningProblem) -> list[date]:
    return [past.service_date for past in problem.past_visits]


def floor(weeks: int) -> Parameters:
    return Parameters(floor_weeks=weeks)


FLOOR_SOURCE = (("floor_weeks", "committee"),)


def test_without_a_county_there_is_nothing_to_plan(engine: Engine) -> None:
    with pytest.raises(NotFound, match="county"):
        built(engine)


def test_a_horizon_starts_on_a_monday(engine: Engine) -> None:
    load(engine)

    with pytest.raises(InvalidInput, match="Monday"), Store.reading(engine) as store:
        build_problem(store, MONDAY + timedelta(days=1), 1, None)


def test_the_county_is_what_the_problem_asks_for(engine: Engine) -> None:
    load(engine)

    problem = built(engine, weeks=2)

    assert (problem.first_day, problem.weeks, problem.county) == (MONDAY, 2, "test")
    assert problem.stops == STOPS
    assert {"s1", "s2", "depot"} == set(problem.matrix.nodes)
    assert problem.matrix.travel_min("depot", "s1") > 0


def test_holidays_reach_over_the_turn_of_the_year(engine: Engine) -> None:
    load(engine)

    with Store.reading(engine) as store:
        problem = build_problem(store, date(2026, 12, 21), 4, None)

    holidays = problem.calendar.public_holidays
    assert {date(2026, 12, 25), date(2027, 1, 1)} <= set(holidays)


@pytest.mark.parametrize(
    ("given", "weeks_back"),
    [
        ({"parameters": floor(3), "parameter_sources": FLOOR_SOURCE}, 3),
        (
            {
                "parameters": floor(1),
                "parameter_sources": FLOOR_SOURCE,
                "demands": (make_demand(period_weeks=2),),
            },
            2,
        ),
        (
            {
                "parameters": floor(1),
                "parameter_sources": FLOOR_SOURCE,
                "demands": (make_demand(), make_demand("d2", headway_min_days=25)),
            },
            4,  # 25 days before a Monday lie in the fourth week back
        ),
    ],
    ids=["floor", "period", "headway"],
)
def test_history_reaches_as_far_as_floor_period_or_headway_look(
    engine: Engine, given: dict[str, object], weeks_back: int
) -> None:
    load(engine, **given)
    for week in range(1, 6):
        publish(engine, MONDAY - week * WEEK, 4)  # a Friday

    problem = built(engine)

    fridays = [MONDAY - week * WEEK + timedelta(days=4) for week in range(weeks_back, 0, -1)]
    assert past_days(problem) == fridays


def test_what_is_planned_from_the_first_day_on_is_no_history(engine: Engine) -> None:
    """A plan of two weeks may reach into the horizon; only its past part counts."""
    load(engine)
    publish(engine, MONDAY - WEEK, 4, 7, 8, weeks=2)

    assert past_days(built(engine)) == [MONDAY - timedelta(days=3)]


def test_drafts_and_superseded_plans_never_took_place(engine: Engine) -> None:
    load(engine)
    publish(engine, MONDAY - WEEK, 1)
    publish(engine, MONDAY - WEEK, 2)
    with Store(engine) as store:
        draft = make_plan(
            make_tour(service_date=MONDAY - timedelta(days=4)), first_day=MONDAY - WEEK
        )
        store.plans.add_draft(Solution(plan=draft), NOW)

    assert past_days(built(engine)) == [MONDAY - WEEK + timedelta(days=2)]


def test_cancelled_visits_are_left_out_and_moved_ones_stand_where_they_went(
    engine: Engine,
) -> None:
    load(engine)
    off, moved, plain = publish(engine, MONDAY - WEEK, 0, 1, 2)
    with Store(engine) as store:
        store.stop_events.append(
            StopEvent(visit_id=off, kind=EventKind.CANCEL, at=NOW, reason=CancelReason.WEATHER)
        )
        store.stop_events.append(
            StopEvent(
                visit_id=moved,
                kind=EventKind.MOVE,
                at=NOW,
                to_stop_id="s2",
                to_open_min=960,
                to_close_min=1020,
            )
        )
        for kind, minute in ((EventKind.ARRIVE, 895), (EventKind.LEAVE, 965)):
            moment = at(MONDAY - WEEK + timedelta(days=2), minute)
            store.stop_events.append(StopEvent(visit_id=plain, kind=kind, at=moment))

    past = built(engine).past_visits

    assert [(v.service_date.weekday(), v.stop_id, v.open_min) for v in past] == [
        (1, "s2", 960),
        (2, "s1", 900),
    ]


def test_a_visit_moved_and_then_cancelled_did_not_take_place(engine: Engine) -> None:
    load(engine)
    (visit,) = publish(engine, MONDAY - WEEK, 1)
    with Store(engine) as store:
        store.stop_events.append(
            StopEvent(
                visit_id=visit,
                kind=EventKind.MOVE,
                at=NOW,
                to_stop_id="s2",
                to_open_min=960,
                to_close_min=1020,
            )
        )
        store.stop_events.append(
            StopEvent(visit_id=visit, kind=EventKind.CANCEL, at=NOW, reason=CancelReason.VEHICLE)
        )

    assert past_days(built(engine)) == []


def test_duties_count_as_long_as_rest_may_reach(engine: Engine) -> None:
    load(engine)
    publish(engine, MONDAY - WEEK, 4, 5, 6)

    duties = built(engine).past_duties

    saturday, sunday = MONDAY - timedelta(days=2), MONDAY - timedelta(days=1)
    assert [(d.crew_id, d.service_date) for d in duties] == [("P1", saturday), ("P1", sunday)]
    assert {(d.start_min, d.end_min) for d in duties} == {(880, 980)}


def test_the_crew_of_a_cancelled_visit_still_counts_as_having_worked(engine: Engine) -> None:
    """Rest is never assumed: nobody knows whether the tour was called off before it began."""
    load(engine)
    (visit,) = publish(engine, MONDAY - WEEK, 6)
    with Store(engine) as store:
        store.stop_events.append(
            StopEvent(visit_id=visit, kind=EventKind.CANCEL, at=NOW, reason=CancelReason.OTHER)
        )

    problem = built(engine)

    assert problem.past_visits == ()
    assert len(problem.past_duties) == 1
