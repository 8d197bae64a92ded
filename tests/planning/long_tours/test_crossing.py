"""A plan takes over tours of another: nothing is visited twice, and what that costs is known."""

from dataclasses import replace
from functools import cache
from math import isclose
from random import Random

import pytest

from busplan.domain.periodic import PeriodicPlan, PeriodicProblem, PeriodicTour, periodic_cost
from busplan.domain.periodic_check import check_periodic_plan
from busplan.planning.compiled import make_random
from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.breeding import Breeding
from busplan.planning.long_tours.chain import make_search
from busplan.planning.long_tours.crossing import Crossing, pair_tours
from busplan.planning.long_tours.crossing_sums import LOST
from busplan.planning.long_tours.periodic_arrays import to_arrays
from busplan.planning.long_tours.periodic_plans import make_plan
from busplan.planning.long_tours.schedule import BRED
from busplan.planning.long_tours.solve import solve_periodic
from busplan.planning.long_tours.tour_pool import make_pool
from tests.periodic_problems import week_of

SEEDS = (1, 2, 3)


def week(seed: int) -> PeriodicProblem:
    return week_of(stops=40, days=5, seed=seed)


@cache
def plans(seed: int) -> tuple[PeriodicPlan, ...]:
    """Three plans of short searches."""
    found = [solve_periodic(week(seed), SearchLimits(work=0.01), n).plan for n in SEEDS]
    return tuple(plan for plan in found if plan is not None)


def crossing(seed: int) -> Crossing:
    return Crossing.of(to_arrays(week(seed)), *plans(seed)[:2])


def breeding(seed: int) -> Breeding:
    arrays = to_arrays(week(seed))
    chain, pool = make_search(arrays, make_random(seed, 0)), make_pool(arrays)
    return Breeding(week(seed), arrays, chain, pool, list(plans(seed)), Random(seed))


def visits_of(plan: PeriodicPlan) -> dict[int, list[tuple[int, int]]]:
    """Day and group of every visit, by stop."""
    found: dict[int, list[tuple[int, int]]] = {}
    for tour in plan.tours:
        for stop in tour.stops:
            found.setdefault(stop, []).append((tour.day, tour.group))
    return {stop: sorted(visits) for stop, visits in found.items()}


def _tour(day: int, *stops: int) -> PeriodicTour:
    return PeriodicTour(group=0, day=day, stops=stops)


def test_tours_that_share_most_stops_are_compared() -> None:
    one = make_plan([_tour(0, 1, 2, 3), _tour(0, 4, 5)])
    other = make_plan([_tour(0, 2, 3), _tour(1, 6)])

    paired = list(pair_tours(one, other))

    assert [(own, theirs) for _, own, theirs in paired] == [
        ((1, 2, 3), (2, 3)),
        ((4, 5), ()),
        ((), (6,)),
    ]
    assert len({slot for slot, _, _ in paired}) == len(paired)


@pytest.mark.parametrize("seed", SEEDS)
def test_stops_are_visited_as_in_one_of_the_plans_or_not_at_all(seed: int) -> None:
    cross, (one, other, _) = crossing(seed), plans(seed)
    random = Random(seed)
    slots = cross.differing()
    assert len(slots) > 3

    for size in range(1, len(slots) + 1):
        child, _ = cross.child(frozenset(random.sample(slots, size)))

        visits, before, theirs = visits_of(child), visits_of(one), visits_of(other)
        assert all(visits[stop] in (before[stop], theirs[stop]) for stop in visits)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_said_is_what_the_tours_and_the_lost_stops_cost(seed: int) -> None:
    cross, (one, _, _) = crossing(seed), plans(seed)
    random, problem = Random(seed), week(seed)
    before = visits_of(one)
    is_lost = False

    for size in range(1, 4):
        chosen = frozenset(random.sample(cross.differing(), size))
        child, _ = cross.child(chosen)

        lost = set(before) - set(visits_of(child))
        is_lost |= bool(lost)
        price = sum(_saved(one, stop, problem) for stop in sorted(lost))
        dearer = periodic_cost(child, problem) - periodic_cost(one, problem) + LOST * price
        assert isclose(cross.dearer(chosen), dearer, abs_tol=1e-6)

    assert is_lost


def _saved(plan: PeriodicPlan, stop: int, problem: PeriodicProblem) -> float:
    """What leaving a stop out of all its tours saves."""
    without = PeriodicPlan(
        tours=tuple(
            replace(tour, stops=tuple(other for other in tour.stops if other != stop))
            for tour in plan.tours
        )
    )
    return periodic_cost(plan, problem) - periodic_cost(without, problem)


