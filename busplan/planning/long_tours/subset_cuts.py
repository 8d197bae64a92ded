"""Subset-row cuts: of any three stops, tours that visit two or more add up to at most one.

A plan visits each stop once, so no two of its tours can both visit two of the same three stops;
half a tour here and half a tour there can (Jepsen, Petersen, Spoorendonk & Pisinger, Oper. Res.
56, 2008). A tour counts once for every two visits to the three. Each cut has a memory, a set of
stops: a tour that leaves it forgets a single visit. That leaves pricing little to tell apart, and
cuts off the same fractions as long as the memory holds what lies between two visits (Pecin,
Pessoa, Poggi & Uchoa, Math. Program. Comput. 9, 2017).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations

from busplan.domain.periodic import PeriodicTour

Cut = tuple[int, int, int]
"""Three stops by number, each visited once in a plan, in ascending order."""
Memory = frozenset[int]
"""Stops by number, the three of the cut among them."""
VIOLATED, TOGETHER = 0.08, 0.05
"""Least excess of a cut that is worth adding; least share of two stops in the same tours."""
CUTS_EACH, CUTS_AT_ONCE = 4, 500
"""Most new cuts that share a stop, and most altogether."""


def counted(cut: Cut, memory: Memory, stops: Iterable[int]) -> int:
    """How often a tour of these stops, in their order, counts in a cut."""
    visits, times = 0, 0
    for stop in stops:
        if stop not in memory:
            visits = 0
        elif stop in cut:
            visits += 1
            if visits == 2:
                visits, times = 0, times + 1
    return times


def between(cut: Cut, stops: Iterable[int]) -> set[int]:
    """What must be remembered for a tour to count in a cut as often as it can."""
    needed: set[int] = set()
    passed: list[int] | None = None
    for stop in stops:
        if stop in cut and passed is not None:
            needed.update(passed)
            passed = None
        elif stop in cut:
            passed = []
        elif passed is not None:
            passed.append(stop)
    return needed


def find_cuts(
    shares: Mapping[PeriodicTour, float], once: Collection[int], known: Mapping[Cut, Memory]
) -> dict[Cut, Memory]:
    """The most violated cuts for tours driven in fractions, of stops visited once in a plan.

    Known ones are among them where more must be remembered to tell that they are violated.
    """
    visiting: dict[int, list[PeriodicTour]] = defaultdict(list)
    for tour in shares:
        for stop in set(tour.stops):
            visiting[stop].append(tour)
    excess = _excess(shares, visiting, once)
    found: dict[Cut, Memory] = {}
    used: Counter[int] = Counter()
    for cut, _ in sorted(excess.items(), key=lambda item: (-item[1], item[0])):
        if any(used[stop] >= CUTS_EACH for stop in cut):
            continue
        memory = known.get(cut, Memory(cut)).union(
            *(between(cut, tour.stops) for stop in cut for tour in visiting[stop])
        )
        if memory != known.get(cut):
            found[cut] = memory
            used.update(cut)
        if len(found) == CUTS_AT_ONCE:
            break
    return found


def _excess(
    shares: Mapping[PeriodicTour, float],
    visiting: Mapping[int, list[PeriodicTour]],
    once: Collection[int],
) -> dict[Cut, float]:
    """By how much each violated cut of stops that go together is exceeded, all remembered."""
    together: dict[tuple[int, int], float] = defaultdict(float)
    for tour, share in shares.items():
        for pair in combinations(sorted(set(tour.stops) & set(once)), 2):
            together[pair] += share
    excess = {}
    for cut in set(_candidates(together)):
        tours = dict.fromkeys(tour for stop in cut for tour in visiting[stop])
        times = {tour: sum(tour.stops.count(stop) for stop in cut) // 2 for tour in tours}
        over = sum(shares[tour] * often for tour, often in times.items()) - 1
        if over > VIOLATED:
            excess[cut] = over
    return excess


def _candidates(together: Mapping[tuple[int, int], float]) -> Iterator[Cut]:
    """Three stops of which one goes together with both others."""
    beside: dict[int, set[int]] = defaultdict(set)
    for (one, other), share in together.items():
        if share > TOGETHER:
            beside[one].add(other)
            beside[other].add(one)
    for stop, others in beside.items():
        for one, other in combinations(sorted(others), 2):
            first, second, third = sorted((stop, one, other))
            yield first, second, third
