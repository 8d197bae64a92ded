"""What really happens at stops; a visit's state is a fold over its events."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from busplan.domain.dates import at
from busplan.domain.errors import EventRefused, InvalidInput
from busplan.domain.plan import VisitId
from busplan.domain.stop_events import (
    AgeBand,
    CancelReason,
    EventKind,
    StopEvent,
    Tally,
    VisitState,
    VisitStatus,
    after,
    state_of,
)
from tests.factories import MONDAY

OPENING = at(MONDAY, 900)
TALLY = Tally(counts=((AgeBand.FROM_10, 7), (AgeBand.FROM_14, 4)))
ARRIVE, LEAVE, CANCEL, MOVE = EventKind


def event(kind: EventKind, minutes: int = 0, **given: Any) -> StopEvent:
    """An event so many minutes after the opening, with what its kind needs."""
    needed: dict[EventKind, dict[str, Any]] = {
        ARRIVE: {},
        LEAVE: {"tally": TALLY},
        CANCEL: {"reason": CancelReason.WEATHER},
        MOVE: {"to_stop_id": "s2", "to_open_min": 960, "to_close_min": 1020},
    }
    moment = OPENING + timedelta(minutes=minutes)
    return StopEvent(
        **{"visit_id": VisitId("v1"), "kind": kind, "at": moment} | needed[kind] | given
    )


def test_a_visit_without_events_is_planned() -> None:
    assert state_of(()) == VisitState(status=VisitStatus.PLANNED)


def test_arriving_and_leaving_make_a_visit_done_with_its_tally() -> None:
    state = state_of((event(ARRIVE), event(LEAVE, 60)))

    assert state.status is VisitStatus.DONE
    assert state.arrived_at == OPENING
    assert state.left_at == OPENING + timedelta(minutes=60)
    assert state.tally == TALLY
    assert TALLY.total == 11


def test_a_cancelled_visit_keeps_its_reason() -> None:
    state = state_of((event(CANCEL),))

    assert (state.status, state.reason) == (VisitStatus.CANCELLED, CancelReason.WEATHER)


def test_the_last_of_several_moves_counts_and_the_visit_may_still_happen() -> None:
    second = event(MOVE, 5, to_stop_id="s3")

    state = state_of((event(MOVE), second, event(ARRIVE, 10)))

    assert state.status is VisitStatus.OPEN
    assert state.moved_to == second


ALLOWED = {
    (): {ARRIVE, CANCEL, MOVE},
    (MOVE,): {ARRIVE, CANCEL, MOVE},
    (ARRIVE,): {LEAVE},
    (ARRIVE, LEAVE): set(),
    (CANCEL,): set(),
    (MOVE, CANCEL): set(),
}


@pytest.mark.parametrize("before", list(ALLOWED))
@pytest.mark.parametrize("kind", list(EventKind))
def test_events_that_repeat_or_contradict_are_refused(
    before: tuple[EventKind, ...], kind: EventKind
) -> None:
    state = state_of(event(earlier, minutes) for minutes, earlier in enumerate(before))
    new = event(kind, 10)

    if kind in ALLOWED[before]:
        assert after(state, new).last_change == new.at
    else:
        with pytest.raises(EventRefused, match=f"visit v1 is {state.status.value}"):
            after(state, new)


def test_an_event_before_the_last_one_is_refused() -> None:
    with pytest.raises(EventRefused, match="lies before the last event"):
        state_of((event(ARRIVE, 10), event(LEAVE, 9)))


def test_two_events_may_happen_at_the_same_moment() -> None:
    assert state_of((event(ARRIVE), event(LEAVE))).status is VisitStatus.DONE


@given(kinds=st.lists(st.sampled_from(EventKind), max_size=6))
def test_a_refused_event_changes_nothing(kinds: list[EventKind]) -> None:
    """Leaving the refused ones out of the log gives the same state."""
    state, kept = VisitState(), []
    for minutes, kind in enumerate(kinds):
        new = event(kind, minutes)
        try:
            state = after(state, new)
            kept.append(new)
        except EventRefused:
            continue

    assert state_of(kept) == state


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (CANCEL, {"reason": None}),
        (ARRIVE, {"reason": CancelReason.OTHER}),
        (MOVE, {"to_stop_id": None}),
        (MOVE, {"to_close_min": None}),
        (ARRIVE, {"to_open_min": 960}),
        (ARRIVE, {"tally": TALLY}),
        (LEAVE, {"at": datetime(2026, 11, 30, 15)}),  # noqa: DTZ001 - naive on purpose
    ],
)
def test_an_event_carries_what_its_kind_needs_and_nothing_else(
    kind: EventKind, change: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput, match="event of v1"):
        replace(event(kind), **change)


def test_a_tally_counts_from_zero_and_each_age_band_once() -> None:
    with pytest.raises(InvalidInput):
        Tally(counts=((AgeBand.FROM_10, -1),))
    with pytest.raises(InvalidInput):
        Tally(counts=((AgeBand.FROM_10, 1), (AgeBand.FROM_10, 2)))
