"""From chosen columns and crews to a plan."""

from collections.abc import Sequence
from datetime import date

from busplan.domain.fleet import Bus, BusId, CrewId
from busplan.domain.plan import Break, Duty, Plan, Tour, Visit, visit_id
from busplan.domain.problem import PlanningProblem
from busplan.planning.weeks.candidates import Candidate
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.selection import Choice
from busplan.planning.weeks.tours import Column


def make_plan(master: Master, choice: Choice) -> Plan:
    """The plan that the choice stands for, tours by date and bus."""
    problem = master.problem
    people = _people(master, choice)
    columns = [master.columns[number] for number in choice.tours]
    tours = [
        _tour(column, master.candidates, problem, people[column.bus_id, column.service_date])
        for column in columns
    ]
    order = {bus.id: number for number, bus in enumerate(problem.buses)}
    tours.sort(key=lambda tour: (tour.service_date, order[tour.bus_id]))
    return Plan(
        county=problem.county,
        first_day=problem.first_day,
        weeks=problem.weeks,
        tours=tuple(tours),
    )


def _people(master: Master, choice: Choice) -> dict[tuple[BusId, date], list[CrewId]]:
    people: dict[tuple[BusId, date], list[CrewId]] = {}
    for (person_id, bus_id, day), number in master.duties.items():
        if choice.values[number]:
            people.setdefault((bus_id, day), []).append(CrewId(person_id))
    for (bus_id, _), crew in people.items():
        licence = master.problem.bus_by_id[bus_id].licence
        crew.sort(key=lambda p: (licence not in master.problem.crew_by_id[p].licences, p))
    return people


def _tour(
    column: Column,
    candidates: Sequence[Candidate],
    problem: PlanningProblem,
    people: Sequence[CrewId],
) -> Tour:
    bus = problem.bus_by_id[column.bus_id]
    timeline = column.timeline
    visits = tuple(
        _visit(column, place, candidates[index], bus, problem)
        for place, index in enumerate(column.visits)
    )
    duties = tuple(
        Duty(
            crew_id=person,
            drives=number == 0,
            start_min=timeline.start_min,
            end_min=timeline.end_min,
            breaks=tuple(Break(start_min=a, end_min=b) for a, b in timeline.breaks[number]),
        )
        for number, person in enumerate(people)
    )
    return Tour(
        bus_id=bus.id,
        service_date=column.service_date,
        depart_min=timeline.start_min + bus.prepare_min,
        return_min=timeline.end_min - bus.finish_min,
        visits=visits,
        duties=duties,
        drive_min=column.drive_min,
        length_m=column.length_m,
    )


def _visit(
    column: Column, place: int, candidate: Candidate, bus: Bus, problem: PlanningProblem
) -> Visit:
    opened = column.timeline.opens[place]
    close_min = opened + candidate.service_min
    return Visit(
        id=visit_id(column.service_date, bus.id, place + 1),
        demand_id=candidate.demand_id,
        stop_id=candidate.stop_id,
        arrival_min=opened - bus.set_up_min,
        open_min=opened,
        close_min=close_min,
        departure_min=close_min + bus.tear_down_min + column.timeline.stays[place],
        block_id=candidate.block_id,
        level=problem.demand_by_id[candidate.demand_id].level,
    )
