"""A full pool makes room and keeps the tours of the best plans."""

import numpy as np

from busplan.planning.long_tours.periodic_arrays import to_arrays
from busplan.planning.long_tours.tour_pool import best_rows, make_pool, remember, shrink, stops_of
from tests.periodic_problems import week_of


def test_a_shrunk_pool_holds_the_better_half_and_takes_new_tours() -> None:
    arrays = to_arrays(week_of(stops=6, days=2, seed=1))
    pool = make_pool(arrays)

    def keep(stops: list[int], score: float) -> None:
        tour = np.array([len(arrays.allowed), *stops], dtype=np.int32)
        remember(pool, tour, len(stops), 0, 10.0, score)

    keep([0, 1], 3.0)
    keep([2], 1.0)
    keep([3, 4, 5], 2.0)
    keep([1], 4.0)

    pool = shrink(pool, arrays)
    keep([4], 0.5)

    assert [stops_of(pool, row) for row in best_rows(pool, 9)] == [(4,), (2,), (3, 4, 5)]
