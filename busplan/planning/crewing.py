"""Who goes with which tour: the crew rows of the master problem."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from busplan.domain.dates import Window, monday_of
from busplan.domain.fleet import BusId, CrewId, CrewMember
from busplan.domain.objective import balance_points
from busplan.domain.problem import PlanningProblem
from busplan.planning.availability import people_of, rested_from
from busplan.planning.candidates import Candidate
from busplan.planning.rows import Ints, Program, Variable
from busplan.planning.tours import TourPool, grouped

BusDay = tuple[BusId, date]
DutyVariables = dict[tuple[str, BusId, date], int]


@dataclass(frozen=True, slots=True)
class _BusDay:
    """One bus on one day: its tours, by number, and the people there with their stretches."""

    bus_id: BusId
    day: date
    tours: Ints
    people: Sequence[tuple[CrewMember, tuple[Window, ...]]]

    @property
    def key(self) -> BusDay:
        return self.bus_id, self.day


def add_crews(
    program: Program,
    problem: PlanningProblem,
    candidates: Sequence[Candidate],
    columns: TourPool,
) -> DutyVariables:
    """State crews of all tours; returns the variable of each (person, bus, day)."""
    tours = columns.by_bus_and_day()
    offers = _offers(candidates, columns)
    entries: Entries = defaultdict(list)
    for (bus_id, day), numbers in tours.items():
        here = _BusDay(bus_id, day, numbers, list(people_of(day, problem)))
        _count_crew(program, problem, columns, here, entries)
        _match_offers(program, offers, here, entries)
        _match_shifts(program, columns, here, entries)
        for person, _ in here.people:
            once = program.row(("one_duty", person.id, day), upper=1)
            entries[person.id, *here.key].append((once, 1))
    _keep_rest(program, problem, columns, tours, entries)
    _share(program, problem, entries)
    _cap_weeks(program, problem, columns, tours, entries)
    return {
        key: program.add(Variable(name=" ".join(map(str, key)), integer=True, entries=tuple(found)))
        for key, found in entries.items()
    }


Entries = defaultdict[tuple[CrewId, BusId, date], list[tuple[int, int]]]


def _count_crew(
    program: Program,
    problem: PlanningProblem,
    columns: TourPool,
    here: _BusDay,
    entries: Entries,
) -> None:
    """As many people as the tour has adults, at least one of them licensed."""
    licence = problem.bus_by_id[here.bus_id].licence
    count = program.row(("crew_size", *here.key), lower=0, upper=0)
    drivers = program.row(("licence", *here.key), lower=0)
    program.add_tours(count, here.tours, -columns.tours.adults[here.tours])
    program.add_tours(drivers, here.tours, -1)
    for person, _ in here.people:
        entries[person.id, *here.key].append((count, 1))
        if licence in person.licences:
            entries[person.id, *here.key].append((drivers, 1))


def _offers(candidates: Sequence[Candidate], columns: TourPool) -> dict[str, Ints]:
    """The tours, rising, on which somebody must be able to give an offer."""
    offers = sorted({candidate.offer for candidate in candidates})
    number = {offer: place for place, offer in enumerate(offers)}
    offer_of = np.array([number[candidate.offer] for candidate in candidates], dtype=np.int64)
    tours, visits = columns.visits()
    return {offers[key]: np.unique(there) for key, there in grouped(offer_of[visits], tours)}


def _match_offers(
    program: Program, offers: dict[str, Ints], here: _BusDay, entries: Entries
) -> None:
    """Somebody on board can give every offer of the tour."""
    for offer, everywhere in offers.items():
        able = [person.id for person, _ in here.people if offer in person.offers]
        tours = np.intersect1d(everywhere, here.tours, assume_unique=True)
        if len(tours) and len(able) < len(here.people):
            row = program.row(("offers", offer, *here.key), lower=0)
            program.add_tours(row, tours, -1)
            for person_id in able:
                entries[person_id, *here.key].append((row, 1))


def _match_shifts(program: Program, columns: TourPool, here: _BusDay, entries: Entries) -> None:
    """A person goes only with tours inside their shifts and after their rest."""
    starts, ends = columns.tours.span[here.tours, 0], columns.tours.span[here.tours, 1]
    for person, windows in here.people:
        fits = np.zeros(len(here.tours), dtype=bool)
        for window in windows:
            fits |= (window.from_min <= starts) & (ends <= window.to_min)
        if not fits.all():
            row = program.row(("shifts", person.id, *here.key), upper=0)
            entries[person.id, *here.key].append((row, 1))
            program.add_tours(row, here.tours[fits], -1)


def _keep_rest(
    program: Program,
    problem: PlanningProblem,
    columns: TourPool,
    tours: dict[BusDay, Ints],
    entries: Entries,
) -> None:
    """Nobody goes with a late tour and, before their rest is over, with one of the next day.

    For every early start of the next day: if one of the tours ending too late for it and one of
    those starting by then are both chosen, the two are "close", and nobody goes with both.
    """
    for (bus_id, day), numbers in tours.items():
        tomorrow = day + timedelta(days=1)
        rested = _rested(columns.tours.span[numbers, 1], day, problem.parameters.rest_min)
        for other in problem.buses:
            others = tours.get((other.id, tomorrow))
            if others is None:
                continue
            starts = columns.tours.span[others, 0]
            for start in np.unique(starts[starts < rested.max()]).tolist():
                name = ("close", bus_id, other.id, day, start)
                both = program.row(name, upper=1)
                program.add_tours(
                    both, np.concatenate((numbers[rested > start], others[starts <= start]))
                )
                close = [(both, -1)]
                for person in problem.crew:
                    first, second = (person.id, bus_id, day), (person.id, other.id, tomorrow)
                    if first in entries and second in entries:
                        row = program.row(
                            ("rest", person.id, bus_id, other.id, day, start), upper=2
                        )
                        close.append((row, 1))
                        entries[first].append((row, 1))
                        entries[second].append((row, 1))
                program.add(Variable(name=" ".join(map(str, name)), entries=tuple(close)))


def _rested(ends: Ints, day: date, rest_min: int) -> Ints:
    """For each end, the minute of the next day from which rest is over."""
    known, inverse = np.unique(ends, return_inverse=True)
    tomorrow = day + timedelta(days=1)
    rested = [rested_from(day, end, tomorrow, rest_min) for end in known.tolist()]
    return np.array(rested, dtype=np.int64)[inverse]


def _share(program: Program, problem: PlanningProblem, entries: Entries) -> None:
    """Each further duty of a person in a week costs more."""
    weeks: defaultdict[tuple[CrewId, date], list[tuple[CrewId, BusId, date]]] = defaultdict(list)
    for key in entries:
        weeks[key[0], monday_of(key[2])].append(key)
    numbers = problem.parameters
    for (person_id, monday), keys in weeks.items():
        row = program.row(("balance", person_id, monday), upper=1)
        for key in keys:
            entries[key].append((row, 1))
        for count in range(2, len({key[2] for key in keys}) + 1):
            points = balance_points(count, numbers) - balance_points(count - 1, numbers)
            name = f"balance {person_id} {monday} {count}"
            program.add(Variable(name=name, cost=points, entries=((row, -1),)))


def _cap_weeks(
    program: Program,
    problem: PlanningProblem,
    columns: TourPool,
    tours: dict[BusDay, Ints],
    entries: Entries,
) -> None:
    """Working minutes of a person in a week stay within their cap."""
    caps = {p.id: p.week_max_min for p in problem.crew if p.week_max_min is not None}
    for person_id, bus_id, day in [key for key in entries if key[0] in caps]:
        numbers = tours[bus_id, day]
        work = columns.tours.span[numbers, 2]
        most = int(work.max())
        # minutes >= work of the tour, if the person goes with it
        row = program.row(("crew_minutes", person_id, bus_id, day), upper=most)
        program.add_tours(row, numbers, work)
        entries[person_id, bus_id, day].append((row, most))
        week = program.row(("crew_week", person_id, monday_of(day)), upper=caps[person_id])
        name = f"minutes {person_id} {bus_id} {day}"
        program.add(Variable(name=name, upper=most, entries=((row, -1), (week, 1))))
