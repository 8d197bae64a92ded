"""What is stored is read back as it was: read(write(x)) == x for anything the types allow."""

from dataclasses import replace
from datetime import datetime
from itertools import count

from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine

from busplan.domain.county import CountyData
from busplan.domain.plan import VisitId
from busplan.domain.solution import Solution
from busplan.domain.stop_events import StopEvent, state_of
from busplan.storage.store import Store
from tests.strategies import county_data, event_logs, moments, solutions

numbers = count(1)
# the database is one for all examples, which store side by side or replace each other
unhurried = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@given(data=county_data())
@unhurried
def test_a_county_is_read_back_as_it_was(engine: Engine, data: CountyData) -> None:
    with Store(engine) as store:
        store.county.save(data)

    with Store.reading(engine) as store:
        assert store.county.get() == data


@given(solution=solutions(), now=moments)
@unhurried
def test_a_solution_is_read_back_as_it_was(
    engine: Engine, solution: Solution, now: datetime
) -> None:
    with Store(engine) as store:
        draft = store.plans.add_draft(solution, now)

    with Store.reading(engine) as store:
        found = store.plans.get(draft.id)
    assert found == draft
    assert (found.solution, found.created_at) == (solution, now)


@given(log=event_logs(VisitId("any")))
@unhurried
def test_a_log_is_read_back_as_it_was(engine: Engine, log: tuple[StopEvent, ...]) -> None:
    visit = VisitId(f"visit-{next(numbers)}")
    events = tuple(replace(event, visit_id=visit) for event in log)

    with Store(engine) as store:
        for event in events:
            state = store.stop_events.append(event)
            assert state.last_change == event.at

    with Store.reading(engine) as store:
        found = store.stop_events.of_visit(visit)
    assert found == events
    assert state_of(found) == state_of(events)
    assert all(event.at.utcoffset().total_seconds() == 0 for event in found)
