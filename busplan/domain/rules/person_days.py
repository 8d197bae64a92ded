"""Who works when: each person's duties by day, over all buses."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from busplan.domain.fleet import CrewId
from busplan.domain.plan import Duty, Plan


def person_days(plan: Plan) -> Mapping[tuple[CrewId, date], tuple[Duty, ...]]:
    """Duties by person and day, sorted by both; those of one day in order of their start."""
    found = defaultdict[tuple[CrewId, date], list[Duty]](list)
    for tour in plan.tours:
        for duty in tour.duties:
            found[duty.crew_id, tour.service_date].append(duty)
    return {
        key: tuple(sorted(found[key], key=lambda duty: (duty.start_min, duty.end_min)))
        for key in sorted(found)
    }
