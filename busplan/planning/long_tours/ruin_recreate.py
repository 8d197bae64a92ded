"""Ruin and recreate over patterns and the tours of all days, under simulated annealing.

Slack induction by string removals (Christiaens & Vanden Berghe, Transp. Sci. 54, 2020), carried
over to several days: a stop that leaves on all its days may come back in another pattern. Now and
then two tours change vehicles instead (``exchange``), or some stops of two tours change places
(``swap``). Limits are soft; their weights rise while they are broken.
"""

from math import exp, log

from busplan.planning.compiled import compiled, draw
from busplan.planning.long_tours.chain import (
    BEST,
    ITERATIONS,
    LAWFUL,
    LOOKED,
    REMOVED,
    TEMPERATURE,
    TOUCHED,
    Search,
    is_lawful,
    keep_best,
    penalised,
)
from busplan.planning.long_tours.exchange import EXCHANGED, exchange
from busplan.planning.long_tours.periodic_arrays import TIMED, Arrays
from busplan.planning.long_tours.recreate import recreate
from busplan.planning.long_tours.ruin import ruin
from busplan.planning.long_tours.swap import swap
from busplan.planning.long_tours.tour_pool import Pool, remember
from busplan.planning.long_tours.tour_state import (
    COST,
    DURATION,
    LOAD,
    WARP,
    add_slot,
    copy_tour,
    occupy,
    total_of,
)

ADAPT_EVERY = 100
HARDER, SOFTER = 1.04, 0.97
"""Weights grow while a limit is exceeded at the check and shrink while it is kept."""
REMEMBERED = 1.05
"""Tours are kept while the plan costs at most this many times the best."""


@compiled
def anneal(arrays: Arrays, search: Search, pool: Pool, budget: float) -> None:
    """Search at one temperature until so many places have been looked at."""
    total_of(arrays, search.state, search.totals)
    end = search.figures[LOOKED] + budget
    while search.figures[LOOKED] < end:
        _step(arrays, search, pool)
        search.figures[LOOKED] += 20.0  # what every step takes
        search.figures[ITERATIONS] += 1.0
        if search.figures[ITERATIONS] % ADAPT_EVERY == 0.0:
            _adapt(search)


@compiled
def cool(start: float, end: float, share: float) -> float:
    """The temperature after a share of the search."""
    return start * exp(log(end / start) * share)


@compiled
def _step(arrays: Arrays, search: Search, pool: Pool) -> None:
    """Ruin and recreate, or exchange two tours or some stops of two; keep or undo."""
    search.counts[:] = 0
    before = penalised(search.totals, search.weights)
    for figure in range(4):
        search.old[figure] = search.totals[figure]
    if arrays.exchanges and draw(search.random) < EXCHANGED:
        placed = exchange(arrays, search)
    elif arrays.swaps > 0.0 and draw(search.random) < arrays.swaps:
        placed = swap(arrays, search)
    else:
        ruin(arrays, search)
        placed = recreate(arrays, search)
    for item in range(search.counts[TOUCHED]):
        add_slot(arrays, search.state, search.touched[item], search.totals, 1.0)
        search.is_touched[search.touched[item]] = False
    after = penalised(search.totals, search.weights)
    threshold = before - search.figures[TEMPERATURE] * log(1.0 - draw(search.random))
    if not placed or after >= threshold:
        _undo(arrays, search)
        for figure in range(4):
            search.totals[figure] = search.old[figure]
        return
    if search.totals[COST] < search.figures[BEST] - LAWFUL and is_lawful(search.totals):
        keep_best(search)
    if after < REMEMBERED * search.figures[BEST]:
        _remember_touched(arrays, search, pool)


@compiled
def _undo(arrays: Arrays, search: Search) -> None:
    """Bring back the tours and patterns from before this step."""
    state = search.state
    for item in range(search.counts[REMOVED]):
        stop, day = search.removed[item, 0], search.removed[item, 1]
        state.pattern[stop] = search.removed[item, 2]
        for other in range(arrays.patterns.shape[1]):
            if day < 0 or other == day:
                state.slot_of[stop, other] = -1
    for item in range(search.counts[TOUCHED]):
        slot = search.touched[item]
        copy_tour(search.saved, state, slot, arrays.timing == TIMED)
        occupy(arrays, state, slot)


@compiled
def _remember_touched(arrays: Arrays, search: Search, pool: Pool) -> None:
    """Keep the lawful ones among the tours just changed."""
    state = search.state
    for item in range(search.counts[TOUCHED]):
        slot = search.touched[item]
        group = arrays.slot_group[slot]
        sums = state.sums[slot]
        if (
            state.length[slot] > 0
            and sums[LOAD] <= arrays.capacity[group] + LAWFUL
            and sums[DURATION] <= arrays.max_duration[group] + LAWFUL
            and sums[WARP] < LAWFUL
        ):
            score = penalised(search.totals, search.weights)
            remember(pool, state.tours[slot], state.length[slot], group, sums[COST], score)


@compiled
def _adapt(search: Search) -> None:
    for limit in (LOAD, DURATION, WARP):
        exceeded = search.totals[limit] >= LAWFUL
        changed = search.weights[limit] * (HARDER if exceeded else SOFTER)
        search.weights[limit] = max(changed, search.floors[limit])
