"""A tour is kept exactly where the people there could man it."""

from itertools import combinations

from hypothesis import event, given

from busplan.domain.fleet import CrewMember
from busplan.domain.problem import PlanningProblem
from busplan.planning.weeks.availability import people_of
from busplan.planning.weeks.candidates import list_candidates
from busplan.planning.weeks.tours import Column, list_tours
from tests.tiny_problems import tiny_problems


def could_man(crew: tuple[CrewMember, ...], column: Column, problem: PlanningProblem) -> bool:
    candidates, _ = list_candidates(problem)
    offers = {candidates[index].offer for index in column.visits}
    licence = problem.bus_by_id[column.bus_id].licence
    given_ = frozenset[str]().union(*(person.offers for person in crew))
    return offers <= given_ and any(licence in person.licences for person in crew)


@given(problem=tiny_problems())
def test_every_tour_listed_has_a_crew(problem: PlanningProblem) -> None:
    candidates, _ = list_candidates(problem)

    found = list_tours(problem, candidates)

    event("some" if len(found) else "none")
    for column in found:
        there = [
            person
            for person, windows in people_of(column.service_date, problem)
            if any(w.holds(column.timeline.start_min, column.timeline.end_min) for w in windows)
        ]
        assert any(could_man(crew, column, problem) for crew in combinations(there, column.adults))
