"""Exchange whole tours between the days of a vehicle, so that more visits stay where they were.

A periodic plan costs the same on whichever days its tours are driven. Which of these plans a
search ends with is chance; people who wait at a stop would rather keep their day.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ortools.graph.python import linear_sum_assignment

from busplan.domain.periodic import PeriodicPlan, PeriodicProblem, PeriodicTour

Worth = Callable[[int, int], int]
"""How much it is worth that a stop, by its number, is visited on a day."""


def with_familiar_days(plan: PeriodicPlan, problem: PeriodicProblem, worth: Worth) -> PeriodicPlan:
    """The same tours, on days that are worth most together, group by group.

    Only tours whose stops are all visited once a cycle change their day: all others are bound to
    one another by patterns. Lawful if ``plan`` is.
    """
    free = [tour for tour in plan.tours if _is_free(tour, problem)]
    tours = [tour for tour in plan.tours if not _is_free(tour, problem)]
    taken = Counter((tour.group, tour.day) for tour in tours)
    for number, group in enumerate(problem.groups):
        own = [tour for tour in free if tour.group == number]
        slots = [
            day
            for day, count in enumerate(group.vehicles)
            for _ in range(count - taken[number, day])
        ]
        tours += _assigned(own, slots, problem, worth)
    return PeriodicPlan(tours=tuple(tours))


def _is_free(tour: PeriodicTour, problem: PeriodicProblem) -> bool:
    return all(len(days) == 1 for stop in tour.stops for days in problem.stops[stop].patterns)


def _assigned(
    tours: Sequence[PeriodicTour], slots: Sequence[int], problem: PeriodicProblem, worth: Worth
) -> Iterator[PeriodicTour]:
    """Every tour on one of the slots' days; slots that are left over stay empty."""
    assignment = linear_sum_assignment.SimpleLinearSumAssignment()
    for row in range(len(slots)):
        for column, day in enumerate(slots):
            if row >= len(tours):
                assignment.add_arc_with_cost(row, column, 0)
            elif _may_be_on(tours[row], day, problem):
                gain = sum(worth(stop, day) for stop in tours[row].stops)
                assignment.add_arc_with_cost(row, column, -gain)
    if tours and assignment.solve() != assignment.OPTIMAL:
        raise AssertionError("tours that have their days can be assigned to days")
    for row, tour in enumerate(tours):
        yield replace(tour, day=slots[assignment.right_mate(row)])


def _may_be_on(tour: PeriodicTour, day: int, problem: PeriodicProblem) -> bool:
    return all(frozenset({day}) in problem.stops[stop].patterns for stop in tour.stops)