@pytest.mark.parametrize("seed", SEEDS)
def test_taking_over_every_tour_makes_the_other_plan(seed: int) -> None:
    cross, (one, other, _) = crossing(seed), plans(seed)
    everything = frozenset(cross.differing())

    child, _ = cross.child(everything)

    assert make_plan(child.tours) == make_plan(other.tours)
    change = periodic_cost(other, week(seed)) - periodic_cost(one, week(seed))
    assert isclose(cross.dearer(everything), change, abs_tol=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_grows_around_a_tour_seems_no_dearer_than_it(seed: int) -> None:
    cross = crossing(seed)

    grown = {slot: cross.grown(slot) for slot in cross.differing()}

    assert all(cost <= cross.dearer(frozenset({slot})) for slot, (_, cost, _) in grown.items())
    assert all(cost == cross.dearer(chosen) for chosen, cost, _ in grown.values())
    assert max(len(chosen) for chosen, _, _ in grown.values()) > 1


@pytest.mark.parametrize("seed", SEEDS)
def test_a_tour_to_take_over_is_known_again_when_the_plan_has_changed(seed: int) -> None:
    """Several vehicles a day are numbered anew with every plan."""
    cross, other = crossing(seed), plans(seed)[1]
    slots = cross.differing()
    labels = frozenset(map(cross.label, slots[::2]))
    changed = breeding(seed)
    changed.go_on(lambda: False)

    again = Crossing.of(to_arrays(week(seed)), changed.best, other)

    chosen = again.labelled(labels)
    wanted = {label for label in labels if label[2] in [tour.stops for tour in other.tours]}
    alike = {again.label(slot) for slot in again.one if again.one[slot] == again.other[slot]}
    assert {again.label(slot) for slot in chosen} >= wanted - alike
    assert all(again.one[slot] != again.other[slot] for slot in chosen)
    assert all((*slot[:2], again.other[slot] or again.one[slot]) in labels for slot in chosen)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_stop_that_changes_is_near_a_change(seed: int) -> None:
    cross, (one, _, _) = crossing(seed), plans(seed)
    before = visits_of(one)

    for slot in cross.differing():
        child, near = cross.child(frozenset({slot}))

        after = visits_of(child)
        assert {stop for stop in before if after.get(stop) != before[stop]} <= set(near)


@pytest.mark.parametrize("seed", SEEDS)
def test_breeding_keeps_the_best_and_what_it_makes_is_lawful(seed: int) -> None:
    bred, problem = breeding(seed), week(seed)
    costs = [periodic_cost(plan, problem) for plan in plans(seed)]

    bred.go_on(lambda: False)

    assert not list(check_periodic_plan(bred.best, problem))
    assert periodic_cost(bred.best, problem) <= min(costs)


def test_some_plans_become_cheaper_by_breeding() -> None:
    gains = []
    for seed in SEEDS:
        bred, problem = breeding(seed), week(seed)
        before = periodic_cost(bred.best, problem)
        bred.go_on(lambda: False)
        gains.append(before - periodic_cost(bred.best, problem))

    assert max(gains) > 0


def test_the_same_numbers_breed_the_same_plan() -> None:
    first, again = breeding(1), breeding(1)
    first.go_on(lambda: False)
    again.go_on(lambda: False)

    assert first.best == again.best


def test_nothing_is_bred_once_time_is_over() -> None:
    bred = breeding(1)

    bred.go_on(lambda: True)

    assert bred.plans == list(plans(1))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_search_that_breeds_is_lawful_whatever_the_workers(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, few = week(seed), replace(BRED, waves=3, combined=50)
    monkeypatch.setattr(
        "busplan.planning.long_tours.solve.schedule_for", lambda _problem, _limits: few
    )

    alone = solve_periodic(problem, SearchLimits(work=0.3), seed=3, workers=1)
    beside = solve_periodic(problem, SearchLimits(work=0.3), seed=3, workers=2)

    assert alone.plan is not None
    assert not list(check_periodic_plan(alone.plan, problem))
    assert repr(alone) == repr(beside)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_search_that_breeds_goes_on_from_a_start(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = week(seed)
    start = solve_periodic(problem, SearchLimits(work=0.05), 1)
    few = replace(BRED, combined=50)
    monkeypatch.setattr(
        "busplan.planning.long_tours.solve.schedule_for", lambda _problem, _limits: few
    )

    found = solve_periodic(problem, SearchLimits(work=0.01), seed=2, start=start.plan)

    assert start.cost is not None
    assert found.cost is not None
    assert found.cost <= start.cost
