"""Plan a published timetable anew: same stops, service times, frequency, vehicles and hours."""

from collections.abc import Mapping

from busplan.domain.dates import DAYS_PER_WEEK
from busplan.domain.errors import PlanBroken
from busplan.domain.mobile_timetable import MobileTimetable
from busplan.domain.parameters import Parameters
from busplan.domain.periodic_check import check_periodic_plan
from busplan.domain.places import Coordinate
from busplan.domain.replanned_tours import (
    moves_of,
    planned_tours,
    published_tours,
    timetable_of,
)
from busplan.domain.replanning import Replanning, figures_of
from busplan.domain.timetable_cycle import Freedom, TimetableCycle
from busplan.planning.limits import SearchLimits
from busplan.planning.long_tours.familiar_days import Worth, with_familiar_days
from busplan.planning.long_tours.solve import solve_periodic
from busplan.planning.progress import OnProgress, ignore
from busplan.planning.stopping import Stopper
from busplan.travel.geodesic import GeodesicTravel
from busplan.travel.provider import TravelTimes
from busplan.usecases.timetable_problem import build_timetable_problem, estimate_depots

WEEKDAY_WORTH = 100
"""A weekday kept counts more than any number of weeks kept on a tour."""


def calibrated_travel() -> GeodesicTravel:
    """The travel model fitted to road legs of mobile libraries, docs/decisions/0003."""
    numbers = Parameters()
    return GeodesicTravel(detour_factor=numbers.detour_factor, speed_kmh=numbers.speed_kmh)


def familiarity(cycle: TimetableCycle) -> Worth:
    """What it is worth that a stop keeps its published day: much its weekday, a little its week."""

    def worth(stop: int, day: int) -> int:
        old, new = cycle.stops[stop].days, cycle.days[day]
        same_weekday = any((had - new) % DAYS_PER_WEEK == 0 for had in old)
        return WEEKDAY_WORTH * same_weekday + (new in old)

    return worth


def replan_timetable(
    timetable: MobileTimetable,
    *,
    limits: SearchLimits,
    seed: int,
    freedom: Freedom = Freedom.ANY_DAY,
    depots: Mapping[str, Coordinate] | None = None,
    travel: TravelTimes | None = None,
    on_progress: OnProgress = ignore,
    stopper: Stopper | None = None,
    workers: int = 1,
) -> Replanning:
    """The timetable planned anew, beside the published one, which the search starts from.

    ``depots`` are estimated and ``travel`` is ``calibrated_travel`` where they are not given, for
    both sides alike. Raises ``PlanBroken`` when either side breaks a rule of the problem.
    """
    cycle = TimetableCycle(timetable)
    places = estimate_depots(cycle) if depots is None else depots
    asked = build_timetable_problem(cycle, places, travel or calibrated_travel(), freedom)
    problem = asked.problem
    solution = solve_periodic(
        problem, limits, seed, on_progress, stopper, start=asked.published, workers=workers
    )
    found = solution.plan if solution.plan is not None else asked.published
    plan = with_familiar_days(found, problem, familiarity(cycle))
    for name, judged in (("published", asked.published), ("new", plan)):
        sentences = tuple(map(str, check_periodic_plan(judged, problem)))
        if sentences:
            raise PlanBroken(f"{timetable.name}: the {name} tours break rules", sentences)
    after = planned_tours(plan, problem, cycle)
    return Replanning(
        name=timetable.name,
        weeks=timetable.weeks,
        freedom=freedom,
        depots=places,
        depots_estimated=depots is None,
        before=published_tours(asked.published, problem, cycle),
        after=after,
        published=figures_of(asked.published, problem),
        replanned=figures_of(plan, problem),
        moves=moves_of(plan, cycle),
        pinned=sum(not stop.movable for stop in cycle.stops),
        bound_m=solution.bound,
        timetable=timetable_of(timetable.name, after),
    )
