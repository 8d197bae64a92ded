"""Peers answer what they are asked, and say what they were not asked."""

from math import inf

import pytest

pytest.importorskip("pyvrp", reason="pip install '.[bench]'")
pytest.importorskip("vroom", reason="pip install '.[bench]'")

from benchmarks.peer_calls import peer_model
from benchmarks.peers import PEERS, Peer
from busplan.domain.periodic import Days, PeriodicProblem, PeriodicStop, VehicleGroup
from busplan.domain.periodic_check import check_periodic_plan

SECONDS = 1.0
AT = (0.0, 1.0, 2.0, -1.0, -2.0)
"""Nodes on a line: the depot, two stops to its right, two to its left."""
EITHER: tuple[Days, ...] = (frozenset({0}), frozenset({1}))
peers = pytest.mark.parametrize("peer", PEERS.values(), ids=list(PEERS))


def problem(*patterns: tuple[Days, ...], **group: object) -> PeriodicProblem:
    lengths = tuple(tuple(abs(a - b) for b in AT) for a in AT)
    values = {"id": "van", "depot": 0, "vehicles": (1, 1)} | group
    return PeriodicProblem(
        name="line",
        days=2,
        stops=tuple(
            PeriodicStop(id=str(number), node=number, service=0.5, load=1, patterns=own)
            for number, own in enumerate(patterns, start=1)
        ),
        groups=(VehicleGroup(**values),),  # type: ignore[arg-type]
        costs=lengths,
        durations=lengths,
    )


@peers
@pytest.mark.parametrize("limit", [{"max_duration": 5.0}, {"capacity": 2}, {"latest": 5.0}])
def test_single_visits_go_wherever_it_is_cheapest(peer: Peer, limit: dict[str, object]) -> None:
    """Right on one day, left on the other: 4 each, 5 with service; all on one day is too much."""
    asked = problem(EITHER, EITHER, EITHER, EITHER, **limit)

    found = peer(asked, SECONDS, 1)

    assert found.plan is not None
    assert list(check_periodic_plan(found.plan, asked)) == []
    assert found.cost == 8
    assert found.note == "whole problem"
    assert found.history[-1][1] == 8


@peers
def test_fractions_are_kept_to_the_thousandth(peer: Peer) -> None:
    asked = problem(EITHER, EITHER)

    found = peer(asked, SECONDS, 1)

    assert found.cost == 4


@peers
def test_patterns_of_several_days_are_fixed_to_the_first_and_told(peer: Peer) -> None:
    both, once = (frozenset({0, 1}),), (frozenset({1}),)
    asked = problem(both, once)

    found = peer(asked, SECONDS, 1)

    assert found.plan is not None
    assert list(check_periodic_plan(found.plan, asked)) == []
    assert {tour.day: sorted(tour.stops) for tour in found.plan.tours} == {0: [0], 1: [0, 1]}
    assert found.note == "whole problem"


@peers
def test_what_does_not_fit_is_no_plan(peer: Peer) -> None:
    found = peer(problem(EITHER, EITHER, EITHER, max_duration=2.0), SECONDS, 1)

    assert found.plan is None
    assert found.cost is None


def test_a_choice_among_patterns_that_peers_lack_is_counted() -> None:
    three_days = (frozenset({0, 1}), frozenset({1}))

    model = peer_model(problem(three_days, EITHER))

    assert model.note == "1 stops with several visits fixed to their first pattern"
    assert len(model.calls) == 3


def test_a_vehicle_that_may_not_come_is_no_slot_of_a_call() -> None:
    asked = problem(EITHER)
    assert asked.stops[0].latest == inf
    model = peer_model(asked)

    assert model.calls[0].slots == {(0, 0), (0, 1)}
    assert [kind.slots for kind in model.kinds] == [((0, 0), (0, 1))]
