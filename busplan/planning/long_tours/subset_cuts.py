"""Subset-row cuts: of any three stops, tours that visit two or more add up to at most one.

A plan visits each stop once, so no two of its tours can both visit two of the same three stops;
half a tour here and half a tour there can (Jepsen, Petersen, Spoorendonk & Pisinger, Oper. Res.
56, 2008). A tour counts once for every two visits to the three.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from busplan.domain.periodic import PeriodicTour

Cut = tuple[int, int, int]
"""Three stops by number, each visited once in a plan, in ascending order."""
VIOLATED, TOGETHER = 0.08, 0.05
"""Least excess of a cut that is worth adding; least share of two stops in the same tours."""
CUTS_EACH, CUTS_AT_ONCE = 4, 150
"""Most new cuts that share a stop, and most altogether."""


def counted(cut: Cut, stops: tuple[int, ...]) -> int:
    """How often a tour of these stops counts in a cut."""
    return sum(stops.count(stop) for stop in cut) // 2


def find_cuts(
    shares: Mapping[PeriodicTour, float], once: Collection[int], known: Collection[Cut]
) -> list[Cut]:
    """The most violated cuts for tours driven in fractions, of stops visited once in a plan."""
    excess = _excess(shares, once)
    found: list[Cut] = []
    used: dict[int, int] = defaultdict(int)
    for cut, _ in sorted(excess.items(), key=lambda item: (-item[1], item[0])):
        if cut not in known and all(used[stop] < CUTS_EACH for stop in cut):
            found.append(cut)
            for stop in cut:
                used[stop] += 1
        if len(found) == CUTS_AT_ONCE:
            break
    return found


def _excess(shares: Mapping[PeriodicTour, float], once: Collection[int]) -> dict[Cut, float]:
    """By how much each violated cut of stops that go together is exceeded."""
    visiting: dict[int, list[tuple[PeriodicTour, float]]] = defaultdict(list)
    together: dict[tuple[int, int], float] = defaultdict(float)
    for tour, share in shares.items():
        stops = sorted(set(tour.stops) & set(once))
        for stop in stops:
            visiting[stop].append((tour, share))
        for pair in combinations(stops, 2):
            together[pair] += share
    excess = {}
    for cut in set(_candidates(together)):
        tours = {tour: share for stop in cut for tour, share in visiting[stop]}
        over = sum(share * counted(cut, tour.stops) for tour, share in tours.items()) - 1
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
