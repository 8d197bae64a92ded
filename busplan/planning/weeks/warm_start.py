"""An earlier plan as a start: what of it can still be driven.

Last week's plan, or a draft of the same week, is held against the tours of today. Each of its
tours gives every tour that visits the same, by the same bus on the same weekday, or a part of it:
where a visit is not allowed any more, the tour without it is there. Choosing among them, under
all rules that couple tours, is the first thing a search does with them.
"""

from datetime import date, timedelta

import numpy as np

from busplan.domain.dates import DAYS_PER_WEEK
from busplan.domain.plan import Plan
from busplan.planning.weeks.master import Master
from busplan.planning.weeks.tour_index import TourIndex


def choice_from(plan: Plan, master: Master) -> tuple[int, ...]:
    """Numbers of the master's tours that repeat a tour of the plan or a part of it."""
    index = TourIndex.of(master)
    visited = {
        (tour.bus_id, tour.service_date): tuple(str(visit.demand_id) for visit in tour.visits)
        for tour in plan.tours
    }
    served = {
        (bus_id, day): visited.get((bus_id, day_in(plan, day)), ()) for bus_id, day in index.slots
    }
    return tuple(np.flatnonzero(index.strangers(served) == 0).tolist())


def day_in(plan: Plan, day: date) -> date:
    """The day of the plan that a day repeats: itself, or its weekday, week after week in turn."""
    days = (day - plan.first_day).days % (plan.weeks * DAYS_PER_WEEK)
    return plan.first_day + timedelta(days=days)
