"""Hard rule: breaks lie where the bus can spare the person who takes them."""

from collections.abc import Iterator
from itertools import pairwise

from busplan.domain.dates import clock
from busplan.domain.plan import Break, Duty, Plan, Tour
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.legs import legs_of
from busplan.domain.rules.violation import Violation
from busplan.domain.rules.wording import say_node

RULE = "break_places"
_Stretch = tuple[int, int]


def check_break_places(plan: Plan, problem: PlanningProblem) -> Iterator[Violation]:
    """Breaks lie inside their duty, one after another, and never leave the bus unattended.

    Nobody has a break while the bus is prepared (``prepare_min`` before it departs), driven or
    finished (``finish_min`` after its return). Driving begins when the bus leaves and takes
    driving time plus buffer; from then until the stated arrival, or return, the bus stands idle
    and all may have a break, as they may when the bus is taken down and has not yet left. From
    arrival to the end of tear-down at least one person is not on a break. So an adult alone has
    breaks in idle time only.
    """
    for tour in plan.tours:
        for duty in tour.duties:
            for sentence in (*_disordered(duty), *_busy(duty, tour, problem)):
                yield Violation(RULE, tour.id, sentence)
        for sentence in _unattended(tour, problem):
            yield Violation(RULE, tour.id, sentence)


def _disordered(duty: Duty) -> Iterator[str]:
    for pause in duty.breaks:
        if pause.start_min < duty.start_min or pause.end_min > duty.end_min:
            yield (
                f"the break {_say(_stretch(pause))} of {duty.crew_id} lies outside the duty"
                f" {_say((duty.start_min, duty.end_min))}"
            )
    for before, after in pairwise(sorted(_stretch(pause) for pause in duty.breaks)):
        if after[0] < before[1]:
            yield f"the breaks {_say(before)} and {_say(after)} of {duty.crew_id} overlap"


def _busy(duty: Duty, tour: Tour, problem: PlanningProblem) -> Iterator[str]:
    for pause in duty.breaks:
        for reason, stretch in _busy_stretches(tour, problem):
            if _common(_stretch(pause), stretch):
                yield (
                    f"the break {_say(_stretch(pause))} of {duty.crew_id} lies in"
                    f" {_say(stretch)}, when the bus is {reason}"
                )


def _busy_stretches(tour: Tour, problem: PlanningProblem) -> Iterator[tuple[str, _Stretch]]:
    bus = problem.bus_by_id[tour.bus_id]
    yield "prepared", (tour.depart_min - bus.prepare_min, tour.depart_min)
    for leg in legs_of(tour, problem):
        yield f"driven to {say_node(leg.there, problem)}", (leg.leave_min, leg.reached_min)
    yield "finished", (tour.return_min, tour.return_min + bus.finish_min)


def _unattended(tour: Tour, problem: PlanningProblem) -> Iterator[str]:
    tear_down_min = problem.bus_by_id[tour.bus_id].tear_down_min
    for visit in tour.visits:
        attended = (visit.arrival_min, min(visit.close_min + tear_down_min, visit.departure_min))
        for alone in _all_on_break(tour.duties, attended):
            yield (
                f"nobody attends the bus at {say_node(visit.stop_id, problem)} in {_say(alone)},"
                f" all {len(tour.duties)} on board have a break"
            )


def _all_on_break(duties: tuple[Duty, ...], within: _Stretch) -> tuple[_Stretch, ...]:
    """The stretches within which every duty has a break."""
    if not duties:
        return ()
    shared = [within]
    for duty in duties:
        pairs = ((a, _stretch(pause)) for a in shared for pause in duty.breaks)
        shared = [common for a, b in pairs if (common := _common(a, b))]
    return tuple(sorted(set(shared)))


def _common(a: _Stretch, b: _Stretch) -> _Stretch | None:
    start_min, end_min = max(a[0], b[0]), min(a[1], b[1])
    return (start_min, end_min) if start_min < end_min else None


def _stretch(pause: Break) -> _Stretch:
    return pause.start_min, pause.end_min


def _say(stretch: _Stretch) -> str:
    return f"{clock(stretch[0])}-{clock(stretch[1])}"
