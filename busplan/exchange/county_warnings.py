"""What is lawful in a county's data but will surprise its planner."""

from collections.abc import Iterator
from datetime import date, timedelta

from busplan.domain.county import CountyData
from busplan.domain.demand import DemandRecord
from busplan.domain.programme import CHECKED_FOR

AGREEMENT_NOTICE_WEEKS = 8
"""How long before a site agreement ends people want to hear of it."""


def list_warnings(data: CountyData, today: date) -> Iterator[str]:
    """One sentence for each thing that a planner should look at."""
    yield from _agreements(data, today)
    yield from _demand(data)
    yield from _licences(data)
    yield from _towns(data)
    yield from _signposts(data, today)
    yield from _statement(data)


def _agreements(data: CountyData, today: date) -> Iterator[str]:
    notice = today + timedelta(weeks=AGREEMENT_NOTICE_WEEKS)
    for stop in data.stops:
        if stop.agreement is None:
            yield f"stop {stop.id} has no site agreement, so no bus may stand there"
        elif stop.agreement.last < today:
            yield f"the site agreement of stop {stop.id} ended on {stop.agreement.last}"
        elif stop.agreement.last <= notice:
            yield f"the site agreement of stop {stop.id} ends on {stop.agreement.last}"


def _demand(data: CountyData) -> Iterator[str]:
    for demand in data.demands:
        longest_min = max(window.to_min - window.from_min for window in demand.windows)
        if longest_min < demand.service_min:
            yield (
                f"demand {demand.id} asks for {demand.service_min} min, but its longest window"
                f" has {longest_min} min"
            )
        if not demand.weekdays & _working_days(demand, data):
            yield f"demand {demand.id} asks for weekdays on which no bus with its offer works"


def _working_days(demand: DemandRecord, data: CountyData) -> frozenset[int]:
    return frozenset[int]().union(
        *(
            bus.weekdays
            for bus in data.buses
            if demand.offer in bus.offers and demand.bus_id in (None, bus.id)
        )
    )


def _licences(data: CountyData) -> Iterator[str]:
    for bus in data.buses:
        if not any(bus.licence in member.licences for member in data.crew):
            yield f"nobody of the crew has licence {bus.licence} for bus {bus.id}"


def _towns(data: CountyData) -> Iterator[str]:
    with_stop = {stop.ags for stop in data.stops}
    with_border = {outline.ags for outline in data.outlines}
    for town in data.municipalities:
        if town.served and town.ags not in with_stop:
            yield f"{town.name} is owed visits but has no stop"
        if town.ags not in with_border:
            yield f"{town.name} has no border, so maps cannot draw it"


def _signposts(data: CountyData, today: date) -> Iterator[str]:
    for signpost in data.programme.signposts:
        if signpost.checked < today - CHECKED_FOR:
            yield (
                f"signpost {signpost.id} was last checked on {signpost.checked}, more than a year"
                " ago: compare it with its source"
            )


def _statement(data: CountyData) -> Iterator[str]:
    missing = ", ".join(data.site.missing())
    if missing:
        yield (
            f"the accessibility statement lacks {missing} in site.csv (in North Rhine-Westphalia"
            " BITVNRW §§ 4, 5 ask for it), and the public page says that it is not complete"
        )
