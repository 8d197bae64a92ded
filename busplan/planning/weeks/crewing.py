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
from busplan.planning.weeks.availability import people_of, rested_from
from busplan.planning.weeks.break_law import Ints
from busplan.planning.weeks.day_times import NEVER
from busplan.planning.weeks.rows import MINUTES, Program, Shift, Variable
from busplan.planning.weeks.tours import TourPool

BusDay = tuple[BusId, date]
DutyVariables = dict[tuple[str, BusId, date], int]


Entries = defaultdict[tuple[CrewId, BusId, date], list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class _BusDay:
    """One bus on one day: its slot, its tours, and the people there with their stretches."""

    bus_id: BusId
    day: date
    slot: int
    tours: Ints
    people: Sequence[tuple[CrewMember, tuple[Window, ...]]]

    @property
    def key(self) -> BusDay:
        return self.bus_id, self.day


def add_crews(program: Program, problem: PlanningProblem, columns: TourPool) -> DutyVariables:
    """State crews of all tours; returns the variable of each (person, bus, day)."""
    entries: Entries = defaultdict(list)
    bus_days = {}
    for slot, tours in columns.by_slot.items():
        bus_id, day = columns.slot_at(slot)
        here = _BusDay(bus_id, day, slot, tours, list(people_of(day, problem)))
        bus_days[here.key] = here
        _count_crew(program, problem, here, entries)
        _match_offers(program, columns, here, entries)
        _match_shifts(program, columns, here, entries)
        for person, _ in here.people:
            once = program.row(("one_duty", person.id, day), upper=1)
            entries[person.id, *here.key].append((once, 1))
    _keep_rest(program, problem, columns, bus_days, entries)
    _share(program, problem, entries)
    _cap_weeks(program, problem, columns, bus_days, entries)
    return {
        key: program.add(Variable(name=" ".join(map(str, key)), integer=True, entries=tuple(found)))
        for key, found in entries.items()
    }


def _count_crew(
    program: Program, problem: PlanningProblem, here: _BusDay, entries: Entries
) -> None:
    """As many people as the tour has adults, at least one of them licensed."""
    licence = problem.bus_by_id[here.bus_id].licence
    count = program.row(("crew_size", *here.key), lower=0, upper=0)
    drivers = program.row(("licence", *here.key), lower=0)
    program.tellings.adults.append((here.slot, count, -1))
    program.tellings.slots.append((here.slot, drivers, -1))
    for person, _ in here.people:
        entries[person.id, *here.key].append((count, 1))
        if licence in person.licences:
            entries[person.id, *here.key].append((drivers, 1))


def _match_offers(program: Program, columns: TourPool, here: _BusDay, entries: Entries) -> None:
    """Somebody on board can give every offer of the tour."""
    visits = columns.tours.visits[here.tours]
    for number in np.unique(columns.offer_of[visits[visits != NEVER]]).tolist():
        offer = columns.offer_names[number]
        able = [person.id for person, _ in here.people if offer in person.offers]
        if len(able) < len(here.people):
            row = program.row(("offers", offer, *here.key), lower=0)
            program.tellings.offers.append((here.slot * columns.offers + number, row, -1))
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
            program.tellings.shifts.append(Shift(here.slot, windows, row, -1))


def _keep_rest(
    program: Program,
    problem: PlanningProblem,
    columns: TourPool,
    bus_days: dict[BusDay, _BusDay],
    entries: Entries,
) -> None:
    """Nobody goes with a late tour and, before their rest is over, with one of the next day.

    Two chosen tours are "close" if, for some early start of the next day, the first ends too late
    for it and the second starts by then; nobody goes with both.
    """
    rest_min = problem.parameters.rest_min
    for today in bus_days.values():
        tomorrow = today.day + timedelta(days=1)
        ends = np.unique(columns.tours.span[today.tours, 1])
        rested = np.array([rested_from(today.day, e, tomorrow, rest_min) for e in ends.tolist()])
        for other in problem.buses:
            then = bus_days.get((other.id, tomorrow))
            if then is None:
                continue
            starts = np.unique(columns.tours.span[then.tours, 0])
            # The last start that an end is too late for speaks for all before it.
            too_late = {
                int(ends[rested > start][0]): start
                for start in starts[starts < rested.max()].tolist()
            }
            close = [
                (_tell_close(program, today, then, end, start), -1)
                for end, start in too_late.items()
            ]
            if close:
                name = (today.bus_id, other.id, today.day)
                close += _keep_apart(program, problem, today, then, entries)
                program.add(
                    Variable(name=" ".join(map(str, ("close", *name))), entries=tuple(close))
                )


def _tell_close(program: Program, today: _BusDay, then: _BusDay, end: int, start: int) -> int:
    """The row that makes tours close if one ends at ``end`` or later, one starts by ``start``."""
    both = program.row(("close", today.bus_id, then.bus_id, today.day, start), upper=1)
    program.rare.add(both)
    program.tellings.late.append((today.slot * MINUTES + end, both, 1))
    program.tellings.early.append((then.slot * MINUTES + start, both, 1))
    return both


def _keep_apart(
    program: Program,
    problem: PlanningProblem,
    today: _BusDay,
    then: _BusDay,
    entries: Entries,
) -> list[tuple[int, int]]:
    """Rows that let nobody go with both tours; their entries for tours that are close."""
    found = []
    for person in problem.crew:
        first, second = (person.id, *today.key), (person.id, *then.key)
        if first in entries and second in entries:
            row = program.row(("rest", person.id, today.bus_id, then.bus_id, today.day), upper=2)
            program.rare.add(row)
            found.append((row, 1))
            entries[first].append((row, 1))
            entries[second].append((row, 1))
    return found


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
    bus_days: dict[BusDay, _BusDay],
    entries: Entries,
) -> None:
    """Working minutes of a person in a week stay within their cap."""
    caps = {p.id: p.week_max_min for p in problem.crew if p.week_max_min is not None}
    for person_id, bus_id, day in [key for key in entries if key[0] in caps]:
        here = bus_days[bus_id, day]
        most = int(columns.tours.span[here.tours, 2].max())
        # minutes >= work of the tour, if the person goes with it
        row = program.row(("crew_minutes", person_id, bus_id, day), upper=most)
        program.tellings.work.append((here.slot, row, 1))
        entries[person_id, bus_id, day].append((row, most))
        week = program.row(("crew_week", person_id, monday_of(day)), upper=caps[person_id])
        name = f"minutes {person_id} {bus_id} {day}"
        program.add(Variable(name=name, upper=most, entries=((row, -1), (week, 1))))
