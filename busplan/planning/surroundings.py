"""A chosen set of tours with the tours near it, to see what one more visit would change."""

from dataclasses import dataclass
from datetime import date

from busplan.domain.fleet import BusId
from busplan.planning.master import Master
from busplan.planning.selection import Choice

Places = frozenset[tuple[str, str]]
"""Demand records and stops of one tour."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A choice with what lies near it.

    ``chosen`` are the places of each chosen tour, ``parts`` the tours with a part of them and
    nothing else, ``carriers`` the tours that serve a demand record.
    """

    master: Master
    choice: Choice
    chosen: dict[tuple[BusId, date], Places]
    parts: tuple[int, ...]
    carriers: dict[str, list[int]]

    @staticmethod
    def of(master: Master, choice: Choice) -> "Surroundings":
        """The surroundings of a choice, in one look at every tour."""
        columns = master.columns
        chosen = {
            (columns[t].bus_id, columns[t].service_date): places_of(t, master) for t in choice.tours
        }
        parts: list[int] = []
        carriers: dict[str, list[int]] = {}
        for number, column in enumerate(columns):
            places = places_of(number, master)
            if places <= chosen.get((column.bus_id, column.service_date), frozenset()):
                parts.append(number)
            for demand_id, _ in places:
                carriers.setdefault(demand_id, []).append(number)
        return Surroundings(master, choice, chosen, tuple(parts), carriers)

    def pool(self, demand_id: str) -> list[int]:
        """Tours that serve the demand record beside nothing new, and parts of chosen tours."""
        pool = {*self.choice.tours, *self.parts}
        for number in self.carriers.get(demand_id, ()):
            column = self.master.columns[number]
            now = self.chosen.get((column.bus_id, column.service_date), frozenset())
            others = {place for place in places_of(number, self.master) if place[0] != demand_id}
            if others <= now:
                pool.add(number)
        return sorted(pool)


def places_of(tour: int, master: Master) -> Places:
    """Demand records and stops that a tour serves."""
    visits = (master.candidates[index] for index in master.columns[tour].visits)
    return frozenset((visit.demand_id, visit.stop_id) for visit in visits)
