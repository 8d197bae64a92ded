"""What forbids a visit by itself, lifted: the problem as it would be after the remedy."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from busplan.domain.dates import MINUTES_PER_DAY, DateRange, Window
from busplan.domain.demand import DayKind, DemandRecord
from busplan.domain.fleet import Bus
from busplan.domain.places import Stop
from busplan.domain.problem import PlanningProblem
from busplan.planning.explaining.changes import with_demand, with_one_more_person
from busplan.planning.weeks.candidates import Refusal

OTHER_DAY = "another day"
"""The remedy of what cannot be lifted: a holiday, a closure, a bus in the workshop."""


def can_lift(refusal: Refusal) -> bool:
    """Whether every ground of the refusal has a remedy on the same day."""
    return all(remedy != OTHER_DAY and rule in _LIFTS for rule, _, remedy in refusal.grounds)


def lift(problem: PlanningProblem, refusal: Refusal) -> PlanningProblem:
    """The problem in which the refusal's grounds are gone, all else as it was."""
    for rule in dict.fromkeys(rule for rule, _, _ in refusal.grounds):
        problem = _LIFTS[rule](problem, refusal)
    return problem


def _demand(problem: PlanningProblem, refusal: Refusal) -> DemandRecord:
    return problem.demand_by_id[refusal.demand_id]


def _with_stop(problem: PlanningProblem, stop: Stop) -> PlanningProblem:
    stops = tuple(stop if old.id == stop.id else old for old in problem.stops)
    return replace(problem, stops=stops)


def _with_bus(problem: PlanningProblem, bus: Bus) -> PlanningProblem:
    return replace(problem, buses=tuple(bus if old.id == bus.id else old for old in problem.buses))


def _bus(problem: PlanningProblem, refusal: Refusal) -> PlanningProblem:
    return with_demand(problem, replace(_demand(problem, refusal), bus_id=refusal.bus_id))


def _offers(problem: PlanningProblem, refusal: Refusal) -> PlanningProblem:
    """The bus offers it; and somebody who can give it is there that day, if nobody was."""
    bus = problem.bus_by_id[refusal.bus_id]
    offer = _demand(problem, refusal).offer
    if offer not in bus.offers:
        problem = _with_bus(problem, replace(bus, offers=bus.offers | {offer}))
    if any("nobody there" in reason for _, reason, _ in refusal.grounds):
        return _person(problem, refusal)
    return problem


def _power(problem: PlanningProblem, refusal: Refusal) -> PlanningProblem:
    return _with_stop(problem, replace(problem.stop_by_id[refusal.stop_id], power=True))


def _fit(problem: PlanningProblem, refusal: Refusal) -> PlanningProblem:
    stop = problem.stop_by_id[refusal.stop_id]
    free = replace(stop, max_height_m=None, max_length_m=None, max_weight_t=None)
    return _with_stop(problem, free)


def _publication(problem: PlanningProblem, refusal: Refusal) -> PlanningProblem:
    level = problem.stop_by_id[refusal.stop_id].level
    return with_demand(problem, replace(_demand(problem, refusal), level=level))


def _window(problem: PlanningProblem, refusal: Refusal) -> PlanningProblem:
    """The longest window ends as late as the visit needs, or begins earlier at midnight."""
    demand = _demand(problem, refusal)
    longest = max(demand.windows, key=lambda w: w.to_min - w.from_min)
    from_min = min(longest.from_min, MINUTES_PER_DAY - demand.service_min)
    longer = Window(from_min=from_min, to_min=from_min + demand.service_min)
    windows = tuple(longer if window is longest else window for window in demand.windows)
    return with_demand(problem, replace(demand, windows=windows))


def _validity(problem: PlanningProblem, refusal: Refusal) -> PlanningProblem:
    demand = _demand(problem, refusal)
    return with_demand(
        problem, replace(demand, valid=_with_day(demand.valid, refusal.service_date))
    )


def _weekday(problem: PlanningProblem, refusal: Refusal) -> PlanningProblem:
    demand = _demand(problem, refusal)
    weekdays = demand.weekdays | {refusal.service_date.weekday()}
    return with_demand(problem, replace(demand, weekdays=weekdays))


def _day_kind(problem: PlanningProblem, refusal: Refusal) -> PlanningProblem:
    return with_demand(problem, replace(_demand(problem, refusal), days=DayKind.ALL))


def _bus_weekday(problem: PlanningProblem, refusal: Refusal) -> PlanningProblem:
    bus = problem.bus_by_id[refusal.bus_id]
    weekdays = bus.weekdays | {refusal.service_date.weekday()}
    return _with_bus(problem, replace(bus, weekdays=weekdays))


def _agreement(problem: PlanningProblem, refusal: Refusal) -> PlanningProblem:
    stop = problem.stop_by_id[refusal.stop_id]
    return _with_stop(
        problem, replace(stop, agreement=_with_day(stop.agreement, refusal.service_date))
    )


def _person(problem: PlanningProblem, refusal: Refusal) -> PlanningProblem:
    return with_one_more_person(problem, refusal.service_date)


def _past(problem: PlanningProblem, refusal: Refusal) -> PlanningProblem:
    """A shorter spacing and one visit more in a period."""
    demand = _demand(problem, refusal)
    past = [v.service_date for v in problem.past_visits if v.demand_id == demand.id]
    apart = min((refusal.service_date - day).days for day in past)
    return with_demand(
        problem,
        replace(
            demand,
            headway_min_days=max(1, min(demand.headway_min_days, apart)),
            most=demand.most + len(past),
        ),
    )


def _bans(problem: PlanningProblem, refusal: Refusal) -> PlanningProblem:
    here = (refusal.demand_id, refusal.stop_id, refusal.bus_id, refusal.service_date)
    return replace(problem, bans=tuple(ban for ban in problem.bans if not ban.hits(*here)))


def _with_day(dates: DateRange | None, day: date) -> DateRange:
    if dates is None:
        return DateRange(first=day, last=day)
    return DateRange(first=min(dates.first, day), last=max(dates.last, day))


_LIFTS: Mapping[str, Callable[[PlanningProblem, Refusal], PlanningProblem]] = {
    "bus": _bus,
    "offers": _offers,
    "power": _power,
    "vehicle_fit": _fit,
    "publication": _publication,
    "window": _window,
    "validity": _validity,
    "weekday": _weekday,
    "day_kind": _day_kind,
    "closed_days": _bus_weekday,
    "agreements": _agreement,
    "licence": _person,
    "crew_size": _person,
    "patterns": _past,
    "bans": _bans,
}
