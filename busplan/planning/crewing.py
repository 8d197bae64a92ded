"""Who goes with which tour: the crew rows of the master problem."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from busplan.domain.dates import Window, monday_of
from busplan.domain.fleet import BusId, CrewId, CrewMember
from busplan.domain.objective import balance_points
from busplan.domain.problem import PlanningProblem
from busplan.planning.availability import people_of, rested_from
from busplan.planning.candidates import Candidate
from busplan.planning.rows import Program, Variable
from busplan.planning.tours import Column

BusDay = tuple[BusId, date]
DutyVariables = dict[tuple[str, BusId, date], int]


@dataclass(frozen=True, slots=True)
class _BusDay:
    """One bus on one day: its tours, by number, and the people there with their stretches."""

    bus_id: BusId
    day: date
    tours: Sequence[int]
    people: Sequence[tuple[CrewMember, tuple[Window, ...]]]

    @property
    def key(self) -> BusDay:
        return self.bus_id, self.day


def add_crews(
    program: Program,
    problem: PlanningProblem,
    candidates: Sequence[Candidate],
    columns: Sequence[Column],
) -> DutyVariables:
    """State crews of all tours; returns the variable of each (person, bus, day)."""
    tours: defaultdict[BusDay, list[int]] = defaultdict(list)
    for number, column in enumerate(columns):
        tours[column.bus_id, column.service_date].append(number)
    entries: defaultdict[tuple[CrewId, BusId, date], list[tuple[int, int]]] = defaultdict(list)
    for bus_day, numbers in tours.items():
        here = _BusDay(*bus_day, numbers, list(people_of(bus_day[1], problem)))
        _count_crew(program, problem, columns, here, entries)
        _match_offers(program, candidates, columns, here, entries)
        _match_shifts(program, columns, here, entries)
        for person, _ in here.people:
            once = program.row(("one_duty", person.id, here.day), upper=1)
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
    columns: Sequence[Column],
    here: _BusDay,
    entries: Entries,
) -> None:
    """As many people as the tour has adults, at least one of them licensed."""
    licence = problem.bus_by_id[here.bus_id].licence
    count = program.row(("crew_size", *here.key), lower=0, upper=0)
    drivers = program.row(("licence", *here.key), lower=0)
    program.add_tours(count, here.tours, [-columns[number].adults for number in here.tours])
    program.add_tours(drivers, here.tours, -1)
    for person, _ in here.people:
        entries[person.id, *here.key].append((count, 1))
        if licence in person.licences:
            entries[person.id, *here.key].append((drivers, 1))


def _match_offers(
    program: Program,
    candidates: Sequence[Candidate],
    columns: Sequence[Column],
    here: _BusDay,
    entries: Entries,
) -> None:
    """Somebody on board can give every offer of the tour."""
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for number in here.tours:
        for offer in sorted({candidates[index].offer for index in columns[number].visits}):
            wanted[offer].append(number)
    for offer, tours in wanted.items():
        able = [person.id for person, _ in here.people if offer in person.offers]
        if len(able) < len(here.people):
            row = program.row(("offers", offer, *here.key), lower=0)
            program.add_tours(row, tours, -1)
            for person_id in able:
                entries[person_id, *here.key].append((row, 1))


def _match_shifts(
    program: Program,
    columns: Sequence[Column],
    here: _BusDay,
    entries: Entries,
) -> None:
    """A person goes only with tours inside their shifts and after their rest."""
    for person, windows in here.people:
        fitting = [
            number
            for number in here.tours
            if any(
                window.holds(columns[number].timeline.start_min, columns[number].timeline.end_min)
                for window in windows
            )
        ]
        if len(fitting) < len(here.tours):
            row = program.row(("shifts", person.id, *here.key), upper=0)
            entries[person.id, *here.key].append((row, 1))
            program.add_tours(row, fitting, -1)


def _keep_rest(
    program: Program,
    problem: PlanningProblem,
    columns: Sequence[Column],
    tours: defaultdict[BusDay, list[int]],
    entries: Entries,
) -> None:
    """Nobody goes with a late tour and, before their rest is over, with one of the next day.

    For every early start of the next day: if one of the tours ending too late for it and one of
    those starting by then are both chosen, the two are "close", and nobody goes with both.
    """
    rest_min = problem.parameters.rest_min
    for (bus_id, day), numbers in list(tours.items()):
        tomorrow = day + timedelta(days=1)
        rested = {
            n: rested_from(day, columns[n].timeline.end_min, tomorrow, rest_min) for n in numbers
        }
        last = max(rested.values())
        for other in problem.buses:
            early = [
                number
                for number in tours.get((other.id, tomorrow), ())
                if columns[number].timeline.start_min < last
            ]
            for start in sorted({columns[number].timeline.start_min for number in early}):
                late = [n for n in numbers if rested[n] > start]
                soon = [n for n in early if columns[n].timeline.start_min <= start]
                name = ("close", bus_id, other.id, day, start)
                both = program.row(name, upper=1)
                program.add_tours(both, late + soon)
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
    columns: Sequence[Column],
    tours: defaultdict[BusDay, list[int]],
    entries: Entries,
) -> None:
    """Working minutes of a person in a week stay within their cap."""
    caps = {p.id: p.week_max_min for p in problem.crew if p.week_max_min is not None}
    for person_id, bus_id, day in [key for key in entries if key[0] in caps]:
        numbers = tours[bus_id, day]
        work = [columns[number].work_min for number in numbers]
        most = max(work)
        # minutes >= work of the tour, if the person goes with it
        row = program.row(("crew_minutes", person_id, bus_id, day), upper=most)
        program.add_tours(row, numbers, work)
        entries[person_id, bus_id, day].append((row, most))
        week = program.row(("crew_week", person_id, monday_of(day)), upper=caps[person_id])
        name = f"minutes {person_id} {bus_id} {day}"
        program.add(Variable(name=name, upper=most, entries=((row, -1), (week, 1))))
