"""The pricing of one bus's week: how little it costs at given duals, and weeks that pay.

First the knapsack that may visit a stop twice (``bus_weeks``), then labels without marks, which are
quick, and only where these find nothing new, labels with the marks that this week's cheapest
weeks repeat (``week_labels``).
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.bus_weeks import BusWeek, Cheapest, WeekSearch
from busplan.planning.weeks.relaxation import TOLERANCE
from busplan.planning.weeks.tour_rows import Floats
from busplan.planning.weeks.week_labels import Offers, least_after, weeks_below
from busplan.planning.weeks.week_marks import WeekMarks

KEYS = 6
"""Critical marks that the least cost of the days to come knows of."""
Tours = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PricedWeek:
    """Least costs of a bus's week; the true least, or a bound of it; weeks to enter; labels."""

    cheapest: Cheapest
    least: float
    tours: tuple[Tours, ...] = ()
    labels: int = 0


@dataclass
class WeekPricing:
    """``critical``: by the week's row, bits of the marks that its cheapest weeks have repeated."""

    search: WeekSearch
    marks: WeekMarks
    critical: dict[int, list[int]] = field(default_factory=dict)

    def price(
        self,
        week: BusWeek,
        reduced: Floats,
        paid: float,
        known: Container[Tours],
        *,
        exact: bool = True,
    ) -> PricedWeek:
        """The least costs of a bus's week, and unknown weeks that cost less than is ``paid``.

        Unless ``exact``, nothing is found that the quick search does not find.
        """
        cost = self.search.cheapest(week, reduced)
        most = paid - TOLERANCE
        if cost.value >= most:
            return PricedWeek(cost, cost.value)
        offers = [
            self._offers(tours, minutes, reduced[tours], with_tour < most)
            for tours, minutes, with_tour in zip(
                week.days, week.minutes, cost.with_tour, strict=True
            )
        ]
        after = [least[np.newaxis] for least in cost.after[1:]]
        quick = weeks_below(offers, after, most, exact=False)
        labels = quick.labels if quick is not None else 0
        new = () if quick is None else self.new(quick.tours, known)
        if new or not exact:
            return PricedWeek(cost, cost.value, new, labels)
        least = cost.value
        while True:
            critical = self.critical.setdefault(week.row, [])
            relaxed = [day._replace(marks=_only(day.marks, critical)) for day in offers]
            if critical:
                after = least_after(relaxed, week.cap_min, min(len(critical), KEYS))
            weeks = weeks_below(relaxed, after, most, exact=True)
            if weeks is None:
                return PricedWeek(cost, least, (), labels)
            labels += weeks.labels
            if not weeks.tours:
                return PricedWeek(cost, most, (), labels)
            least = max(least, weeks.costs[0])
            new, repeated = self.new(weeks.tours, known), self.marks.repeated(weeks.tours[0])
            if new or not repeated:
                return PricedWeek(cost, least, new, labels)
            critical += _bits(repeated)

    def new(self, weeks: Iterable[Tours], known: Container[Tours]) -> tuple[Tours, ...]:
        """The weeks that are not known yet and repeat no marked record."""
        return tuple(w for w in weeks if w not in known and not self.marks.repeated(w))

    def _offers(
        self, tours: Ints, minutes: Ints, cost: Floats, worthy: NDArray[np.bool_]
    ) -> Offers:
        """The worthy tours of a day that cost less than nothing."""
        chosen = np.flatnonzero(worthy & (cost < -TOLERANCE))
        tours = tours[chosen]
        return Offers(tours, minutes[chosen], cost[chosen], self.marks.of_tours[tours])


def _only(marks: Ints, critical: Sequence[int]) -> Ints:
    """The critical of some marks, as the first bits."""
    found = np.zeros_like(marks)
    for place, bit in enumerate(critical):
        found |= (marks >> bit & 1) << place
    return found


def _bits(marks: int) -> list[int]:
    return [bit for bit in range(marks.bit_length()) if marks >> bit & 1]
