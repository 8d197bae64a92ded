"""What holds where there are many stops: only near tours are tried; nothing else differs."""

import numpy as np
import pytest

from busplan.domain.periodic import PeriodicPlan
from busplan.domain.periodic_check import check_periodic_plan
from busplan.planning.compiled import make_random
from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.chain import ITERATIONS, Search, make_search
from busplan.planning.long_tours.insertion import FEW, NEARBY, find_near, list_slots
from busplan.planning.long_tours.periodic_arrays import Arrays, to_arrays
from busplan.planning.long_tours.periodic_plans import load_plan
from busplan.planning.long_tours.recreate import complete
from busplan.planning.long_tours.ruin_recreate import anneal
from busplan.planning.long_tours.solve import solve_periodic
from busplan.planning.long_tours.tour_pool import make_pool
from busplan.planning.long_tours.tour_state import total_of
from tests.periodic_problems import week_of


def _searched(stops: int) -> tuple[Arrays, Search]:
    """A problem after a short search."""
    arrays = to_arrays(week_of(stops=stops, days=12, seed=1))
    search = make_search(arrays, make_random(1, 0))
    load_plan(arrays, search, PeriodicPlan(tours=()))
    assert complete(arrays, search)
    anneal(arrays, search, make_pool(arrays), 1e5)
    assert search.figures[ITERATIONS] > 0
    return arrays, search


def test_with_many_stops_near_tours_and_empty_ones_are_tried() -> None:
    arrays, search = _searched(FEW + 20)
    state, places = search.state, search.places

    for stop, day, only in ((0, 0, 0), (FEW, 11, 11), (0, 0, -1), (FEW, 11, -1)):
        find_near(arrays, state, stop, only, places)
        tried = places.slots[: list_slots(arrays, state, stop, 0, day, places)].tolist()

        near = set(state.slot_of[arrays.neighbours[stop, :NEARBY], day].tolist()) - {-1}
        slots = np.flatnonzero(arrays.slot_day == day)
        empty = {slot for slot in slots.tolist() if state.length[slot] == 0}
        assert sorted(tried) == sorted(near | empty)


def test_with_few_stops_every_tour_of_the_day_is_tried() -> None:
    arrays, search = _searched(40)

    tried = list_slots(arrays, search.state, 3, 0, 5, search.places)

    assert search.places.slots[:tried].tolist() == np.flatnonzero(arrays.slot_day == 5).tolist()


@pytest.mark.parametrize("stops", [40, FEW + 20])
def test_totals_kept_step_by_step_are_those_added_anew(stops: int) -> None:
    arrays, search = _searched(stops)
    kept = search.totals.copy()

    total_of(arrays, search.state, search.totals)

    assert kept == pytest.approx(search.totals, abs=1e-6)


def test_a_large_week_is_planned_lawfully_whatever_the_workers() -> None:
    problem = week_of(stops=FEW + 20, days=12, seed=2)

    alone = solve_periodic(problem, SearchLimits(work=1.0), seed=3, workers=1)
    beside = solve_periodic(problem, SearchLimits(work=1.0), seed=3, workers=2)

    assert alone.plan is not None
    assert list(check_periodic_plan(alone.plan, problem)) == []
    assert repr(alone) == repr(beside)
